"""What ``recommend`` and ``check`` have in common: from files to a report, and out with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import settings_from
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.advice.recommending import Adviser
    from ..engine.advice.reports.building import Choice
    from ..engine.advice.reports.report import Report
    from ..engine.content.reading import PostFiles

BAD_INPUT = 2
MOST_TRIED = 500


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

    files = using.read(request.sources, encoding=request.encoding)
    write_rejects(files, request.rejects)
    if files.posts.height == 0:
        for reading in files.files:
            for line in reject_lines(files.rejects, reading.file):
                click.echo(line, err=True)
        rows = sum(reading.rows for reading in files.files)
        found = f"all {rows} rows are rejected" if rows else "no rows"
        raise ReadError(f"no post to work on: {found} in {', '.join(request.sources)}")
    return files


def report_for(
    request: Request, choice: "Choice | None" = None, *, try_fixes: bool = False
) -> "Report":
    """Read, measure, decide, and return the report.

    With ``try_fixes`` the fixes of at most `MOST_TRIED` posts are tried, and only those that
    hold are named for a reader.
    """
    from .. import __version__
    from ..engine.advice.reports.building import build_report

    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        refuse_unknown(choice, using)
        files = read(using, request)
        progress.say(f"measuring {files.posts.height:,} posts …")
        findings = using.findings(files.posts)
        offers = None
        if try_fixes and files.posts.height <= MOST_TRIED:
            from ..engine.advice.fixes.offering import offer

            progress.say("trying fixes …")
            offers = offer(files.posts, findings, using)
        progress.say("putting the report together …")
        return build_report(
            files,
            findings,
            tuple(using.platforms),
            using.rulebook,
            choice,
            chosen=using.chosen,
            platform_names={name: one.name for name, one in using.platforms.items()},
            version=__version__,
            offers=offers,
        )


def refuse_unknown(choice: "Choice | None", using: "Adviser") -> None:
    """Refuse a beginning of rule ids that no rule has: it would silently check nothing."""
    from ..engine.settings_values import nearest

    if choice is None or not (choice.select or choice.ignore):
        return
    rulebook = using.rulebook
    known = [rule.id for rule in (*rulebook.rules, *rulebook.switched_off)]
    for option, names in (("--select", choice.select), ("--ignore", choice.ignore)):
        for name in names:
            if not any(rule.startswith(name) for rule in known):
                raise click.UsageError(
                    f"{option} {name}: no rule's id starts so{nearest(name, known)}"
                )


def deliver(report: "Report", form: str | None, output: Path | None, *, quiet: bool) -> None:
    """Print the report in the format asked for, or write it to ``output`` and say so."""
    from ..engine.advice.reports.formats import FORMATS, format_of, print_report, write_report

    if output is not None and str(output) != "-":
        write_report(report, form or format_of(output), output)
        if not quiet:
            _echo_notes(report)
            click.echo(f"{_summary(report)} · written to {output}")
        return
    form = form or "text"
    print_report(replace(report, files=(), warnings=()) if quiet else report, form)
    if quiet or FORMATS[form].spoken:
        return
    person = form in ("concise", "full")
    if not person or report.summary.rejected or report.warnings:
        _echo_notes(report, err=True)
    click.echo(_summary(report), err=not person)


def write_rejects(files: "PostFiles", path: Path | None) -> None:
    """Write the rejected rows as CSV, JSON lines or Parquet; CSV cells start no formula."""
    if path is None:
        return
    from ..engine.advice.reports.cells import guarded
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    ending = path.suffix.lower()
    if ending == ".csv":
        write_beside(path, guarded(files.rejects).write_csv().encode())
    elif ending in (".jsonl", ".ndjson"):
        write_beside(path, files.rejects.write_ndjson().encode())
    elif ending == ".parquet":
        write_beside(path, files.rejects.write_parquet)
    else:
        raise WriteError(
            f"--rejects {path}: {ending or 'no ending'}; allowed: .csv .jsonl .parquet"
        )


def exit_with(context: click.Context, report: "Report", *, strict: bool, code: int = 0) -> None:
    """Leave with ``code``, or 2 when rows were rejected and ``--strict`` was given."""
    context.exit(BAD_INPUT if strict and report.summary.rejected else code)


def _summary(report: "Report") -> str:
    from ..engine.advice.reports.notes import summary_line

    return summary_line(report.summary)


def _echo_notes(report: "Report", *, err: bool = False) -> None:
    from ..engine.advice.reports.notes import reading_lines

    lines: Sequence[str] = list(reading_lines(report))
    for line in lines:
        click.echo(line, err=err)
