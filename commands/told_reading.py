"""Say how files were read: posts, histories and interactions alike."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..engine.community.reading import InteractionFiles
    from ..engine.content.reading import PostFiles


def tell_reading(files: "PostFiles | InteractionFiles") -> None:
    """Say on standard error what was read, mapped, rejected and assumed, file by file.

    Of interactions, what cleaning set aside is told, too.
    """
    from ..engine.advice.reports.notes import file_lines
    from ..engine.community.reading import InteractionFiles

    acts = isinstance(files, InteractionFiles)
    for line in file_lines(files.files, files.rejects, noun="interaction" if acts else "post"):
        click.echo(line, err=True)
    if isinstance(files, InteractionFiles):
        from ..engine.community.report import cleaning_lines

        for line in cleaning_lines(files):
            click.echo(line, err=True)
