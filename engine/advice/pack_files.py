"""Read pack files; say where in them something is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..content.remembered_yaml import remembered_yaml
from ..content.safe_yaml import YamlError, line_of, load_yaml
from ..errors import RulebookError
from .rule import Pack

OUR_PACKS = Path(__file__).parents[2] / "rules" / "packs"
MAX_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a pack; ``path`` leads to it from the top of the file."""

    pack: Pack
    path: tuple[str | int, ...]
    what: str

    def line(self) -> int:
        """Return the line, from 1, where it stands."""
        return line_of(self.pack.text, self.path) if self.path else 1

    def place(self) -> str:
        """Return ``file:line``."""
        return f"{self.pack.file}:{self.line()}"


def pack_paths(where: Path) -> list[Path]:
    """Return the pack files of a folder by name, or the one file that ``where`` is.

    Raises
    ------
    RulebookError
        Nothing there, or a folder without a ``.yaml`` file.
    """
    if where.is_file():
        return [where]
    if not where.is_dir():
        raise RulebookError(f"{where}: no such file or folder; a pack file or a folder of them")
    try:
        found = sorted((*where.glob("*.yaml"), *where.glob("*.yml")))
    except OSError as error:
        raise RulebookError(f"{where}: can't be read: {error.strerror}") from None
    if not found:
        raise RulebookError(f"{where}: no pack in it; packs are files named *.yaml")
    return found


def read_pack(path: Path, ours: bool) -> tuple[Pack, dict[str, Any]]:
    """Return the pack and what its file says.

    Raises
    ------
    RulebookError
        Not readable, not UTF-8, not YAML, or no mapping at its top.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = remembered_yaml(text) if ours else load_yaml(text)
    except OSError as error:
        raise RulebookError(f"{path}: can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RulebookError(f"{path}: not UTF-8") from None
    except YamlError as error:
        raise RulebookError(f"{path}:{error.line}: {error}") from None
    if not isinstance(data, dict):
        raise RulebookError(f"{path}:1: a pack is a mapping with pack, observations and rules")
    return Pack(str(data.get("pack") or path.stem), path, text, ours), data


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise one error with a line a problem, `MAX_PROBLEMS` at most; nothing if there is none."""
    if not problems:
        return
    lines = list(dict.fromkeys(f"{one.place()}: {one.what}" for one in problems[:MAX_PROBLEMS]))
    if len(problems) > MAX_PROBLEMS:
        lines.append(f"and {len(problems) - MAX_PROBLEMS} more")
    raise RulebookError("\n".join(lines))
