"""The files of a backlog: paths, folders and addresses that fsspec has a driver for."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from ..content.reading.slices import SLICED
from ..content.reading.sources import SUFFIXES, format_of, said
from ..errors import BatchError, ReadError

ALLOWED = "Parquet, JSON Lines and CSV files, folders of them, and addresses such as s3://…"
_SEPARATOR = "://"


def files_named(named: Sequence[str]) -> list[str]:
    """Return the files of paths, folders and addresses, each once, those of a folder by name.

    In a folder the files with an ending of Parquet, JSON Lines or CSV count, and those of the
    folders in it; an address may have ``*`` in it.

    Raises
    ------
    ReadError
        A folder or pattern without such a file, or standard input.
    BatchError
        An address, and no driver for it.
    """
    found: dict[str, None] = {}
    for name in named:
        if name == "-":
            raise ReadError(f"-: a run reads files, so that it can go on; read are {ALLOWED}")
        if is_address(name):
            files = _in_address(name)
        else:
            files = _in_folder(Path(name)) if Path(name).is_dir() else [name]
        if not files:
            raise ReadError(f"{name}: no file to read in it; read are {ALLOWED}")
        found |= dict.fromkeys(files)
    return list(found)


def form_of(name: str) -> str:
    """Return the format of a file: by its ending, else, of a local one, by its content."""
    known = SUFFIXES.get(Path(name).suffix.lower())
    form = known or ("" if is_address(name) else format_of(Path(name), name))
    if form not in SLICED:
        found = f"{form} is not read in parts" if form else "an ending that says nothing"
        raise ReadError(f"{name}: {found}; read are {ALLOWED}")
    if not is_address(name):
        format_of(Path(name), name)
    return form


@contextmanager
def opened_source(name: str, form: str) -> Iterator[Path | BinaryIO]:
    """Give a file to read slices of: its path, or bytes that can be sought in."""
    if not is_address(name):
        yield Path(name)
    elif form == "parquet":
        yield Path(_local_copy(name, stamp_of(name)).name)
    else:
        with _reading(name), _fsspec().open(name, "rb") as file:
            yield file


def stamp_of(name: str) -> str:
    """Return a text that changes when the file does: size and time of change, or an address's."""
    if not is_address(name):
        try:
            status = Path(name).stat()
        except OSError as error:
            raise ReadError(f"{name}: {said(error)}") from None
        return f"{status.st_size}-{status.st_mtime_ns}"
    with _reading(name):
        system, path = _fsspec().core.url_to_fs(name)
        told = system.info(path)
    marks = (told.get(key) for key in ("size", "ETag", "etag", "mtime", "LastModified", "created"))
    return "-".join(str(mark) for mark in marks if mark is not None)


def digest_of(name: str) -> str:
    """Return the SHA-256 of a file's content."""
    with _reading(name):
        if is_address(name):
            with _fsspec().open(name, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        with Path(name).open("rb") as local:
            return hashlib.file_digest(local, "sha256").hexdigest()


def is_address(name: str) -> bool:
    """Tell whether a name is an address with a protocol."""
    return _SEPARATOR in name


def _in_folder(folder: Path) -> list[str]:
    return [
        str(path)
        for path in sorted(folder.rglob("*"))
        if SUFFIXES.get(path.suffix.lower()) in SLICED
        and path.suffix.lower() != ".txt"
        and not any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]


def _in_address(name: str) -> list[str]:
    with _reading(name):
        system, path = _fsspec().core.url_to_fs(name)
        if "*" in path:
            paths = system.glob(path)
        else:
            paths = system.find(path) if system.isdir(path) else [path]
    ours = [one for one in sorted(paths) if one == path or _has_known_ending(one)]
    return [str(system.unstrip_protocol(one)) for one in ours]


def _has_known_ending(path: str) -> bool:
    return SUFFIXES.get(Path(path).suffix.lower()) in SLICED


@lru_cache(maxsize=1)
def _local_copy(name: str, stamp: str) -> Any:
    """Return a copy of a file that Polars can map; ``stamp`` tells one version from the next."""
    copy = tempfile.NamedTemporaryFile(suffix=".parquet")  # noqa: SIM115
    with _reading(name), _fsspec().open(name, "rb") as file:
        shutil.copyfileobj(file, copy, 1 << 20)
    copy.flush()
    return copy


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise BatchError(
            "an address needs fsspec and the driver of its protocol: pip install fsspec s3fs"
        ) from None
    return fsspec


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except (ImportError, ValueError) as error:
        raise BatchError(f"{name}: no driver for this address: {error}") from None
    except OSError as error:
        raise ReadError(f"{name}: {said(error)}") from None
