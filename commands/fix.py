"""``sharewise fix``: what fixes would change, line by line; with --write, the change itself."""

from typing import TYPE_CHECKING, Any

import click

from .options import (
    choice_options,
    format_option,
    history_option,
    platform_option,
    request_options,
    sources_argument,
)

if TYPE_CHECKING:
    from .advising import Request


@click.command()
@sources_argument
@platform_option
@click.option("--write", is_flag=True, help="Change the files. Without it nothing is written.")
@click.option("--unsafe", is_flag=True, help="Take fixes too that change words, links or reach.")
@choice_options
@click.option(
    "--smallest",
    is_flag=True,
    help="Show, per platform, the fewest fixes after which no error is left, found by trying all "
    "sets of them; where those are over 4,096, this is said.",
)
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "suggestion")),
    help="With --smallest: the least level that may not be left.  [default: error]",
)
@history_option
@format_option("text", "json", default="text")
@request_options
@click.pass_context
def fix(
    context: click.Context,
    /,
    write: bool,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    smallest: bool,
    level: str | None,
    history: str | None,
    form: str,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Show what fixes would change; --write changes the files.

    A fix is shown only when the rules were run on what it makes: its finding is gone on every
    platform the post is meant for, and none as severe is new. Files keep their format, column
    names, order and all that is not fixed. With --unsafe a post that is too long becomes a thread:
    new rows below it, new files beside a Markdown file; in Excel it is cut. A label such as #ad is
    moved first by a safe fix; that it is added is unsafe, since you have to know that it is true.
    What only one of a post's platforms needs is made by ``sharewise tailor``.

    \b
    Example:
      sharewise fix drafts.csv --platform x --write
    """
    from .advising import Request
    from .fixing import show_fixes, show_smallest

    request = Request(quiet=quiet, **asked)
    if level and not smallest:
        raise click.UsageError("--level goes with --smallest")
    if smallest and (write or unsafe or select or ignore):
        raise click.UsageError("--smallest shows fixes of all rules, and writes nothing")
    if write and "-" in request.sources:
        raise click.UsageError("--write: standard input can't be changed; name a file")
    if smallest:
        rejected = show_smallest(request, level or "error", form, history=history)
    else:
        rejected = show_fixes(
            request,
            write=write,
            unsafe=unsafe,
            select=select,
            ignore=ignore,
            form=form,
            history=history,
        )
    context.exit(_code(request, strict=strict, rejected=rejected))


def _code(request: "Request", *, strict: bool, rejected: int) -> int:
    from .advising import BAD_INPUT

    return BAD_INPUT if strict and rejected else 0
