"""The runs behind ``sharewise fix``: the differences, and the smallest sets of fixes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from .advising import Request, adviser_for, read, refuse_unknown
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.advice.recommending import Adviser
    from ..engine.content.reading import PostFiles


def show_fixes(
    request: Request,
    *,
    write: bool,
    unsafe: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
) -> int:
    """Print what fixes change, write it where asked, and return how many rows were rejected."""
    from ..engine.advice.fixes.applying import apply_fixes
    from ..engine.advice.reports.building import Choice
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.advice.tailoring.fix_report import (
        FixReport,
        fix_document,
        fix_lines,
        fixes_in,
    )
    from ..engine.content.writing_posts import write_posts

    choice = Choice(select, ignore)
    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        refuse_unknown(choice, using)
        files = read(using, request)
        progress.say(f"trying fixes on {files.posts.height:,} posts …")
        rules = [rule.id for rule in using.rulebook.rules if choice.rule_is_chosen(rule.id)]
        fixed = apply_fixes(files.posts, using, unsafe, rules)
        more = None if unsafe else fixes_in(apply_fixes(fixed.posts, using, True, rules).edits)
        written = None
        if write:
            progress.say("writing …")
            written = write_posts(files, fixed.posts, encoding=request.encoding)
    report = FixReport(files.posts, fixed.posts, fixed.edits, more, written)
    if form == "json":
        click.echo(json_text(fix_document(report), indent=2))
    else:
        for line in fix_lines(report, style_of(sys.stdout)):
            click.echo(line)
    return tell_rejects(files, request)


def show_smallest(request: Request, level: str, form: str) -> int:
    """Print the smallest sets of fixes, and return how many rows were rejected."""
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.advice.tailoring.fix_report import smallest_lines

    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        files = read(using, request)
        progress.say(f"trying fixes on {files.posts.height:,} posts …")
        rows = _smallest(files.posts, using, level)
    if form == "json":
        click.echo(json_text({"level": level, "posts": rows}, indent=2))
    else:
        for line in smallest_lines(rows, level, style_of(sys.stdout)):
            click.echo(line)
    return tell_rejects(files, request)


def tell_rejects(files: "PostFiles", request: Request) -> int:
    """Say on standard error which rows were rejected and why; return how many."""
    from ..engine.advice.reports.notes import reject_lines

    if not request.quiet:
        for reading in files.files:
            for line in reject_lines(files.rejects, reading.file) if reading.rejected else ():
                click.echo(f"{reading.file}{line}", err=True)
    return files.rejects.height


def _smallest(posts: "pl.DataFrame", using: "Adviser", level: str) -> list[dict[str, Any]]:
    """Return, for each post and platform, what is found there and the fewest fixes for it."""
    from ..engine.advice.rule import SEVERITIES
    from ..engine.advice.tailoring.counterfactual import closest_solutions
    from ..engine.advice.tailoring.trial_findings import findings_of
    from ..engine.content.changed_posts import as_frame
    from ..engine.errors import SharewiseError

    wanted = [
        {**post, "platforms": [platform]}
        for post in posts.iter_rows(named=True)
        for platform in using.platforms
        if platform in (using.chosen or post["platforms"] or using.platforms)
    ]
    grave = SEVERITIES[: SEVERITIES.index(level) + 1]
    found: dict[int, list[str]] = {}
    columns = ("index", "rule", "severity")
    for at, rule, severity in findings_of(as_frame(wanted), None, using).select(columns).rows():
        if severity in grave:
            found.setdefault(at, []).append(rule)
    names = [post["platforms"][0] for post in wanted]
    rows = []
    for at, one in enumerate(closest_solutions(wanted, names, using, level)):
        note = str(one) if isinstance(one, SharewiseError) else None
        fixes = None
        if not isinstance(one, SharewiseError) and not one.left:
            fixes = list(dict.fromkeys(step.fix for step in one.steps))
        post = wanted[at]["id"] or f"{wanted[at]['file']}:{wanted[at]['row']}"
        row = {"post": post, "platform": names[at], "findings": found.get(at, [])}
        rows.append({**row, "fixes": fixes, "note": note})
    return rows
