"""Say how files were read: posts, histories and interactions alike."""

import sys
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..engine.community.reading import InteractionFiles
    from ..engine.content.reading import PostFiles


def tell_reading(
    files: "PostFiles | InteractionFiles", used: Collection[str] = (), template: str = ""
) -> None:
    """Say on standard error what was read, mapped, rejected and assumed, file by file.

    Of interactions, what cleaning set aside is told, too. Lines are broken at the width of a
    terminal.

    Parameters
    ----------
    files : what was read
    used : plain names of columns that are no fields of a post and are read all the same
    template : the argument of ``sharewise template`` that shows the known names, "" for the usual
    """
    from ..engine.advice.reports.fitting import fitted
    from ..engine.advice.reports.notes import file_lines
    from ..engine.community.reading import InteractionFiles
    from ..engine.content.reading.plain_name import plain_name

    acts = isinstance(files, InteractionFiles)
    readings = [
        replace(
            reading, unknown=tuple(one for one in reading.unknown if plain_name(one) not in used)
        )
        for reading in files.files
    ]
    noun = "interaction" if acts else "post"
    for line in file_lines(readings, files.rejects, noun=noun, template=template):
        click.echo(fitted(line, sys.stderr), err=True)
    if isinstance(files, InteractionFiles):
        from ..engine.community.cleaning_report import cleaning_lines

        for line in cleaning_lines(files):
            click.echo(fitted(line, sys.stderr), err=True)
