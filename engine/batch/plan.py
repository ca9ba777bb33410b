"""What a run is over: the inputs, cut into parts; the same every time for the same files."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ..content.reading.slices import Slice, slice_from_plain
from ..content.reading.slicing import slices_of
from ..content.reading.subject import POSTS, Subject
from ..content.writing import write_beside
from ..errors import ReadError
from .addresses import digest_of, files_named, form_of, opened_source, stamp_of

PART_ROWS = 50_000


@dataclass(frozen=True)
class Input:
    """One file: ``stamp`` changes with it, ``digest`` is the SHA-256 of its content."""

    file: str
    stamp: str
    digest: str
    slices: tuple[Slice, ...]

    @property
    def rows(self) -> int:
        """How many rows it has, blank ones counted."""
        return sum(one.rows for one in self.slices)


@dataclass(frozen=True)
class Part:
    """A unit of work: a slice of an input; ``number`` counts from 0 over the run."""

    number: int
    slice: Slice
    input: str
    stamp: str

    @property
    def name(self) -> str:
        """What its files are called, less the ending."""
        return f"part-{self.number:06}"


@dataclass(frozen=True)
class Plan:
    """The inputs of a run in their order; ``failures`` are files that can't be read, and why."""

    rows: int
    encoding: str | None
    inputs: tuple[Input, ...]
    failures: tuple[tuple[str, str], ...] = ()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts, in the order of the inputs and of their rows."""
        pairs = [(one, piece) for one in self.inputs for piece in one.slices]
        return tuple(
            Part(number, piece, one.digest, one.stamp) for number, (one, piece) in enumerate(pairs)
        )

    @property
    def empty(self) -> tuple[str, ...]:
        """The files without a row."""
        return tuple(one.file for one in self.inputs if not one.slices)


def make_plan(
    named: Sequence[str],
    rows: int = PART_ROWS,
    encoding: str | None = None,
    known: Plan | None = None,
    on_file: Callable[[str], object] = lambda file: None,
    subject: Subject = POSTS,
) -> Plan:
    """Return the plan of a run; a file that can't be read is a failure, and the rest go on.

    Parameters
    ----------
    named : paths, folders and addresses
    rows : rows a part
    encoding : of text files; None finds it out, file by file
    known : an earlier plan: a file that has its stamp still is not read again
    on_file : called with each file before it is looked at
    subject : what the rows are

    Raises
    ------
    ReadError
        A folder without a file, or none of the files can be read.
    """
    earlier: dict[str, Input] = {}
    if known is not None and (known.rows, known.encoding) == (rows, encoding):
        earlier = {one.file: one for one in known.inputs}
    inputs: list[Input] = []
    failures: list[tuple[str, str]] = []
    for file in files_named(named):
        on_file(file)
        try:
            stamp = stamp_of(file)
            there = earlier.get(file)
            fresh = there is None or there.stamp != stamp
            inputs.append(
                _input(file, stamp, rows, encoding, subject) if fresh or not there else there
            )
        except ReadError as error:
            failures.append((file, str(error)))
    if not inputs:
        raise ReadError("\n".join(reason for _, reason in failures))
    return Plan(rows, encoding, tuple(inputs), tuple(failures))


def save_plan(plan: Plan, path: Path) -> None:
    """Write the plan as JSON."""
    write_beside(path, json.dumps(_plain(plan), indent=1).encode())


def load_plan(path: Path) -> Plan | None:
    """Return the plan written there; None when there is none that can be read."""
    try:
        data = json.loads(path.read_bytes())
        inputs = tuple(
            Input(
                one["file"],
                one["stamp"],
                one["digest"],
                tuple(slice_from_plain(piece) for piece in one["slices"]),
            )
            for one in data["inputs"]
        )
        failures = tuple((str(file), str(reason)) for file, reason in data["failures"])
        return Plan(data["rows"], data["encoding"], inputs, failures)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def digest_text(*texts: str) -> str:
    """Return the SHA-256 of texts."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()


def _input(file: str, stamp: str, rows: int, encoding: str | None, subject: Subject) -> Input:
    form = form_of(file)
    with opened_source(file, form) as source:
        slices = slices_of(source, file, form, rows, encoding, subject)
    return Input(file, stamp, digest_of(file), tuple(slices))


def _plain(plan: Plan) -> dict[str, Any]:
    return {
        "rows": plan.rows,
        "encoding": plan.encoding,
        "inputs": [
            {
                "file": one.file,
                "stamp": one.stamp,
                "digest": one.digest,
                "slices": [piece.plain() for piece in one.slices],
            }
            for one in plan.inputs
        ],
        "failures": plan.failures,
    }
