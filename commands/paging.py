"""From pages to a report or to what can be pasted into them; for ``sharewise page``."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .advising import refuse_unknown
from .options import settings_from
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.advice.page_advice import PageAdviser
    from ..engine.advice.page_suggestions import Suggestion
    from ..engine.advice.reports.building import Choice
    from ..engine.advice.reports.report import Report
    from ..engine.content.pages.page_files import PageFiles


@dataclass(frozen=True)
class PageRequest:
    """What was asked for on the command line."""

    sources: tuple[str, ...]
    platforms: tuple[str, ...]
    packs: tuple[Path, ...]
    config: Path | None
    root: Path | None
    site: str | None
    quiet: bool


def adviser_for(request: PageRequest) -> "PageAdviser":
    """Return the adviser with the settings, platforms and packs asked for."""
    from ..engine.advice.page_advice import PageAdviser
    from ..engine.advice.recommending import adviser

    settings = settings_from(request.config)
    return PageAdviser(adviser(request.platforms or None, settings, request.packs))


def read(pages: "PageAdviser", request: PageRequest) -> "PageFiles":
    """Return the pages.

    Raises
    ------
    ReadError
        There is not one page in all the sources.
    """
    from ..engine.errors import ReadError

    files = pages.read(request.sources, request.root)
    if files.pages.height == 0:
        told = "; ".join(f"{file}: {reason}" for file, reason in
                         files.rejects.head(3).select("file", "reason").iter_rows())  # fmt: skip
        more = f"; and {files.rejects.height - 3} more" if files.rejects.height > 3 else ""
        raise ReadError(f"no page to work on: {told}{more}")
    return files


def report_for(request: PageRequest, choice: "Choice", cards: bool | None) -> "Report":
    """Read, measure, decide, and return the report; ``cards`` None: those of a single page."""
    from dataclasses import replace

    from .. import __version__
    from ..engine.advice.page_advice import EVERY_PLATFORM, page_post_files
    from ..engine.advice.reports.building import build_report
    from ..engine.content.pages.cards import page_cards

    with Progress("reading …", quiet=request.quiet) as progress:
        pages = adviser_for(request)
        refuse_unknown(choice, pages.rulebook)
        files = read(pages, request)
        progress.say(f"looking at {files.pages.height:,} pages …")
        findings = pages.findings(files.pages)
        names = {EVERY_PLATFORM.id: EVERY_PLATFORM.name}
        names |= {name: one.name for name, one in pages.platforms.items()}
        report = build_report(
            page_post_files(files),
            findings,
            tuple(pages.platforms),
            pages.rulebook,
            choice,
            platform_names=names,
            version=__version__,
            noun="page",
        )
        if cards or (cards is None and files.pages.height == 1):
            drawn = page_cards(files.pages, pages.platforms)
            report = replace(report, cards=dict(enumerate(drawn)))
        return report


def suggest_for(request: PageRequest, output: Path | None) -> int:
    """Print what to paste into each page, or write it; return how many files are no pages."""
    from ..engine.advice.page_suggestions import suggestion
    from ..engine.content.writing import write_beside

    pages = adviser_for(request)
    files = read(pages, request)
    settings = pages.using.settings
    roots = [Path(one) for one in request.sources if Path(one).is_dir()]
    root = request.root or (roots[0] if len(roots) == 1 else None)
    lines: list[str] = []
    for row in files.pages.iter_rows(named=True):
        lines += _told(suggestion(row, settings, request.site, root))
    text = "".join(f"{line}\n" for line in lines)
    if output is not None and str(output) != "-":
        write_beside(output, text.encode("utf-8", "replace"))
        if not request.quiet:
            click.echo(f"what to paste into {files.pages.height:,} pages · written to {output}")
    else:
        click.echo(text, nl=False)
    if not request.quiet:
        for reject in files.rejects.iter_rows(named=True):
            click.echo(f"{reject['file']}: {reject['reason']}", err=True)
    return files.rejects.height


def _told(one: "Suggestion") -> list[str]:
    from ..engine.advice.reports.plain_text import printable

    def comment(text: str) -> str:
        return f"<!-- {printable(text).replace('--', '- -')} -->"

    lines = [comment(one.file)]
    if one.head:
        lines += [comment("into the head:"), *map(printable, one.head)]
    else:
        lines.append(comment("no tag is missing that could be filled in"))
    lines += [comment(note) for note in one.notes]
    if one.share:
        lines += [comment("where people are to share:"), *map(printable, one.share)]
    return [*lines, ""]
