"""Remember which files with people's names in them were written, so that all can be found again."""

import json
from pathlib import Path

from ...content.writing import write_beside
from ...errors import RewardsError

NAME = ".sharewise/people-files.jsonl"
_MAX_BYTES = 10_000_000


def remember(path: Path, folder: Path) -> None:
    """Add a file with people in it to the list that ``folder`` keeps, once.

    What is no file (standard output, a pipe) is not remembered.
    """
    if not path.is_file():
        return
    known = _listed(folder)
    added = str(path.absolute())
    if added in known:
        return
    place = folder / NAME
    place.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{json.dumps({'path': one})}\n" for one in [*known, added])
    write_beside(place, lines.encode())


def remembered(folder: Path) -> list[Path]:
    """Return the files remembered in ``folder`` that are still there, in order of writing.

    Raises
    ------
    RewardsError
        The list can't be read.
    """
    return [path for path in map(Path, _listed(folder)) if path.is_file()]


def _listed(folder: Path) -> list[str]:
    place = folder / NAME
    if not place.is_file():
        return []
    try:
        if place.stat().st_size > _MAX_BYTES:
            raise RewardsError(f"{place}: larger than {_MAX_BYTES:,} bytes")
        lines = place.read_text(encoding="utf-8").splitlines()
        return [str(json.loads(line)["path"]) for line in lines if line.strip()]
    except OSError as error:
        raise RewardsError(f"{place}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise RewardsError(f"{place}: damaged; name the files to forget in instead") from None
