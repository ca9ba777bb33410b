"""Offer and apply fixes to 5,000 real posts on five platforms, and check every one of them."""

import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl

from sharewise.engine.advice.fixes.applying import Fixed, apply_fixes
from sharewise.engine.advice.fixes.changes import with_changes
from sharewise.engine.advice.fixes.offering import offer
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.rule import SEVERITIES
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
    measured("news posts", sample.sample(min(POSTS, sample.height), seed=1), PLATFORMS)
    if TWEETS.is_dir():
        files = sorted(TWEETS.glob("*.csv"))
        tweets = pl.concat([pl.read_csv(file, columns=["Tweet text"]) for file in files])
        measured("tweets", tweets.rename({"Tweet text": "text"}), PLATFORMS)


def measured(name: str, frame: pl.DataFrame, platforms: tuple[str, ...]) -> None:
    """Print the figures of one set of posts."""
    using = adviser(platforms)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "posts.parquet"
        frame.write_parquet(file)
        posts = using.read([file]).posts
    findings = using.findings(posts)
    start = time.perf_counter()
    offers = offer(posts, findings, using)
    seconds = time.perf_counter() - start
    held = verified(posts, offers, findings)
    print(
        f"  {name}: {posts.height:,} posts × {len(platforms)} platforms, "
        f"{findings.height:,} findings\n"
        f"  {offers.height:,} fixes offered in {seconds:.1f} s; "
        f"{held:,} hold when the rules are run again ({held / max(1, offers.height):.2%})"
    )
    for fix, count in Counter(offers["fix"]).most_common():
        print(f"    {count:7,} {fix}")
    for unsafe in (False, True):
        applied(posts, using, unsafe)


def verified(posts: pl.DataFrame, offers: pl.DataFrame, findings: pl.DataFrame) -> int:
    """Return how many offers hold, looked at with `Adviser.findings` on posts written anew.

    Platform by platform, each changed post stands among all the others as the original did. The
    parts of a thread are posts of their own, without a time.
    """
    before = findings.group_by("index", "platform").agg("rule", "severity")
    told = offers.join(before, on=["index", "platform"], how="left", maintain_order="left")
    numbered = told.with_columns(
        pl.int_range(pl.len()).over("index", "platform").alias("round"),
    )
    held = 0
    for (platform, _), part in numbered.partition_by("platform", "round", as_dict=True).items():
        using = adviser([str(platform)])
        threads = part.filter(pl.col("parts").is_not_null())
        held += changed_in_place(posts, part.filter(pl.col("changes").is_not_null()), using)
        held += sum(a_thread_holds(posts, row, using) for row in threads.iter_rows(named=True))
    return held


def changed_in_place(posts: pl.DataFrame, offers: pl.DataFrame, using: Adviser) -> int:
    """Return how many of the offers, at most one a post, hold when all are taken."""
    changes = {
        index: json.loads(changed)
        for index, changed in offers.select("index", "changes").iter_rows()
    }
    fired: dict[int, list[tuple[str, str]]] = {index: [] for index in changes}
    after = using.findings(with_changes(posts, changes))
    for index, rule, severity in after.select("index", "rule", "severity").iter_rows():
        if index in fired:
            fired[index].append((rule, severity))
    return sum(holds(row, fired[row["index"]]) for row in offers.iter_rows(named=True))


def a_thread_holds(posts: pl.DataFrame, row: dict[str, Any], using: Adviser) -> bool:
    """Return whether each part of an offered thread holds as a post of its own."""
    beside = ("links", "hashtags", "media", "poll", "type", "cover")
    parts = posts[[row["index"]] * len(row["parts"])].with_columns(
        pl.Series("text", row["parts"]),
        *(pl.lit(None, POST_SCHEMA[name]).alias(name) for name in ("scheduled_at", "published_at")),
    )
    bare = dict.fromkeys(beside)
    parts = with_changes(parts, dict.fromkeys(range(1, parts.height), bare))
    fired = using.findings(parts).select("rule", "severity").rows()
    return holds(row, fired)


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
    start = time.perf_counter()
    once = apply_fixes(posts, using, unsafe)
    seconds = time.perf_counter() - start
    again = apply_fixes(once.posts, using, unsafe)
    print(
        f"  {'all' if unsafe else 'safe'} fixes applied in {seconds:.1f} s: "
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
