"""Write and read model files, with what they are: versions, features, evidence, card."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..content.writing import write_beside
from ..errors import ModelError
from .features import needed_measures
from .model_card import model_card

if TYPE_CHECKING:
    from ...models.stored_model import TrainedModel

MAX_FILE = 2_000_000_000
LIBRARIES = {"scikit-learn": 2, "numpy": 1, "polars": 1}
"""Library → how many parts of its version must be those of training."""


def save_model(model: "TrainedModel", path: Path) -> str:
    """Write a model file whole or not at all, and return its digest.

    Raises
    ------
    WriteError
        It can't be written.
    """
    from ...models.storage import read_manifest

    data = model_bytes(model)
    write_beside(path, data)
    return str(read_manifest(data)["digest"])


def model_bytes(model: "TrainedModel") -> bytes:
    """Return a model file; the same bytes for the same model at the same time.

    The environment variable ``SOURCE_DATE_EPOCH`` (seconds since 1970) stands for the clock.
    """
    from ...models.plain_models import plain_model
    from ...models.storage import stored_bytes

    manifest = {
        "created": _now(),
        "versions": {name: version(name) for name in LIBRARIES},
        "features": ["text", *needed_measures()],
        **model.about,
        "evidence": [_told(one) for one in model.accounts],
    }
    return stored_bytes(plain_model(model), manifest, model_card(model, manifest))


def load_model(path: Path) -> tuple["TrainedModel", str]:
    """Return the model in a file, and its digest.

    Raises
    ------
    ModelError
        No such file, no model file, changed, or trained with other versions.
    """
    from ...models.plain_models import model_from_plain
    from ...models.storage import StorageError, read_content, read_manifest

    data = _bytes(path)
    try:
        manifest = read_manifest(data)
        _refuse_other_versions(path, manifest)
        content, manifest = read_content(data)
        return model_from_plain(content), str(manifest["digest"])
    except StorageError as error:
        raise ModelError(f"{path}: {error}") from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            data = opened.read(MAX_FILE + 1)
    except OSError as error:
        raise ModelError(f"{path}: can't be read: {error.strerror or error}") from None
    if len(data) > MAX_FILE:
        raise ModelError(f"{path}: larger than {MAX_FILE:,} bytes")
    return data


def _refuse_other_versions(path: Path, manifest: Mapping[str, Any]) -> None:
    trained = manifest.get("versions")
    if not isinstance(trained, dict):
        raise ModelError(f"{path}: its manifest names no versions")
    for name, parts in LIBRARIES.items():
        here, there = version(name), str(trained.get(name, "none"))
        if here.split(".")[:parts] != there.split(".")[:parts]:
            raise ModelError(
                f"{path}: trained with {name} {there}, here is {here}: "
                "train it again (sharewise model train)"
            )
    if manifest.get("features") != ["text", *needed_measures()]:
        raise ModelError(f"{path}: it looks at other measures than this sharewise: train it again")


def _told(model: Any) -> dict[str, Any]:
    return {"platform": model.platform, "account": model.account, **model.evidence.plain()}


def _now() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
    return now.isoformat(timespec="seconds")
