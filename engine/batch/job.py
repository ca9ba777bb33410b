"""What is to be done with every part of a run, and by which rules and model."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ... import __version__
from ..advice.recommending import Adviser
from ..advice.rulebook import Rulebook
from ..content.platform_files import RULES
from ..settings import Settings
from .plan import Part, digest_text

FORMATS = ("parquet", "csv", "jsonl")
LAYOUT = 1


@dataclass(frozen=True)
class Job:
    """The work of a run; goes to every worker, which loads rules and model by itself.

    Attributes
    ----------
    out : the folder of the run, the same on every worker
    settings, chosen, packs : what an `Adviser` is made from
    rules : the digest of the rules that must be found there
    model, model_digest : the path of the model, and what must be found there; None: no scores
    """

    out: Path
    settings: Settings
    chosen: tuple[str, ...] | None
    packs: tuple[Path, ...]
    rules: str
    model: Path | None = None
    model_digest: str | None = None

    @cached_property
    def digests(self) -> dict[str, Any]:
        """What decides the output, but for the input: the causes of a difference by name."""
        return {
            "rules": self.rules,
            "model": self.model_digest,
            "settings": settings_digest(self.settings, self.chosen),
            "versions": versions(),
        }

    def key(self, part: Part) -> str:
        """Return what a part that is done must have: it changes with all that decides a part."""
        told = json.dumps([part.slice.plain(), self.digests], sort_keys=True)
        return digest_text(part.input, told)


def job_for(
    adviser: Adviser, out: Path, model: Path | None = None, model_digest: str | None = None
) -> Job:
    """Return the job that an adviser and a model do."""
    return Job(
        out.absolute(),
        adviser.settings,
        adviser.chosen,
        tuple(path.absolute() for path in adviser.extra_packs),
        rules_digest(adviser.rulebook),
        None if model is None else model.absolute(),
        model_digest,
    )


def rules_digest(rulebook: Rulebook) -> str:
    """Return a digest of the rules in force and of the facts that they compare with."""
    digest = hashlib.sha256(rulebook.digest.encode())
    for folder in ("platforms", "topics"):
        for path in sorted((RULES / folder).glob("*.yaml")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def settings_digest(settings: Settings, chosen: tuple[str, ...] | None) -> str:
    """Return a digest of the settings that measures and rules see, and of the platforms."""
    told = asdict(settings)  # less what other digests hold and what no row depends on
    for key in ("origin", "packs", "severities", "ignore", "community", "engagement"):
        del told[key]
    return digest_text(json.dumps([told, chosen], sort_keys=True, default=str))


def versions() -> dict[str, str]:
    """Return the versions that decide the bytes of the output."""
    names = ("durable-rules", "numpy", "polars", "scikit-learn")
    found = {name: version(name) for name in names}
    return {"sharewise": __version__, "layout": str(LAYOUT), **found}
