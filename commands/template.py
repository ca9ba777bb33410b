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
def posts(output: Path | None) -> None:
    """Print an empty CSV file for posts.

    \b
    Example:
      sharewise template posts -o drafts.csv
    """
    from ..engine.content.reading.template import empty_posts_template
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    text = empty_posts_template()
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    if output.exists():
        raise WriteError(f"{output}: is there already")
    write_beside(output, text.encode())
