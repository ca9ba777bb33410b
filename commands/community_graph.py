"""``sharewise community show`` and ``export``: the groups, and the graph for other tools."""

from pathlib import Path

import click

from .interaction_options import Asked, interaction_options
from .options import format_option

least_option = click.option(
    "--least",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Withhold groups of fewer people.",
)


@click.command()
@interaction_options
@least_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of the first of five runs.")
@format_option("text", "json", "csv", default="text")
@click.pass_context
def show(
    context: click.Context,
    /,
    asked: Asked,
    least: int,
    seed: int,
    form: str,
) -> None:
    """Show the groups: their words, members, and stability.

    Stability is how alike a group comes out under other random seeds; below 0.6 it is chance.
    The brand itself is left out: everyone acts on it.

    \b
    Example:
      sharewise community show interactions.csv --brand @harborroast
    """
    from .community_groups import show_groups

    rejected = show_groups(asked, least, seed, form)
    context.exit(asked.code(rejected))


@click.command()
@interaction_options
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the graph to this .graphml or .gexf file.",
)
@click.option(
    "--nodes", type=click.Path(path_type=Path), metavar="FILE", help="Write its nodes as CSV."
)
@click.option(
    "--edges", type=click.Path(path_type=Path), metavar="FILE", help="Write its edges as CSV."
)
@click.option(
    "--top", type=click.IntRange(min=1), help="The so many people with the highest PageRank."
)
@click.option("--ego", metavar="HANDLE", help="This person and whoever is next to them.")
@click.option("--whole", is_flag=True, help="Everyone.  [default: --top 1000]")
@least_option
@click.option("--seed", type=int, default=0, show_default=True, help="Of the groups.")
@click.pass_context
def export(
    context: click.Context,
    /,
    asked: Asked,
    output: Path | None,
    nodes: Path | None,
    edges: Path | None,
    top: int | None,
    ego: str | None,
    whole: bool,
    least: int,
    seed: int,
) -> None:
    """Write the graph for Gephi, networkx and spreadsheets.

    All of it, or a part: around a person, or those with the highest PageRank.

    An edge from u to v says that u acted on v. People in groups under --least are withheld.

    \b
    Example:
      sharewise community export interactions.csv --top 500 -o community.graphml
    """
    from .community_groups import Part, export_graph

    if not (output or nodes or edges):
        raise click.UsageError("name a file: -o FILE.graphml, --nodes FILE.csv, --edges FILE.csv")
    if whole and (top or ego):
        raise click.UsageError("--whole goes without --top and --ego")
    if top is None and ego is None and not whole:
        top = 1000
    part = Part(output=output, nodes=nodes, edges=edges, top=top, ego=ego, whole=whole)
    rejected = export_graph(asked, part, least, seed)
    context.exit(asked.code(rejected))
