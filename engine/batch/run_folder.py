"""The folder of a run: made, kept from being written over, and freed of what no longer belongs."""

import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import BatchError, WriteError
from .entries import POSTS, REJECTS, RUN, leftovers
from .job import FORMATS
from .manifest import FILE
from .plan import Part, Plan

PLAN = "plan.json"
RANKING = ".ranking-"
_FOLDERS = (POSTS, REJECTS, RUN)
_OURS = re.compile(r"part-\d{6}\.(parquet|csv|jsonl|json)")


def make_ready(out: Path, *, goes_on: bool, restart: bool) -> None:
    """Make the folders; refuse one that holds a run where nothing says what to do with it.

    A run that ended before its first part was done, for want of a scheduler say, is none.

    Raises
    ------
    BatchError
        It holds a run, and this neither goes on with it nor begins anew.
    WriteError
        It can't be made.
    """
    held = (out / FILE).exists() or any((out / RUN).glob("part-*.json"))
    if restart and (held or (out / RUN / PLAN).exists()):
        _remove_run(out)
    elif held and not goes_on:
        raise BatchError(
            f"{out}: holds a run: --resume goes on with it, --restart begins anew, "
            "another -o leaves it alone"
        )
    try:
        for folder in _FOLDERS:
            (out / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{out}: can't be written: {error.strerror or error}") from None


@contextmanager
def tidied(out: Path, parts: Sequence[Part]) -> Iterator[None]:
    """Remove what killed processes left half written of these parts, however it ends."""
    try:
        yield
    finally:
        for path in leftovers(out, parts):
            path.unlink(missing_ok=True)


def remove_results(out: Path) -> None:
    """Remove what was told of all parts, and what a killed process was ranking with."""
    for name in (FILE, *(f"top.{form}" for form in FORMATS)):
        (out / name).unlink(missing_ok=True)
    for folder in (out / RUN).glob(f"{RANKING}*"):
        shutil.rmtree(folder, ignore_errors=True)


def remove_others(out: Path, plan: Plan, done: Collection[Part], formats: Collection[str]) -> None:
    """Remove files of parts that are no more, and rows in other ``formats``."""
    names, planned = ({part.name for part in some} for some in (done, plan.parts))
    for folder, held in ((POSTS, names), (REJECTS, names), (RUN, planned)):
        for path in (out / folder).iterdir():
            other = folder == POSTS and path.suffix.removeprefix(".") not in formats
            if _OURS.fullmatch(path.name) and (other or path.stem not in held):
                path.unlink(missing_ok=True)


def _remove_run(out: Path) -> None:
    for folder in _FOLDERS:
        if (out / folder).is_dir():
            for path in (out / folder).iterdir():
                if _OURS.fullmatch(path.name) or path.name == PLAN:
                    path.unlink()
    remove_results(out)
