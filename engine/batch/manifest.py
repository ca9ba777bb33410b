"""The manifest of a run: what went in, by which rules and model, what came out; no times."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..advice.rulebook import Rulebook
from ..content.writing import write_beside
from ..errors import BatchError
from .entries import Entry
from .job import Job
from .plan import Part, Plan
from .rule_digests import rule_digests

FILE = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """A finished run as its folder tells of it."""

    folder: Path
    data: dict[str, Any]

    @property
    def form(self) -> str:
        """The format of its rows."""
        return str(self.data["format"])

    @property
    def rules(self) -> dict[str, str]:
        """A digest for each rule in force."""
        return dict(self.data["rules"])

    def digest(self, cause: str) -> object:
        """Return the digest of ``rules``, ``model``, ``settings`` or ``versions``."""
        return self.data["digests"][cause]


def write_manifest(
    job: Job,
    plan: Plan,
    form: str,
    done: Sequence[tuple[Part, Entry]],
    failed: Sequence[tuple[Part, Entry]],
    rulebook: Rulebook,
) -> None:
    """Write what a run was; the same bytes for the same inputs, rules, model and versions."""
    severities: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for _, entry in done:
        severities.update(entry.severities)
        rules.update(entry.rules)
    entries = [entry for _, entry in done]
    data = {
        "format": form,
        "part_rows": plan.rows,
        "platforms": list(job.chosen) if job.chosen else None,
        "digests": job.digests,
        "counts": {
            "files": len(plan.inputs) + len(plan.failures),
            "parts": len(plan.parts),
            "posts": sum(entry.posts for entry in entries),
            "rows": sum(entry.rows for entry in entries),
            "scored": sum(entry.scored for entry in entries),
            "rejected": sum(entry.rejected for entry in entries),
            "findings": dict(sorted(severities.items())),
            "by_rule": dict(sorted(rules.items())),
        },
        "failed": [*({"file": file, "reason": reason} for file, reason in plan.failures),
                   *({"file": part.slice.file, "rows": [part.slice.before + 1,
                      part.slice.before + part.slice.rows], "reason": entry.failed}
                     for part, entry in failed)],
        "inputs": [{"file": one.file, "digest": one.digest, "rows": one.rows}
                   for one in plan.inputs],
        "parts": [{"part": part.name, "file": part.slice.file, "first_row": part.slice.before + 1,
                   "posts": entry.posts, "rows": entry.rows, "rejected": entry.rejected,
                   "key": entry.key} for part, entry in done],
        "rules": rule_digests(rulebook),
    }  # fmt: skip
    write_beside(job.out / FILE, json.dumps(data, indent=1).encode())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a run.

    Raises
    ------
    BatchError
        No finished run there.
    """
    path = folder / FILE
    try:
        data = json.loads(path.read_bytes())
        manifest = Manifest(folder, data)
        manifest.form, manifest.rules, data["digests"]["versions"], data["counts"]
    except OSError:
        raise BatchError(
            f"{folder}: no finished run there: {FILE} is missing; sharewise batch … --resume "
            "finishes one"
        ) from None
    except (ValueError, KeyError, TypeError) as error:
        raise BatchError(f"{path}: not a manifest of a run ({error})") from None
    return manifest
