"""What a history must be to learn from: each check with its count and example rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from ..content.reading import PostFiles
from ..content.schema import OUTCOMES
from ..errors import HistoryError
from .checks import (
    EXAMPLES,
    REPEATED,
    Check,
    examples,
    examples_of_rejects,
    rejected_fields,
    told_reasons,
)
from .engagement import Weights, engagement
from .history import History, accounts, prepare_history
from .leakage import followers_of, leakage_suspects

ENOUGH, PLENTY = 40, 80
"""Posts to learn from: the fewest for a model of an account's own, and those from which the usual
evidence counts (measured on 54 accounts)."""
IMMATURE_SHARE = 0.05
SHOWN_ACCOUNTS = 6
NO_PLATFORM = "(no platform)"
_TIMES = ("no time of publishing", "published before 2008", "published in the future")


def validate_history(
    files: PostFiles,
    *,
    weights: Weights = "all",
    min_age_hours: float = 48,
    platform: str | None = None,
    now: datetime | None = None,
) -> tuple[Check, ...]:
    """Return the checks of a history, in the order in which to put them right.

    Parameters
    ----------
    files
        Posts as read, with the rows that were rejected.
    weights, min_age_hours, platform, now
        As `prepare_history` takes them.
    """
    moment = now or datetime.now(UTC)
    posts = files.posts
    try:
        history = prepare_history(
            posts,
            weights=weights,
            min_age_hours=min_age_hours,
            platform=platform or NO_PLATFORM,
            now=moment,
        )
    except HistoryError as error:
        advice = f"give each post its outcomes: {', '.join(OUTCOMES[:6])} …"
        return (_rows(files), Check("outcomes", False, posts.height, str(error), advice))
    found = _Found(files, history, moment, min_age_hours, platform)
    steps: tuple[Callable[[_Found], Check], ...] = (
        *(_times, _platforms, _duplicates, _immature, _outcomes, _leakage, _texts, _enough),
    )
    return (_rows(files), *(step(found) for step in steps))


@dataclass(frozen=True)
class _Found:
    """What the checks look at."""

    files: PostFiles
    history: History
    now: datetime
    min_age_hours: float
    platform: str | None

    @property
    def posts(self) -> pl.DataFrame:
        return self.files.posts

    def left_out(self, *beginnings: str) -> pl.DataFrame:
        """Return the posts left out for the reasons that begin so, with ``reason``."""
        tests = [pl.col("reason").str.starts_with(one) for one in beginnings]
        chosen = self.history.left_out.filter(pl.any_horizontal(tests))
        return self.posts[chosen["index"]].with_columns(chosen["reason"])

    def rejected(self, *fields: str) -> pl.DataFrame:
        """Return the rows that reading rejected for a value of one of the fields."""
        return self.files.rejects.filter(rejected_fields(self.files).is_in(list(fields)))


def _rows(files: PostFiles) -> Check:
    """Return the check of the rows that are rejected for what no other check is about."""
    elsewhere = ("published_at", *OUTCOMES)
    about = rejected_fields(files)
    repeated = files.rejects["reason"].str.starts_with(REPEATED)
    rejects = files.rejects.filter(~(repeated | about.is_in(list(elsewhere)).fill_null(False)))
    rows = sum(reading.rows for reading in files.files) or files.posts.height
    if rejects.is_empty():
        return Check("rows", True, 0, f"{rows:,} rows")
    found = f"{rejects.height:,} of {rows:,} rows can't be read"
    advice = "write what each reason says"
    return Check("rows", False, rejects.height, found, advice, examples_of_rejects(rejects))


def _times(found: _Found) -> Check:
    wrong, unread = found.left_out(*_TIMES), found.rejected("published_at")
    times = found.posts["published_at"].drop_nulls()
    if wrong.is_empty() and unread.is_empty():
        told = " to ".join(times.sort()[[0, -1]].dt.strftime("%Y-%m-%d"))
        midnight = int(((times.dt.hour() == 0) & (times.dt.minute() == 0)).sum())
        if midnight > 0.9 * times.len():
            told += "; days without hours: nothing can be said of the best hour"
        return Check("times", True, 0, told)
    return Check(
        *("times", False, wrong.height + unread.height, told_reasons(wrong, unread)),
        "give each post the time at which it was published, as in 2026-12-01 09:00",
        (*examples_of_rejects(unread), *examples(wrong, "published_at"))[:EXAMPLES],
    )


def _platforms(found: _Found) -> Check:
    several = found.left_out("names several platforms")
    named = pl.col("platforms").list.len().fill_null(0) > 0
    none = found.posts.filter(~named if found.platform is None else pl.lit(False))
    if several.is_empty() and none.is_empty():
        names = sorted(found.history.frame["platform"].unique())
        return Check("platforms", True, 0, f"one a post: {', '.join(names)}".rstrip(": "))
    parts = [(none.height, "name no platform"), (several.height, "name several platforms")]
    return Check(
        *("platforms", False, none.height + several.height),
        ", ".join(f"{count:,} {words}" for count, words in parts if count),
        "an outcome is of one platform: add a column platform, or name it: --platform facebook",
        (*examples(several, "platforms"), *examples(none, "platforms"))[:EXAMPLES],
    )


def _duplicates(found: _Found) -> Check:
    words = pl.concat_str("text", "title", "description", separator="\n", ignore_nulls=True)
    key = pl.struct("platforms", "account", "published_at", words.alias("words"))
    undated = pl.struct("platforms", "account", words.alias("words"), *OUTCOMES)
    dated = pl.col("published_at").is_not_null()
    again = pl.when(dated).then(~key.is_first_distinct()).otherwise(~undated.is_first_distinct())
    repeated = found.posts.filter(again)
    ids = found.files.rejects.filter(pl.col("reason").str.starts_with(REPEATED))
    count = repeated.height + ids.height
    if count == 0:
        return Check("duplicates", True, 0, "no post stands twice")
    return Check(
        *("duplicates", False, count),
        f"{ids.height:,} rows with an id again, {repeated.height:,} with time and text again",
        "the first of each counts; leave the others out, and export once",
        (*examples_of_rejects(ids), *examples(repeated, "published_at"))[:EXAMPLES],
    )


def _immature(found: _Found) -> Check:
    young = found.left_out("published less than")
    age = timedelta(hours=found.min_age_hours)
    fresh = found.posts.filter(
        (pl.col("published_at") > found.now - age) & (pl.col("published_at") <= found.now)
    )
    hours = f"{found.min_age_hours:g} hours"
    share = young.height / max(1, found.posts.height)
    told = f"{young.height:,} within {hours} of the newest of their account are left out"
    if fresh.is_empty() and share <= IMMATURE_SHARE:
        return Check("immature", True, young.height, told, "", examples(young, "published_at"))
    shown = fresh if fresh.height else young
    told = f"{fresh.height:,} younger than {hours} now; {told}"
    advice = f"their counts still grow: export again when they are {hours} old"
    if fresh.is_empty():
        advice = "many posts at the end of the file: export a longer time"
    count = max(fresh.height, young.height)
    return Check("immature", False, count, told, advice, examples(shown, "published_at"))


def _outcomes(found: _Found) -> Check:
    wrong, unread = found.left_out("no outcome", "a negative outcome"), found.rejected(*OUTCOMES)
    have = [name for name in OUTCOMES if found.posts[name].null_count() < found.posts.height]
    told = f"{', '.join(have)}"
    if "impressions" not in have:
        told += "; no impressions, so no rates"
    if wrong.height or unread.height:
        told = f"{told_reasons(wrong, unread)} ({told})"
        advice = "a count is 0 or more; leave it empty where it is not known"
        shown = (*examples_of_rejects(unread), *examples(wrong, have[0]))[:EXAMPLES]
        return Check("outcomes", False, wrong.height + unread.height, told, advice, shown)
    silent = (
        found.history.frame.group_by("platform", "account")
        .agg(pl.col("engagement").max(), pl.len())
        .filter(pl.col("engagement") == 0)
        .sort("platform", "account")
    )
    if silent.height:
        names = ", ".join(
            _account_name(*row) for row in silent.select("platform", "account").rows()
        )
        advice = "nothing was ever reacted to: there is nothing to learn; check the columns"
        count = int(silent["len"].sum())
        return Check("outcomes", False, count, f"all zero for {names} ({told})", advice)
    return Check("outcomes", True, 0, told)


def _leakage(found: _Found) -> Check:
    counted = found.posts.select(engagement(found.history.weights)).to_series()
    suspects = leakage_suspects(found.posts, counted)
    others = followers_of(found.posts, counted)
    unused = f"; not used, though they follow it: {', '.join(others)}" if others else ""
    if not suspects:
        return Check("leakage", True, 0, f"no column gives the outcome away{unused}")
    told = "; ".join(f"{one.column} {one.found}" for one in suspects)
    return Check(
        *("leakage", False, len(suspects), told + unused),
        "an outcome is what people did after publishing; take other columns out or rename them",
        tuple(
            example
            for one in suspects[:EXAMPLES]
            for example in examples(
                found.posts.filter(pl.col(one.column).is_not_null()), one.column, 1
            )
        ),
    )


def _texts(found: _Found) -> Check:
    words = pl.concat_str("text", "title", "description", separator="\n", ignore_nulls=True)
    texts = found.posts.select(words.str.strip_chars().alias("words"))["words"]
    with_words = texts.filter(texts != "")
    distinct = with_words.n_unique()
    told = f"{distinct:,} different texts in {texts.len():,} posts"
    if distinct > 1 or found.posts.height == 1:
        return Check("texts", True, texts.len() - with_words.len(), told)
    advice = "a model learns from what differs: give each post its own words"
    return Check("texts", False, texts.len(), told, advice, examples(found.posts, "text", 2))


def _enough(found: _Found) -> Check:
    counted = accounts(found.history)
    few = [one for one in counted if one[2] < ENOUGH]
    told = _counts(counted if len(counted) <= SHOWN_ACCOUNTS else few or counted)
    if counted and not few:
        middle = sum(count < PLENTY for *_, count in counted)
        note = f"; {middle} under {PLENTY}: a model needs stronger evidence" if middle else ""
        return Check("enough", True, 0, f"posts to learn from: {told}{note}")
    return Check(
        *("enough", False, len(few), f"posts to learn from: {told or 'none'}"),
        f"an account needs {ENOUGH} for a model of its own, better {PLENTY}",
    )


def _counts(counted: list[tuple[str, str, int]]) -> str:
    """Return the posts of each account; of many accounts, those with fewest and most."""
    ordered = sorted(counted, key=lambda one: one[2])
    parts = [
        f"{_account_name(platform, account)} {count:,}" for platform, account, count in ordered
    ]
    if len(parts) <= SHOWN_ACCOUNTS:
        return ", ".join(parts)
    return f"{len(parts)} accounts, from {parts[0]} to {parts[-1]}"


def _account_name(platform: str, account: str) -> str:
    return f"{platform} {account}".rstrip()
