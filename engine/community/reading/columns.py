"""Which column of a file is which field of an interaction."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ...content.reading.plain_name import plain_name
from ...content.reading.subject import Subject
from ...content.safe_yaml import load_yaml

_DATA = Path(__file__).parent / "column_names.yaml"


def fields_of(columns: Sequence[str]) -> dict[str, str]:
    """Return field → the column it is read from, by the columns' names alone."""
    places = _places()
    best: dict[str, tuple[int, int]] = {}
    for at, column in enumerate(columns):
        field, priority = places.get(plain_name(column), ("", 0))
        if field and (field not in best or priority < best[field][0]):
            best[field] = (priority, at)
    return {field: columns[at] for field, (_, at) in best.items()}


def _known(columns: Sequence[str]) -> int:
    return sum(plain_name(column) in _places() for column in columns)


def _holds(columns: Sequence[str]) -> bool:
    fields = fields_of(columns)
    return "from" in fields and ("to" in fields or "post" in fields)


@cache
def _places() -> dict[str, tuple[str, int]]:
    data = load_yaml(_DATA.read_text(encoding="utf-8"))
    places: dict[str, tuple[str, int]] = {}
    for field, groups in data["fields"].items():
        names = [
            name for group in groups for name in (group if isinstance(group, list) else [group])
        ]
        for priority, name in enumerate(names):
            places.setdefault(plain_name(str(name)), (field, priority))
    return places


INTERACTIONS = Subject(
    noun="interaction",
    plural="interactions",
    template="interactions",
    needs="from (who) and to (on whom) or post are needed, or names another tool gives them",
    known=_known,
    holds=_holds,
)
