"""Model files: whole or refused, and never code."""

import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import pytest

from sharewise.engine.errors import ModelError
from sharewise.engine.ranking.scoring import load_scorer
from sharewise.models.storage import (
    StorageError,
    content_digest,
    read_content,
    read_manifest,
    stored_bytes,
)

CONTENT = {"name": "x", "numbers": np.array([1.5, 2.5]), "none": None, "places": [np.arange(3)]}


class Bomb:
    """Touches a file when it is unpickled."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> Any:
        return (Path.touch, (self.target,))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def resigned(files: dict[str, bytes], **changes: Any) -> bytes:
    """The parts with a manifest that fits them: what an attacker can do, too."""
    from hashlib import sha256

    manifest = json.loads(files["manifest.json"])
    digests = {
        name: sha256(data).hexdigest() for name, data in files.items() if name != "manifest.json"
    }
    manifest |= {"sha256": digests, "digest": content_digest(digests), **changes}
    return packed({**files, "manifest.json": json.dumps(manifest).encode()})


def test_what_is_stored_comes_back() -> None:
    read, manifest = read_content(stored_bytes(CONTENT, {"created": "now"}, "# card"))
    assert read["name"] == "x"
    assert read["numbers"].tolist() == [1.5, 2.5]
    assert read["places"][0].tolist() == [0, 1, 2]
    assert manifest["created"] == "now"


def test_the_same_content_is_the_same_bytes() -> None:
    assert stored_bytes(CONTENT, {}, "") == stored_bytes(CONTENT, {}, "")


def test_the_digest_is_of_the_model_not_of_the_card() -> None:
    first, second = (stored_bytes(CONTENT, {}, card) for card in ("a", "b"))
    assert read_manifest(first)["digest"] == read_manifest(second)["digest"]


@pytest.mark.parametrize("name", ["model.json", "arrays/0.npy", "CARD.md"])
def test_a_changed_part_is_refused(name: str) -> None:
    files = parts(stored_bytes(CONTENT, {}, "card"))
    files[name] = files[name][:-1] + b"!"
    with pytest.raises(StorageError, match="SHA-256"):
        read_content(packed(files))


def test_a_missing_or_added_part_is_refused() -> None:
    files = parts(stored_bytes(CONTENT, {}, "card"))
    with pytest.raises(StorageError, match="not those that its manifest lists"):
        read_content(packed({**files, "more.py": b""}))
    files.pop("arrays/0.npy")
    with pytest.raises(StorageError, match="not those that its manifest lists"):
        read_content(packed(files))


def test_another_schema_version_is_refused() -> None:
    files = parts(stored_bytes(CONTENT, {}, "card"))
    with pytest.raises(StorageError, match="schema version 2"):
        read_content(resigned(files, schema_version=2))


def test_object_arrays_run_nothing(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    made = io.BytesIO()
    np.save(made, np.array([Bomb(target)], dtype=object), allow_pickle=True)
    files = parts(stored_bytes(CONTENT, {}, "card"))
    files["arrays/0.npy"] = made.getvalue()
    with pytest.raises(StorageError, match="object"):
        read_content(resigned(files))
    assert not target.exists()


def test_a_pickle_in_place_of_an_array_runs_nothing(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    files = parts(stored_bytes(CONTENT, {}, "card"))
    files["arrays/0.npy"] = pickle.dumps(Bomb(target))
    with pytest.raises(StorageError, match="no plain array"):
        read_content(resigned(files))
    assert not target.exists()


def npz_of_objects(target: Path) -> bytes:
    made = io.BytesIO()
    np.savez(made, a=np.array([Bomb(target)], dtype=object))
    return made.getvalue()


def joblib_dump(target: Path) -> bytes:
    made = io.BytesIO()
    joblib.dump(Bomb(target), made)
    return made.getvalue()


def skops_like(target: Path) -> bytes:
    schema = {"__class__": "touch", "__module__": "pathlib.Path", "__loader__": "ObjectNode"}
    return packed({"schema.json": json.dumps(schema).encode(), "0.pkl": pickle.dumps(Bomb(target))})


@pytest.mark.parametrize(
    "make",
    [lambda target: pickle.dumps(Bomb(target)), joblib_dump, npz_of_objects, skops_like],
    ids=["pickle", "joblib", "npz", "skops"],
)
def test_foreign_files_are_refused_and_run_nothing(tmp_path: Path, make: Any) -> None:
    target = tmp_path / "touched"
    path = tmp_path / "foreign.model"
    path.write_bytes(make(target))
    with pytest.raises(ModelError, match=r"foreign\.model: it is no model file"):
        load_scorer(path)
    assert not target.exists()


def test_the_payload_works_where_pickles_are_loaded(tmp_path: Path) -> None:
    target = tmp_path / "touched"
    pickle.loads(pickle.dumps(Bomb(target)))
    assert target.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 100, b"{}"])
def test_rubbish_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "m"
    path.write_bytes(data)
    with pytest.raises(ModelError, match="no model file"):
        load_scorer(path)


def test_no_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="none: can't be read"):
        load_scorer(tmp_path / "none")


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_cut_file_is_refused(cut: float) -> None:
    data = stored_bytes(CONTENT, {}, "card")
    with pytest.raises(StorageError):
        read_content(data[: int(len(data) * cut)])
