"""What ``recommend`` and ``check`` have in common: from files to a report, and out with it."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import day_first, settings_from
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.advice.recommending import Adviser
    from ..engine.advice.reports.building import Choice
    from ..engine.advice.reports.report import Report
    from ..engine.advice.rule import Rulebook
    from ..engine.content.reading import PostFiles

BAD_INPUT = 2
MOST_TRIED = 200


@dataclass(frozen=True)
class Request:
    """What was asked for on the command line."""

    sources: tuple[str, ...]
    platforms: tuple[str, ...]
    packs: tuple[Path, ...]
    config: Path | None
    timezone: str | None
    encoding: str | None
    rejects: Path | None
    quiet: bool
    pages: tuple[str, ...] = ()
    dates: str | None = None

    @property
    def day_first(self) -> bool | None:
        """The order of day and month asked for, None for none."""
        return day_first(self.dates)


def adviser_for(request: Request) -> "Adviser":
    """Return the adviser with the settings, platforms and packs asked for."""
    from ..engine.advice.recommending import adviser

    settings = settings_from(request.config, request.timezone)
    return adviser(request.platforms or None, settings, request.packs)


def read(using: "Adviser", request: Request) -> "PostFiles":
    """Return the posts; what was rejected is written where it was asked for.

    Raises
    ------
    ReadError
        There is not one post in all the sources.
    """
    from ..engine.advice.reports.notes import reject_lines
    from ..engine.errors import ReadError

    files = using.read(request.sources, encoding=request.encoding, day_first=request.day_first)
    write_rejects(files.rejects, request.rejects)
    if files.posts.height == 0:
        for reading in files.files:
            for line in reject_lines(files.rejects, reading.file):
                click.echo(line, err=True)
        rows = sum(reading.rows for reading in files.files)
        many = "its only row is" if rows == 1 else f"all {rows} rows are"
        found = f"{many} rejected" if rows else "no rows"
        raise ReadError(f"no post to work on: {found} in {', '.join(request.sources)}")
    return files


def report_for(request: Request, choice: "Choice | None" = None) -> "Report":
    """Read, measure, decide, and return the report.

    The fixes of at most `MOST_TRIED` posts are tried, and only those that hold are named.
    """
    from .. import __version__
    from ..engine.advice.account_notes import account_notes
    from ..engine.advice.reports.building import build_report

    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        refuse_unknown(choice, using.rulebook)
        files = read(using, request)
        progress.say(f"measuring {files.posts.height:,} posts …")
        findings = using.findings(files.posts)
        found = None
        if files.posts.height <= MOST_TRIED and findings["fix"].count():
            from ..engine.advice.fixes.remedies import remedies
            from ..engine.content.writing_posts import taking_posts

            progress.say("trying fixes …")
            found = remedies(files.posts, findings, using, splittable=taking_posts(files.posts))
        rulebook = using.rulebook
        if request.pages:
            progress.say("reading the pages …")
            findings, rulebook = with_page_findings(using, files, findings, request)
        progress.say("putting the report together …")
        return build_report(
            files,
            findings,
            tuple(using.platforms),
            rulebook,
            choice,
            chosen=using.chosen,
            platform_names={name: one.name for name, one in using.platforms.items()},
            version=__version__,
            remedies=found,
            notes=account_notes(files.posts, using.settings.accounts, using.chosen),
        )


def with_page_findings(
    using: "Adviser", files: "PostFiles", findings: "pl.DataFrame", request: Request
) -> "tuple[pl.DataFrame, Rulebook]":
    """Return the findings with those of the pages that the posts link to, and all rules."""
    from ..engine.advice.linked_pages import linked_findings
    from ..engine.advice.page_advice import PageAdviser

    pages = PageAdviser(using)
    found = pages.read(request.pages)
    if not request.quiet:
        for reject in found.rejects.iter_rows(named=True):
            click.echo(f"{reject['file']}: {reject['reason']}", err=True)
    linked = linked_findings(files.posts, found.pages, pages, using)
    if not request.quiet:
        click.echo(linked.told, err=True)
    return linked.merged(findings, tuple(using.platforms)), using.all_rules


def refuse_unknown(choice: "Choice | None", rulebook: "Rulebook") -> None:
    """Refuse a beginning of rule ids that no rule has: it would silently check nothing."""
    from ..engine.settings_values import nearest

    if choice is None or not (choice.select or choice.ignore):
        return
    known = [rule.id for rule in (*rulebook.rules, *rulebook.switched_off)]
    for option, names in (("--select", choice.select), ("--ignore", choice.ignore)):
        for name in names:
            if not any(rule.startswith(name.upper()) for rule in known):
                raise click.UsageError(
                    f"{option} {name}: no rule's id starts so{nearest(name.upper(), known)}"
                )


def deliver(report: "Report", form: str | None, output: Path | None, *, quiet: bool) -> None:
    """Print the report in the format asked for, or write it to ``output`` and say so."""
    from ..engine.advice.reports.formats import FORMATS, format_of, print_report, write_report
    from ..engine.advice.reports.notes import is_plain

    if output is not None and str(output) != "-":
        write_report(report, form or format_of(output), output)
        if not quiet:
            _echo_notes(report)
            click.echo(f"{_summary(report)} · written to {output}")
        return
    form = form or "text"
    spoken = FORMATS[form].spoken
    print_report(replace(report, files=(), warnings=()) if quiet and spoken else report, form)
    if quiet or spoken:
        return
    person = form in ("concise", "full")
    if not person or report.warnings or not all(map(is_plain, report.files)):
        _echo_notes(report, err=True)
    click.echo(_summary(report), err=not person)


def write_rejects(rejects: "pl.DataFrame", path: Path | None) -> None:
    """Write the rejected rows as CSV, JSON lines or Parquet; CSV cells start no formula."""
    if path is None:
        return
    from ..engine.advice.reports.cells import guarded
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    ending = path.suffix.lower()
    if ending == ".csv":
        write_beside(path, guarded(rejects).write_csv().encode())
    elif ending in (".jsonl", ".ndjson"):
        write_beside(path, rejects.write_ndjson().encode())
    elif ending == ".parquet":
        write_beside(path, rejects.write_parquet)
    else:
        raise WriteError(
            f"--rejects {path}: {ending or 'no ending'}; allowed: .csv .jsonl .parquet"
        )


def exit_with(context: click.Context, report: "Report", *, strict: bool, code: int = 0) -> None:
    """Leave with ``code``, or 2 when rows were rejected and ``--strict`` was given."""
    context.exit(BAD_INPUT if strict and report.summary.rejected else code)


def echo_readings(files: "PostFiles") -> None:
    """Say on standard error how files were read, where there is something to say."""
    from ..engine.advice.reports.fitting import fitted
    from ..engine.advice.reports.notes import file_lines, is_plain

    for reading in files.files:
        if not is_plain(reading):
            for line in file_lines([reading], files.rejects):
                click.echo(fitted(line, sys.stderr), err=True)


def refuse_disagreement(form: str | None, output: Path | None) -> None:
    """Refuse ``-f`` and ``-o`` that name different formats, before anything is read."""
    from ..engine.advice.reports.formats import refuse_other_ending

    refuse_other_ending(form, output)


def _summary(report: "Report") -> str:
    from ..engine.advice.reports.notes import summary_line

    return summary_line(report.summary)


def _echo_notes(report: "Report", *, err: bool = False) -> None:
    from ..engine.advice.reports.fitting import fitted
    from ..engine.advice.reports.notes import reading_lines

    for line in reading_lines(report):
        click.echo(fitted(line, sys.stderr if err else sys.stdout), err=err)
