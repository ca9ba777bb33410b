"""``sharewise rank``: which posts of a backlog go out first, platform by platform, and why."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .histories import weights_option
from .options import (
    config_option,
    format_option,
    output_option,
    platform_option,
    quiet_option,
    reading_options,
    sources_argument,
)

if TYPE_CHECKING:
    import polars as pl

    from ..engine.advice.recommending import Adviser
    from ..engine.ranking.ranking import Ranking
    from ..engine.ranking.scoring import Scorer

BAD_INPUT = 2


@click.command()
@sources_argument
@click.option(
    "--history",
    multiple=True,
    metavar="FILE",
    help="Published posts with outcomes to learn from, any posts file or export. Repeatable.",
)
@click.option(
    "--model",
    "model_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A model that sharewise model train wrote, instead of --history.",
)
@click.option("--account", metavar="NAME", help="Account of posts that name none.")
@platform_option
@weights_option
@click.option("--fast", is_flag=True, help="Learn from words and measures only: twice as fast.")
@click.option("--explain", metavar="POST", help="Say why this post stands where it does.")
@click.option("--top", type=click.IntRange(1), metavar="N", help="Show N posts per platform.")
@format_option("text", "json", "jsonl", "csv", "parquet")
@output_option
@config_option
@reading_options
@quiet_option
@click.pass_context
def rank(
    context: click.Context,
    /,
    history: tuple[str, ...],
    model_file: Path | None,
    account: str | None,
    weights: str | None,
    fast: bool,
    explain: str | None,
    top: int | None,
    form: str | None,
    output: Path | None,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Order a backlog so that the best posts go out first.

    Learns from past posts, tries what it learned on the newest of them, and prints that evidence
    with the order; where there is none it says so and gives no score. Posts that are too close
    to tell apart share a rank.

    \b
    Example:
      sharewise rank fixtures/backlog.csv --history fixtures/history.csv
    """
    from ..engine.ranking.ranking import rank_posts
    from .advising import Request, adviser_for, read
    from .fixing import tell_rejects
    from .progress import Progress

    if bool(history) == bool(model_file):
        raise click.UsageError("give either --history FILE or --model FILE")
    request = Request(packs=(), quiet=quiet, **asked)
    with Progress("reading …", quiet=quiet) as progress:
        using = adviser_for(request)
        files = read(using, request)
        posts = _of_account(files.posts, account)
        scorer = _scorer(using, history, model_file, weights, fast, progress.say, request)
        progress.say(f"ranking {posts.height:,} posts …")
        platforms = using.chosen or scorer.platforms(posts)
        ranking = rank_posts(posts, scorer, platforms, chosen=using.chosen is not None)
        if explain is not None:
            _explain(explain, posts, ranking, using, form)
    if explain is None:
        _deliver(ranking, posts, form, output, top)
    rejected = tell_rejects(files, request)
    context.exit(BAD_INPUT if strict and rejected else 0)


def _scorer(
    using: "Adviser",
    history: tuple[str, ...],
    model_file: Path | None,
    weights: str | None,
    fast: bool,
    say: Any,
    request: Any,
) -> "Scorer":
    from ..engine.ranking.from_history import model_from_history
    from ..engine.ranking.scoring import Scorer, load_scorer
    from .histories import HistoryAsked, read_history, tell_left_out

    if model_file is not None:
        return load_scorer(model_file)
    past, settings = read_history(
        HistoryAsked(
            history,
            config=request.config,
            timezone=request.timezone,
            dates=request.dates,
            quiet=request.quiet,
        )
    )
    where = using.chosen[0] if using.chosen and len(using.chosen) == 1 else None
    model, prepared = model_from_history(
        past.posts, weights=weights or settings.engagement, platform=where, fast=fast, tell=say
    )
    if not request.quiet:
        tell_left_out(prepared)
    return Scorer(model, "")


def _of_account(posts: "pl.DataFrame", account: str | None) -> "pl.DataFrame":
    import polars as pl

    if account is None:
        return posts
    return posts.with_columns(pl.col("account").fill_null(account))


def _deliver(
    ranking: "Ranking",
    posts: "pl.DataFrame",
    form: str | None,
    output: Path | None,
    top: int | None,
) -> None:
    from dataclasses import replace

    import polars as pl

    from ..engine.ranking.report import lines

    if top is not None and form not in (None, "text"):
        place = pl.int_range(pl.len()).over("platform", "account")
        ranking = replace(ranking, frame=ranking.frame.filter(place < top))
    if output is not None and str(output) != "-":
        _write(ranking, form or output.suffix.lower().lstrip("."), output)
        click.echo(f"{ranking.frame.height:,} lines written to {output}")
    elif form in (None, "text"):
        from ..engine.advice.reports.style import style_of

        for line in lines(ranking, posts, style_of(sys.stdout), top):
            click.echo(line)
    else:
        click.echo(_text(ranking, form), nl=False)


def _text(ranking: "Ranking", form: str) -> str:
    from ..engine.advice.reports.cells import guarded
    from ..engine.advice.reports.json_text import json_text
    from ..engine.errors import WriteError
    from ..engine.ranking.report import documents, table

    if form == "csv":
        return str(guarded(table(ranking)).write_csv())
    if form == "json":
        return json_text(documents(ranking), indent=2) + "\n"
    if form in ("jsonl", "ndjson"):
        return "".join(json_text(one) + "\n" for one in documents(ranking))
    raise WriteError(f"{form} is no format to print; allowed: text, json, jsonl, csv")


def _write(ranking: "Ranking", form: str, output: Path) -> None:
    from ..engine.content.writing import write_beside
    from ..engine.ranking.report import table

    if form == "parquet":
        write_beside(output, table(ranking).write_parquet)
    else:
        write_beside(output, _text(ranking, form).encode())


def _explain(
    name: str, posts: "pl.DataFrame", ranking: "Ranking", using: "Adviser", form: str | None
) -> None:
    import polars as pl

    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.plain_text import hanging, printable
    from ..engine.advice.reports.style import style_of
    from ..engine.ranking.reasons import explain
    from ..engine.ranking.report import evidence_line, explanation_document, explanation_lines
    from ..engine.ranking.what_if import fixed_scores
    from ..engine.settings_values import nearest

    rows = ranking.frame.filter(pl.col("post") == name)
    if rows.height == 0:
        near = nearest(name, ranking.frame["post"].to_list())
        raise click.UsageError(f"--explain {name}: no post is called so{near}")
    told = []
    for index, platform, account in rows.select("index", "platform", "account").iter_rows():
        verdict = ranking.verdict(platform, account)
        found = explain(posts[index], ranking.scorer, platform)[0]
        if found is None or verdict.refusal is not None:
            reason = {"post": name, "platform": platform, "score": None}
            told.append({**reason, "refusal": evidence_line(verdict)})
            if form in (None, "text"):
                refused = f"{name}  {platform}  no score: {evidence_line(verdict)}"
                for line in hanging(printable(refused), style_of(sys.stdout).width):
                    click.echo(line)
            continue
        fixes = fixed_scores(posts, index, platform, ranking.scorer, using)
        told.append(explanation_document(found, fixes))
        if form in (None, "text"):
            for line in explanation_lines(found, fixes, style_of(sys.stdout)):
                click.echo(line)
    if form == "json":
        click.echo(json_text(told, indent=2))
    elif form == "jsonl":
        for one in told:
            click.echo(json_text(one))
