"""Our own YAML, parsed once a machine: what a file says is remembered as JSON.

Parsing the rules takes a sixth of a cold start, reading the same from JSON a tenth of that.
The folder is ``SHAREWISE_CACHE`` (empty: nothing is remembered), else the user's cache folder.
Files are named by the digest of the text they stand for and begin with that of what they say;
any that is damaged is parsed anew, and those that are `OLD_DAYS` old go when one is written.
"""

import hashlib
import json
import os
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..errors import WriteError
from .safe_yaml import load_yaml
from .writing import write_beside

VARIABLE = "SHAREWISE_CACHE"
FORM = "yaml-1"
OLD_DAYS = 90
_DAY = "$day"


def remembered_yaml(text: str) -> Any:
    """Return what `load_yaml` returns of ``text``, from memory where it is there.

    Raises
    ------
    YamlError
        As `load_yaml`; nothing wrong is ever remembered.
    """
    folder = cache_folder()
    if folder is None:
        return load_yaml(text)
    path = folder / FORM / f"{_digest(text.encode('utf-8', 'surrogatepass'))}.json"
    try:
        digest, _, told = path.read_bytes().partition(b"\n")
        if digest.decode() != _digest(told):
            raise ValueError("damaged")
        return json.loads(told, object_hook=_day_again)
    except (OSError, TypeError, ValueError, RecursionError):
        parsed = load_yaml(text)
        _remember(path, parsed)
        return parsed


def cache_folder() -> Path | None:
    """Return where to remember things between runs; None where it is switched off or unknown."""
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")  # noqa: PTH111 - pathlib raises without a home
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(base) / "sharewise" if base and Path(base).is_absolute() else None


def _remember(path: Path, parsed: Any) -> None:
    """Write what JSON can hold unchanged; a folder that can't be written is no matter."""
    try:
        told = json.dumps(parsed, default=_as_day, allow_nan=False).encode("ascii")
        if json.loads(told, object_hook=_day_again) != parsed:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_beside(path, _digest(told).encode("ascii") + b"\n" + told)
        _drop_old(path.parent)
    except (OSError, TypeError, ValueError, WriteError):
        return


def _drop_old(folder: Path) -> None:
    before = time.time() - OLD_DAYS * 86_400
    for file in folder.glob("*.json"):
        if file.stat().st_mtime < before:
            file.unlink()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _as_day(value: Any) -> dict[str, str]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return {_DAY: value.isoformat()}
    raise TypeError(f"{type(value).__name__} is not remembered")


def _day_again(made: dict[str, Any]) -> Any:
    return date.fromisoformat(made[_DAY]) if len(made) == 1 and _DAY in made else made
