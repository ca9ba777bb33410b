"""The words and addresses by which barriers are known, from ``rules/pages/marks.yaml``."""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from ..fact_reading import WrongData, only_keys
from ..platform_files import RULES, read_file

FILE = RULES / "pages" / "marks.yaml"


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Lists of lower-case words or parts of addresses, each as its name says."""

    overlay_words: tuple[str, ...]
    overlay_open: tuple[str, ...]
    overlay_scripts: tuple[str, ...]
    paywall_words: tuple[str, ...]
    paywall_scripts: tuple[str, ...]
    player_parts: tuple[str, ...]
    open_formats: tuple[str, ...]
    closed_formats: tuple[str, ...]


@cache
def load_page_marks() -> PageMarks:
    """Return the marks of our data file.

    Raises
    ------
    PlatformError
        The file is wrong, with its line.
    """
    return read_file(FILE, _marks)


def _marks(data: dict[str, Any]) -> PageMarks:
    names = tuple(field.name for field in fields(PageMarks))
    only_keys(data, names, ())
    for name in names:
        words = data.get(name)
        if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
            raise WrongData((name,), f"found {words!r}, a list of words is needed")
    return PageMarks(**{name: tuple(data[name]) for name in names})
