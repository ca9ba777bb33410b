"""Model files: a ZIP archive of a manifest, JSON and plain arrays. Reading one can't run code.

::

    manifest.json   format, schema version, library versions, evidence, digests of the rest
    model.json      the model; each array is named by its place, {"array": 3}
    arrays/3.npy    numbers only (NumPy's .npy format, version 1.0)
    CARD.md         the model card, for people

No pickle is read or written. Every part is bounded and held against its SHA-256 before it is used.
A SHA-256 proves that a file is whole, not who made it.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

FORMAT = "sharewise ranking model"
SCHEMA_VERSION = 1
MAX_BYTES = 2_000_000_000
MAX_PARTS = 100_000
MAX_JSON = 200_000_000
_KINDS = ("<f4", "<f8", "<i4", "<i8")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class StorageError(ValueError):
    """The bytes are no model file of ours, or not whole, or of another version."""


def stored_bytes(content: Any, manifest: Mapping[str, Any], card: str) -> bytes:
    """Return a model file.

    Parameters
    ----------
    content
        The model: JSON values and arrays of float32, float64, int32 or int64.
    manifest
        What the manifest says beyond format, version and digests.
    card
        The model card in Markdown.

    Returns
    -------
    bytes
        The same for the same arguments.
    """
    arrays: list[np.ndarray[Any, Any]] = []
    parts = {"model.json": _json(_without_arrays(content, arrays)), "CARD.md": card.encode()}
    for place, array in enumerate(arrays):
        parts[f"arrays/{place}.npy"] = _npy(array)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}
    told = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **manifest,
        "digest": content_digest(digests),
        "sha256": digests,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"manifest.json": _json(told, indent=2), **parts}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


def content_digest(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 of the model itself: of all parts but the card."""
    listed = sorted(f"{name} {sha}" for name, sha in digests.items() if name != "CARD.md")
    return hashlib.sha256("\n".join(listed).encode()).hexdigest()


def read_manifest(data: bytes) -> dict[str, Any]:
    """Return the manifest of a model file, its format and version checked.

    Raises
    ------
    StorageError
        It is no model file of this version.
    """
    with _opened(data) as archive:
        return _manifest(archive)


def read_content(data: bytes) -> tuple[Any, dict[str, Any]]:
    """Return model and manifest of a model file, every part checked.

    Raises
    ------
    StorageError
        It is no model file of this version, or a part is missing, changed, too large or no
        plain array of numbers.
    """
    with _opened(data) as archive:
        manifest = _manifest(archive)
        digests = manifest["sha256"]
        named = {name for name in archive.namelist() if name != "manifest.json"}
        if named != set(digests):
            raise StorageError("its parts are not those that its manifest lists")
        parts = {name: _part(archive, name, digests[name]) for name in sorted(named)}
    if manifest.get("digest") != content_digest(digests):
        raise StorageError("its manifest was changed")
    arrays = {
        int(name[7:-4]): _array(name, part)
        for name, part in parts.items()
        if name.startswith("arrays/") and name.endswith(".npy") and name[7:-4].isdigit()
    }
    return _with_arrays(_parsed(parts.get("model.json", b""), "model.json"), arrays), manifest


def _opened(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise StorageError(f"it is no model file of sharewise ({error})") from None
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    too_large = sum(entry.file_size for entry in entries) > MAX_BYTES
    if "manifest.json" not in names or len(entries) > MAX_PARTS or len(names) < len(entries):
        raise StorageError("it is no model file of sharewise (no manifest, or parts twice)")
    if too_large:
        raise StorageError(f"its parts are larger than {MAX_BYTES:,} bytes")
    return archive


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    read = _parsed(_part(archive, "manifest.json", None), "manifest.json")
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise StorageError("it is no model file of sharewise (its manifest says so)")
    if read.get("schema_version") != SCHEMA_VERSION:
        raise StorageError(
            f"it has schema version {read.get('schema_version')!r}; this sharewise reads "
            f"{SCHEMA_VERSION}: train the model again"
        )
    digests = read.get("sha256")
    if not isinstance(digests, dict) or not all(isinstance(one, str) for one in digests.values()):
        raise StorageError("its manifest has no digests")
    return read


def _part(archive: zipfile.ZipFile, name: str, digest: str | None) -> bytes:
    limit = MAX_BYTES if name.startswith("arrays/") else MAX_JSON
    try:
        with archive.open(name) as opened:
            data = opened.read(limit + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise StorageError(f"{name}: damaged ({error})") from None
    except Exception as error:  # zlib.error has no base of its own
        raise StorageError(f"{name}: damaged ({type(error).__name__})") from None
    if len(data) > limit:
        raise StorageError(f"{name}: larger than {limit:,} bytes")
    if digest is not None and hashlib.sha256(data).hexdigest() != digest:
        raise StorageError(f"{name}: its SHA-256 is not the manifest's: it was changed or damaged")
    return data


def _array(name: str, data: bytes) -> np.ndarray[Any, Any]:
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("version")
        shape, order, dtype = np.lib.format.read_array_header_1_0(stream)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError) as error:
        raise StorageError(f"{name}: no plain array ({error})") from None
    if dtype.str not in _KINDS or order or len(shape) > 2:
        raise StorageError(f"{name}: an array of {dtype}; allowed: {', '.join(_KINDS)}")
    rest = data[stream.tell() :]
    if len(rest) != int(np.prod(shape, dtype=np.int64)) * dtype.itemsize:
        raise StorageError(f"{name}: its size is not that of its shape")
    return np.frombuffer(rest, dtype).reshape(shape)


def _npy(array: np.ndarray[Any, Any]) -> bytes:
    plain = np.ascontiguousarray(array)
    plain = plain.astype(plain.dtype.newbyteorder("<"))
    if plain.dtype.str not in _KINDS:
        raise TypeError(f"array of {plain.dtype}")
    made = io.BytesIO()
    np.lib.format.write_array(made, plain, version=(1, 0), allow_pickle=False)
    return made.getvalue()


def _without_arrays(value: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    if isinstance(value, np.ndarray):
        arrays.append(value)
        return {"array": len(arrays) - 1}
    if isinstance(value, Mapping):
        return {str(key): _without_arrays(item, arrays) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_arrays(item, arrays) for item in value]
    return value


def _with_arrays(value: Any, arrays: Mapping[int, np.ndarray[Any, Any]]) -> Any:
    if isinstance(value, dict):
        if set(value) == {"array"}:
            if value["array"] not in arrays:
                raise StorageError(f"array {value['array']!r} is missing")
            return arrays[value["array"]]
        return {key: _with_arrays(item, arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_arrays(item, arrays) for item in value]
    return value


def _parsed(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode())
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise StorageError(f"{name}: no JSON ({error})") from None


def _json(value: Any, indent: int | None = None) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False).encode()
