"""``sharewise template``: empty files to fill in."""

from pathlib import Path

import click

from .options import output_option


@click.group()
def template() -> None:
    """Print an empty file to fill in.

    \b
    Example:
      sharewise template posts > drafts.csv
    """


@template.command()
@output_option
@click.option("--all", "every_column", is_flag=True, help="All columns, not only the usual ones.")
def posts(output: Path | None, every_column: bool) -> None:
    """Print an empty CSV file for posts.

    \b
    Example:
      sharewise template posts -o drafts.csv
    """
    from ..engine.content.reading.template import empty_posts_template

    _deliver(empty_posts_template(every_column=every_column), output)


@template.command()
@output_option
def interactions(output: Path | None) -> None:
    """Print an empty CSV file for interactions.

    \b
    Example:
      sharewise template interactions -o interactions.csv
    """
    from ..engine.community.reading.template import empty_interactions_template

    _deliver(empty_interactions_template(), output)


@template.command()
@output_option
def history(output: Path | None) -> None:
    """Print an empty CSV file for published posts.

    \b
    Example:
      sharewise template history -o history.csv
    """
    from ..engine.content.reading.template import empty_history_template

    _deliver(empty_history_template(), output)


@template.command()
@output_option
def tests(output: Path | None) -> None:
    """Print an empty CSV file for randomised tests of wordings.

    A row is one wording of one test: all rows of a test have the same name in the column test.

    \b
    Example:
      sharewise template tests -o tests.csv
    """
    from ..engine.content.reading.template import empty_tests_template

    _deliver(empty_tests_template(), output)


def _deliver(text: str, output: Path | None) -> None:
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    if output.exists():
        raise WriteError(f"{output}: exists already")
    write_beside(output, text.encode())
