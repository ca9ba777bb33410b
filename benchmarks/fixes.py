"""Offer and apply fixes to 5,000 real posts on five platforms, and check every one of them."""

import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from sharewise.engine.advice.fixes.applying import Fixed, apply_fixes
from sharewise.engine.advice.fixes.offering import offer
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.rule import SEVERITIES
from sharewise.engine.content.changed_posts import with_changes
from sharewise.engine.content.schema import POST_SCHEMA

from .machine import machine
from .posts import posts_file

PLATFORMS = ("x", "facebook", "linkedin", "instagram", "mastodon")
POSTS = 5000
TWEETS = Path(__file__).parent.parent.parent / "shared/data/x_analytics"


def main() -> None:
    """Print how many fixes are offered, that each holds, and what applying them changes."""
    print(f"fixes · {machine()}")
    sample = pl.read_parquet(posts_file())
    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder) / "news.parquet"
        sample.sample(min(POSTS, sample.height), seed=1).write_parquet(news)
        measured("news posts", [news], PLATFORMS)
    if TWEETS.is_dir():
        measured("posts of X Analytics", sorted(TWEETS.glob("*.csv")), PLATFORMS)


def measured(name: str, files: list[Path], platforms: tuple[str, ...]) -> None:
    """Print the figures of one set of posts."""
    using = adviser(platforms)
    posts = using.read(files).posts
    start = time.process_time()
    findings = using.findings(posts)
    found = time.process_time()
    offers = offer(posts, findings, using)
    offered = time.process_time()
    failed = failing(posts, offers, findings)
    held = offers.height - failed.height
    print(
        f"  {name}: {posts.height:,} posts × {len(platforms)} platforms, "
        f"{findings.height:,} findings in {found - start:.1f} CPU s\n"
        f"  {offers.height:,} fixes offered in {offered - found:.1f} CPU s; "
        f"{held:,} hold when the rules are run again ({held / max(1, offers.height):.2%})"
    )
    for row in failed.head(20).iter_rows(named=True):
        print(f"    FAILS {row}")
    for fix, count in Counter(offers["fix"]).most_common():
        print(f"    {count:7,} {fix}")
    for unsafe in (False, True):
        applied(posts, using, unsafe)


def failing(posts: pl.DataFrame, offers: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """Return the offers that don't hold, looked at with `Adviser.findings` on posts written anew.

    Platform by platform, each changed post stands among all the others as the original did: many
    are changed at once, and what fails so is tried again with that one post changed. The parts
    of a thread are posts of their own, without a time, that see each other.
    """
    before = findings.group_by("index", "platform").agg("rule", "severity")
    told = offers.join(before, on=["index", "platform"], how="left", maintain_order="left")
    numbered = told.with_columns(
        pl.int_range(pl.len()).over("index", "platform").alias("round"),
    ).with_row_index("offer")
    failed: list[int] = []
    for (platform,), threads in (
        numbered.filter(pl.col("parts").is_not_null())
        .partition_by("platform", as_dict=True)
        .items()
    ):
        failed += failing_threads(posts, threads, adviser([str(platform)]))
    changed = numbered.filter(pl.col("changes").is_not_null())
    for (platform, _), part in changed.partition_by("platform", "round", as_dict=True).items():
        using = adviser([str(platform)])
        for suspect in failing_in_place(posts, part, using):
            alone = part.filter(pl.col("offer") == suspect)
            failed += failing_in_place(posts, alone, using)
    return offers[failed]


def failing_in_place(posts: pl.DataFrame, offers: pl.DataFrame, using: Adviser) -> list[int]:
    """Return which of the offers, at most one a post, don't hold when all are taken."""
    changes = {
        index: json.loads(changed)
        for index, changed in offers.select("index", "changes").iter_rows()
    }
    fired: dict[int, list[tuple[str, str]]] = {index: [] for index in changes}
    after = using.findings(with_changes(posts, changes))
    for index, rule, severity in after.select("index", "rule", "severity").iter_rows():
        if index in fired:
            fired[index].append((rule, severity))
    rows = offers.iter_rows(named=True)
    return [row["offer"] for row in rows if not holds(row, fired[row["index"]])]


def failing_threads(posts: pl.DataFrame, offers: pl.DataFrame, using: Adviser) -> list[int]:
    """Return the offered threads with a part that doesn't hold as a post of its own."""
    parts = offers.select("offer", "index", "parts").explode("parts")
    beside = ("links", "hashtags", "media", "poll", "type", "cover")
    pieces = posts[parts["index"].to_list()].with_columns(
        parts["parts"].alias("text"),
        *(pl.lit(None, POST_SCHEMA[name]).alias(name) for name in ("scheduled_at", "published_at")),
    )
    bare = dict.fromkeys(beside)
    later = (~parts["offer"].is_first_distinct()).arg_true()
    pieces = with_changes(pieces, dict.fromkeys(later.to_list(), bare))
    fired: dict[int, list[tuple[str, str]]] = {one: [] for one in offers["offer"]}
    after = using.findings(pieces, company=parts["offer"].cast(pl.Int64))
    for place, rule, severity in after.select("index", "rule", "severity").iter_rows():
        fired[parts["offer"][place]].append((rule, severity))
    rows = offers.iter_rows(named=True)
    return [row["offer"] for row in rows if not holds(row, fired[row["offer"]])]


def holds(row: dict[str, Any], fired: list[tuple[str, str]]) -> bool:
    """Return whether the offer's finding is gone and nothing as severe is new."""
    was = dict(zip(row["rule_right"], row["severity"], strict=True))
    rank = SEVERITIES.index(was[row["rule"]])
    return all(
        rule != row["rule"] and (rule in was or SEVERITIES.index(severity) > rank)
        for rule, severity in fired
    )


def applied(posts: pl.DataFrame, using: Adviser, unsafe: bool) -> None:
    """Print what applying changes, whether all of it is told, and whether twice is once."""
    start = time.process_time()
    once = apply_fixes(posts, using, unsafe)
    seconds = time.process_time() - start
    again = apply_fixes(once.posts, using, unsafe)
    print(
        f"  {'all' if unsafe else 'safe'} fixes applied in {seconds:.1f} CPU s: "
        f"{once.edits.height:,} edits in {once.edits['index'].n_unique():,} posts; "
        f"{untold(posts, once):,} values changed without a diff; "
        f"a second time: {again.edits.height:,} edits, same posts: "
        f"{again.posts.equals(once.posts)}"
    )


def untold(posts: pl.DataFrame, fixed: Fixed) -> int:
    """Return how many values differ that no edit tells of."""
    told = set(fixed.edits.select("index", "field").iter_rows())
    return sum(
        (index, field) not in told
        for field in posts.columns
        for index, (old, new) in enumerate(
            zip(posts[field].to_list(), fixed.posts[field].to_list(), strict=True)
        )
        if old != new
    )


if __name__ == "__main__":
    main()
