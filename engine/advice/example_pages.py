"""The pages that rules give as examples: a piece of HTML, and the pictures beside it."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import RulebookError
from .example_posts import expanded
from .rule import HTML, Rule, Rulebook

KEYS = (HTML, "platform", "files")
MOST_BYTES = 50_000_000


@dataclass(frozen=True)
class ExamplePage:
    """One example of a rule about pages, and whether the rule must fire on it.

    ``platform`` is the one it must be seen on, None for the page as such. ``files`` are
    pictures beside the page, each with ``width``, ``height`` and ``bytes``.
    """

    rule: Rule
    fires: bool
    number: int
    html: str
    platform: str | None = None
    files: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The example's name, unique in a rulebook: ``PAG101-fires-1``."""
        return f"{self.rule.id}-{'fires' if self.fires else 'quiet'}-{self.number}"


def example_pages(rulebook: Rulebook) -> Iterator[ExamplePage]:
    """Yield every example of every rule in force that is a page.

    Raises
    ------
    RulebookError
        An example has an unknown key, or a picture without size.
    """
    for rule in rulebook.rules:
        for fires, examples in ((True, rule.examples.fires), (False, rule.examples.quiet)):
            for number, written in enumerate(examples, 1):
                if HTML in written:
                    yield _example(rule, fires, number, written)


def write_files(page: ExamplePage, folder: Path) -> Path:
    """Write an example with its pictures into ``folder`` and return the page's file."""
    for name, picture in page.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(_png_start(picture.get("width", 1200), picture.get("height", 630)))
            file.truncate(max(picture.get("bytes", 0), file.tell()))
    target = folder / "page.html"
    target.write_text(page.html, encoding="utf-8")
    return target


def _example(rule: Rule, fires: bool, number: int, written: Mapping[str, Any]) -> ExamplePage:
    unknown = [key for key in written if key not in KEYS]
    if unknown:
        raise RulebookError(
            f"{rule.id}: no part of a page: {', '.join(unknown)}; allowed: {', '.join(KEYS)}"
        )
    full = expanded(written)
    files = full.get("files") or {}
    for name, picture in files.items():
        whole = all(type(one) is int and 0 <= one <= MOST_BYTES for one in picture.values())
        if (
            not whole
            or not set(picture) <= {"width", "height", "bytes"}
            or ".." in Path(name).parts
        ):
            raise RulebookError(f"{rule.id}: {name}: width, height and bytes, whole numbers")
    return ExamplePage(rule, fires, number, str(full[HTML]), full.get("platform"), files)


def _png_start(width: int, height: int) -> bytes:
    """Return the beginning of a PNG file of that size (PNG specification, 11.2.2 IHDR)."""
    header = struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + header
