"""Say how files were read: posts, histories and interactions alike."""

import sys
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
        _tell(line)
    if isinstance(files, InteractionFiles):
        from ..engine.community.report import cleaning_lines

        for line in cleaning_lines(files):
            _tell(line)


def _tell(line: str) -> None:
    """Say a line on standard error; in a terminal, in lines no wider than it."""
    from ..engine.advice.reports.plain_text import hanging
    from ..engine.advice.reports.style import style_of

    fits = hanging(line, style_of(sys.stderr).width) if sys.stderr.isatty() else [line]
    for one in fits:
        click.echo(one, err=True)
