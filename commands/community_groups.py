"""The work behind ``sharewise community show`` and ``export``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .interacting import Read, read_asked
from .interaction_options import Asked

if TYPE_CHECKING:
    from ..engine.community.graph.community import Community


@dataclass(frozen=True)
class Part:
    """Which part of the graph goes into which files."""

    output: Path | None
    nodes: Path | None
    edges: Path | None
    top: int | None
    ego: str | None
    whole: bool


def show_groups(asked: Asked, least: int, seed: int, form: str) -> int:
    """Print the groups; return how many rows were rejected."""
    from ..engine.advice.reports.cells import guarded
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.community.graph.group_report import group_lines, group_rows
    from ..engine.community.graph.groups import groups_of
    from ..engine.community.graph.small_groups import large_enough
    from .progress import Progress

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress)
        progress.say("finding groups …")
        community = read.community(left_out=read.brand)
        groups = groups_of(community, seeds=range(seed, seed + 5))
        shown, withheld = large_enough(groups, least)
    if form == "json":
        document = {
            "people": len(community.people),
            "edges": community.links.height,
            "groups": group_rows(shown),
            "withheld": {"groups": withheld.groups, "people": withheld.people, "least": least},
            "notes": list(community.notes),
        }
        click.echo(json_text(document, indent=2))
    elif form == "csv":
        import polars as pl

        flat = shown.table.with_columns(pl.col("words", "members").list.join(" "))
        click.echo(guarded(flat).write_csv(line_terminator="\n"), nl=False)
    else:
        for line in group_lines(community, shown, withheld.said(least), style_of(sys.stdout)):
            click.echo(line)
    return read.rejected


def export_graph(asked: Asked, part: Part, least: int, seed: int) -> int:
    """Write the files; return how many rows were rejected."""
    from ..engine.community.counted import plural
    from ..engine.community.graph.exports import (
        edge_table,
        node_table,
        shareable,
        write_graph,
        write_table,
    )
    from ..engine.community.graph.groups import groups_of
    from .progress import Progress

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress)
        progress.say("building the graph …")
        community, apart = read.community(), read.community(left_out=read.brand)
        ego = None if part.ego is None else _spelled(community, [part.ego])[0]
        graph = community.to_networkx(top=part.top, ego=ego, whole=part.whole)
        groups = groups_of(apart, seeds=[seed])
        brand = _spelled(community, read.brand)
        graph, withheld = shareable(graph, groups, least, public=brand)
    if part.output is not None:
        write_graph(graph, part.output)
    if part.nodes is not None:
        write_table(node_table(graph), part.nodes)
    if part.edges is not None:
        write_table(edge_table(graph), part.edges)
    people = plural(graph.number_of_nodes(), "person", "people")
    _tell(read, part, f"{people}, {plural(graph.number_of_edges(), 'edge', 'edges')}",
          None if asked.quiet else withheld.said(least), quiet=asked.quiet)  # fmt: skip
    return read.rejected


def _spelled(community: "Community", handles: Sequence[str]) -> list[str]:
    """Return the names that the community has for handles, in any spelling; else as given."""
    from ..engine.community.people_codes import codes_of

    codes = codes_of(handles, community.people)
    return [str(community.people[code]) for code in codes] or list(handles)


def _tell(read: Read, part: Part, told: str, withheld: str | None, *, quiet: bool) -> None:
    from .rewarding import remember_written

    written = [path for path in (part.output, part.nodes, part.edges) if path is not None]
    for path in written:
        remember_written(path, read.settings)
    if quiet:
        return
    click.echo(f"{told}: {', '.join(str(path) for path in written)}", err=True)
    if withheld:
        click.echo(withheld, err=True)
