"""Make the report: choose the findings to show, count them, warn of needless suppressions."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ...content.platform_names import PLATFORM_IDS
from ...content.reading.post_files import PostFiles
from ..fix_names import SAFE
from ..rule import SEVERITIES, Rulebook
from ..unknown_columns import with_unknown_columns
from .report import Report, Summary

TEXT_CHARACTERS = 300
_FINDING = ("index", "platform", "rule")


@dataclass(frozen=True)
class Choice:
    """Which findings to show: rule ids or beginnings of them, and from which severity on."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: str = SEVERITIES[-1]

    def rule_is_chosen(self, rule: str) -> bool:
        """Return whether findings of this rule may show."""
        return rule.startswith(self.select or "") and not rule.startswith(self.ignore or ("\0",))


def build_report(
    files: PostFiles,
    findings: pl.DataFrame,
    platforms: Sequence[str],
    rulebook: Rulebook | None = None,
    choice: Choice | None = None,
    *,
    chosen: Sequence[str] | None = None,
    platform_names: dict[str, str] | None = None,
    version: str = "",
    offers: pl.DataFrame | None = None,
) -> Report:
    """Return the report of a run.

    Parameters
    ----------
    files
        What was read.
    findings
        All findings in reading order, the suppressed ones too, as `findings.find` returns them.
    platforms
        The platforms looked at, in the order of the report.
    rulebook
        The rules, to tell which suppressions had nothing to suppress; None: not told.
    choice
        Which findings to show; None: all.
    chosen
        The platforms asked for, which replace the posts' own; None: each post's own.
    offers
        The fixes that were tried and hold, as `offering.offer` returns them; None: none was tried.
    """
    choice = choice or Choice()
    kept = _chosen(findings, choice)
    suppressed = kept.filter(pl.col("suppressed").is_not_null())
    shown = kept.filter(pl.col("suppressed").is_null())
    counted = shown["severity"].value_counts().iter_rows()
    summary = Summary(
        posts=files.posts.height,
        platforms=len(_looked_at(files.posts, platforms, chosen)),
        pairs=_pairs(files.posts, platforms, chosen),
        pairs_with=shown.select("index", "platform").n_unique() if shown.height else 0,
        severities=dict(counted),
        safe_fixes=_safe_fixes(shown, offers),
        suppressed=suppressed.height,
        rejected=sum(reading.rejected for reading in files.files),
    )
    shown, unknown = with_unknown_columns(shown, files.posts)
    return Report(
        findings=shown,
        summary=summary,
        texts=_texts(files.posts, shown),
        files=files.files,
        rejects=files.rejects,
        warnings=_needless(files.posts, suppressed, rulebook, choice, chosen),
        platform_names=platform_names or {},
        unknown=unknown,
        version=version,
        fixable=None if offers is None else frozenset(offers.select(_FINDING).iter_rows()),
    )


def _safe_fixes(shown: pl.DataFrame, offers: pl.DataFrame | None) -> int:
    safe = shown.filter(pl.col("fix_safety") == SAFE)
    if offers is not None:
        safe = safe.join(offers, on=_FINDING, how="semi")
    return safe.select("index", "rule").n_unique() if safe.height else 0


def _chosen(findings: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    rules = [rule for rule in findings["rule"].unique() if choice.rule_is_chosen(rule)]
    grave = SEVERITIES[: SEVERITIES.index(choice.min_severity) + 1]
    return findings.filter(pl.col("rule").is_in(rules), pl.col("severity").is_in(grave))


def _pairs(posts: pl.DataFrame, platforms: Sequence[str], chosen: Sequence[str] | None) -> int:
    if chosen:
        return posts.height * len(chosen)
    own = pl.col("platforms").list.len().fill_null(0)
    each = pl.when(own == 0).then(len(platforms)).otherwise(own)
    return int(posts.select(each.sum()).item() or 0)


def _looked_at(
    posts: pl.DataFrame, platforms: Sequence[str], chosen: Sequence[str] | None
) -> Sequence[str]:
    if chosen:
        return chosen
    own = posts["platforms"]
    if own.is_null().any() or (own.list.len() == 0).any():
        return platforms
    named = set(own.explode().drop_nulls())
    return [platform for platform in platforms if platform in named]


def _texts(posts: pl.DataFrame, shown: pl.DataFrame) -> dict[int, str]:
    words = pl.coalesce("text", "title", "description", pl.col("links").list.first())
    first = posts.with_row_index("index").select(
        pl.col("index").cast(pl.UInt32), words.str.slice(0, TEXT_CHARACTERS).alias("text")
    )
    needed = first.join(shown.select("index").unique(), on="index", how="semi")
    return dict(needed.filter(pl.col("text").is_not_null()).iter_rows())


def _needless(
    posts: pl.DataFrame,
    suppressed: pl.DataFrame,
    rulebook: Rulebook | None,
    choice: Choice,
    chosen: Sequence[str] | None,
) -> tuple[str, ...]:
    """Return a warning for each suppression of no rule, or of one that ran and found nothing.

    A rule has run when it could fire wherever the posts go: not when only some platforms
    were asked for, since the suppression may be meant for another.
    """
    asked = (
        posts.with_row_index("index")
        .select("index", "file", "row", "id", "ignore")
        .filter(pl.col("ignore").list.len() > 0)
    )
    if not asked.height or rulebook is None:
        return ()
    known = [rule.id for rule in (*rulebook.rules, *rulebook.switched_off)]
    run = [
        rule.id
        for rule in rulebook.rules
        if choice.rule_is_chosen(rule.id)
        and SEVERITIES.index(rule.severity) <= SEVERITIES.index(choice.min_severity)
        and (chosen is None or set(rule.platforms or PLATFORM_IDS) <= set(chosen))
    ]
    used = set(suppressed.select("index", "rule").iter_rows())
    warnings = []
    for index, file, row, post, entries in asked.iter_rows():
        where = f"{file}:{row}" + (f" {post}" if post else "")
        for named in (entry["rule"].strip().upper() for entry in entries):
            meant = [rule for rule in run if rule.startswith(named)]
            if not any(rule.startswith(named) for rule in known):
                warnings.append(f"{where}: ignores {named}, which is no rule")
            elif meant and not any((index, rule) in used for rule in meant):
                warnings.append(f"{where}: ignores {named}, which finds nothing there")
    return tuple(warnings)
