"""Write a file whole or not at all."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from ..errors import WriteError


def write_beside(path: Path, content: bytes | Callable[[Path], object]) -> None:
    """Write ``content`` beside ``path``, then put it in its place.

    Parameters
    ----------
    path
        Where the file shall be; a file that is there is replaced, a link keeps pointing.
        What is there and is no file (a pipe, ``/dev/null``) is written to directly.
    content
        The bytes, or a function that fills the file at the path it is given.

    Raises
    ------
    WriteError
        It can't be written: no folder, no permission, a full disk. Nothing new is left behind
        and what was there stays.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file():
            _fill(target, content)
            return
        # The process alone would not do: on a shared disk, other machines count theirs alike.
        name = f".{target.name[:100]}.{os.getpid()}-{secrets.token_hex(4)}.part"
        beside = target.with_name(name)
        try:
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            _fill(beside, content)
            _reach_disk(beside)
            beside.replace(target)
        except FileExistsError:
            raise
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise WriteError(f"{path}: can't be written: {error.strerror or error}") from None


def _fill(path: Path, content: bytes | Callable[[Path], object]) -> None:
    if callable(content):
        content(path)
        return
    with path.open("wb") as opened:
        opened.write(content)


def _reach_disk(path: Path) -> None:
    with path.open("rb+") as opened:
        os.fsync(opened.fileno())
