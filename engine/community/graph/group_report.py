"""The groups for a reader at a terminal and for machines."""

from collections.abc import Iterator
from typing import Any

from ...advice.reports.plain_text import printable
from ...advice.reports.style import Style
from ..counted import plural
from ..text_table import table_lines
from .community import Community
from .groups import Groups

CHANCE = 0.6


def group_lines(
    community: Community, groups: Groups, withheld: str | None, style: Style
) -> Iterator[str]:
    """Yield the groups as a table, no wider than the terminal, then what was left out."""
    yield style.paint(
        f"{plural(len(community.people), 'person', 'people')}, "
        f"{plural(community.links.height, 'edge', 'edges')} · "
        f"{plural(groups.table.height, 'group', 'groups')}",
        "bold",
    )
    head = ("group", "people", "share", "inside", "stability", "name")
    rows = [head]
    for row in groups.table.iter_rows(named=True):
        sure = row["stability"]
        unsure = sure is not None and sure < CHANCE
        rows.append(
            (
                str(row["group"]), f"{row['people']:,}", f"{row['share']:.0%}",
                "–" if row["inside"] is None else f"{row['inside']:.0%}",
                "–" if sure is None else f"{sure:.2f}{' (chance)' if unsure else ''}",
                printable(row["name"]),
            )
        )  # fmt: skip
    if groups.table.height:
        yield from table_lines(rows, style)
    if withheld:
        yield withheld
    yield from (f"note: {note}" for note in community.notes)


def group_rows(groups: Groups) -> list[dict[str, Any]]:
    """Return the groups as plain values for JSON."""
    return groups.table.to_dicts()
