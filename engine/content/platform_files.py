"""Read rules/platforms/*.yaml and rules/topics/*.yaml; an error names the file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ..errors import PlatformError
from .fact_reading import WrongData, mapping
from .remembered_yaml import remembered_yaml
from .safe_yaml import YamlError, line_of

RULES = Path(__file__).parents[2] / "rules"

_Read = TypeVar("_Read")


def read_file(path: Path, read: Callable[[dict[str, Any]], _Read]) -> _Read:
    """Return what ``read`` makes of the mapping in a YAML file.

    Raises
    ------
    PlatformError
        The file can't be read, is no YAML, or ``read`` raised `WrongData` about it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlatformError(f"{path}: can't be read: {error}") from None
    try:
        return read(dict(mapping(remembered_yaml(text), ())))
    except YamlError as error:
        raise PlatformError(f"{path}:{error.line}: {error}") from None
    except WrongData as error:
        raise PlatformError(f"{path}:{line_of(text, error.path)}: {error}") from None
