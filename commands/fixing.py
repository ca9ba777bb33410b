"""The runs behind ``sharewise fix``: the differences, and the smallest sets of fixes."""

import sys
from typing import TYPE_CHECKING, Any

import click

from .advising import Request, adviser_for, read, refuse_unknown
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.advice.fixes.applying import Fixed
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
    history: str | None = None,
) -> int:
    """Print what fixes change, write it where asked, and return how many rows were rejected."""
    from ..engine.advice.fixes.applying import apply_both_ways
    from ..engine.advice.reports.building import Choice
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.advice.tailoring.fix_report import FixReport, fix_document, fix_lines, fixes_in
    from ..engine.content.writing_posts import taking_posts, write_posts

    choice = Choice(select, ignore)
    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        refuse_unknown(choice, using.rulebook)
        files = read(using, request)
        worked = hashtags_of(history, using)
        progress.say(f"trying fixes on {files.posts.height:,} posts …")
        rules = [rule.id for rule in using.rulebook.rules if choice.rule_is_chosen(rule.id)]
        fixed = apply_both_ways(
            files.posts,
            using,
            rules,
            history_hashtags=worked,
            splittable=taking_posts(files.posts),
        )
        safe, every = fixed
        made = every if unsafe else safe
        for_tailor, threads = _left_to_tailor(files.posts, using, rules, fixed, worked)
        progress.say("writing …" if write else "looking for the places in the files …")
        written = write_posts(
            files, made.posts, encoding=request.encoding, dry=not write, added=made.added
        )
    report = FixReport(
        files.posts,
        made.posts,
        made.edits,
        None if unsafe else fixes_in(every.edits) - fixes_in(safe.edits),
        written,
        dry=not write,
        for_tailor=for_tailor,
        threads=threads,
        added=made.added,
    )
    if form == "json":
        click.echo(json_text(fix_document(report), indent=2))
    else:
        for line in fix_lines(report, style_of(sys.stdout)):
            click.echo(line)
    return tell_rejects(files, request)


def show_smallest(request: Request, level: str, form: str, *, history: str | None = None) -> int:
    """Print the smallest sets of fixes, and return how many rows were rejected."""
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.advice.tailoring.fix_report import smallest_lines

    with Progress("reading …", quiet=request.quiet) as progress:
        using = adviser_for(request)
        files = read(using, request)
        worked = hashtags_of(history, using)
        progress.say(f"trying fixes on {files.posts.height:,} posts …")
        rows = _smallest(files.posts, using, level, worked)
    if form == "json":
        click.echo(json_text({"level": level, "posts": rows}, indent=2))
    else:
        for line in smallest_lines(rows, level, style_of(sys.stdout)):
            click.echo(line)
    return tell_rejects(files, request)


def hashtags_of(history: str | None, using: "Adviser") -> dict[str, float]:
    """Return hashtag → mean outcome in a file of past posts; empty where no file is named.

    Raises
    ------
    ReadError
        The file has no post with a hashtag and an outcome.
    """
    if history is None:
        return {}
    from ..engine.advice.fixes.hashtag_suggestions import outcomes_by_hashtag
    from ..engine.errors import ReadError

    found = outcomes_by_hashtag(using.read([history]).posts)
    if not found:
        raise ReadError(
            f"--history {history}: no post with a hashtag and an outcome, such as likes or clicks"
        )
    return found


def tell_rejects(files: "PostFiles", request: Request) -> int:
    """Say on standard error which rows were rejected and why; return how many."""
    from ..engine.advice.reports.notes import reject_lines

    if not request.quiet:
        for reading in files.files:
            for line in reject_lines(files.rejects, reading.file) if reading.rejected else ():
                click.echo(f"{reading.file}{line}", err=True)
    return files.rejects.height


def _left_to_tailor(
    posts: "pl.DataFrame",
    using: "Adviser",
    rules: list[str],
    fixed: "tuple[Fixed, Fixed]",
    worked: dict[str, float],
) -> tuple[int, frozenset[int]]:
    """Return how many findings only ``tailor`` fixes, and which cut posts it could thread."""
    import polars as pl

    from ..engine.advice.fixes.offering import offer
    from ..engine.advice.fixes.remedies import TAILOR, remedies

    findings = using.findings(posts).filter(pl.col("rule").is_in(rules))
    found = remedies(posts, findings, using, history_hashtags=worked, fixed=fixed)
    left = found.filter(pl.col("fix_safety") == TAILOR).select("index", "rule").n_unique()
    cut = fixed[1].edits.filter(pl.col("fix") == "shorten")["index"].unique()
    long = findings.filter(
        pl.col("index").is_in(cut.implode()), pl.col("fix").str.contains("thread")
    )
    threads = offer(posts, long, using).filter(pl.col("fix") == "thread")
    return left, frozenset(threads["index"])


def _smallest(
    posts: "pl.DataFrame", using: "Adviser", level: str, worked: dict[str, float]
) -> list[dict[str, Any]]:
    """Return, for each post and platform, what is found there and the fewest fixes for it.

    ``left`` are the rules that the fixes leave for a person.
    """
    from ..engine.advice.fixes.trials import found_alone
    from ..engine.advice.rule import SEVERITIES
    from ..engine.advice.tailoring.counterfactual import closest_solutions, said
    from ..engine.content.changed_posts import as_frame

    wanted = [
        {**post, "platforms": [platform]}
        for post in posts.iter_rows(named=True)
        for platform in using.platforms
        if platform in (using.chosen or post["platforms"] or using.platforms)
    ]
    grave = SEVERITIES[: SEVERITIES.index(level) + 1]
    found: dict[int, list[str]] = {}
    columns = ("index", "rule", "severity")
    for at, rule, severity in found_alone(as_frame(wanted), using).select(columns).rows():
        if severity in grave:
            found.setdefault(at, []).append(rule)
    names = [post["platforms"][0] for post in wanted]
    solved = closest_solutions(wanted, names, using, level, history_hashtags=worked)
    rows = []
    for at, one in enumerate(solved):
        post = wanted[at]["id"] or f"{wanted[at]['file']}:{wanted[at]['row']}"
        row = {"post": post, "platform": names[at], "findings": found.get(at, [])}
        fixes = list(dict.fromkeys(step.fix for step in one.steps))
        left = list(dict.fromkeys(one.left))
        rows.append({**row, "fixes": fixes, "left": left, "note": said(one)})
    return rows
