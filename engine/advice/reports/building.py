"""Make the report: choose the findings to show, count them, warn of needless suppressions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from ...content.platform_names import PLATFORM_IDS
from ...content.reading.post_files import PostFiles
from ..fix_names import SAFE
from ..rule import SEVERITIES, Rulebook
from ..suppression import NO_REASON
from ..unknown_columns import with_unknown_columns
from .report import Report, Summary

TEXT_CHARACTERS = 300
_FINDING = ("index", "platform", "rule")
_REMEDY = ("fix", "fix_safety")


@dataclass(frozen=True)
class Choice:
    """Which findings to show: rule ids or beginnings of them, and from which severity on.

    The case of ids does not matter.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: str = SEVERITIES[-1]

    def rule_is_chosen(self, rule: str) -> bool:
        """Return whether findings of this rule may show."""
        wanted, unwanted = (
            tuple(name.upper() for name in names) for names in (self.select, self.ignore)
        )
        return rule.startswith(wanted or "") and not rule.startswith(unwanted or ("\0",))


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
    remedies: pl.DataFrame | None = None,
    noun: str = "post",
    notes: Sequence[str] = (),
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
    remedies
        Who can fix what, as `fixes.remedies.remedies` found by trying; None: nothing was tried,
        and a finding keeps what its rule says of its fixes.
    noun
        What the posts are: ``post`` or ``page``; pages are counted without their platforms.
    notes
        What else is to be said about the posts, a sentence each.
    """
    choice = choice or Choice()
    kept = _with_remedies(_chosen(findings, choice), remedies)
    suppressed = kept.filter(pl.col("suppressed").is_not_null())
    shown = kept.filter(pl.col("suppressed").is_null())
    counted = shown["severity"].value_counts().iter_rows()
    one_by_one = noun == "page"
    with_findings = shown.select("index") if one_by_one else shown.select("index", "platform")
    summary = Summary(
        posts=files.posts.height,
        platforms=len(_looked_at(files.posts, platforms, chosen)),
        pairs=files.posts.height if one_by_one else _pairs(files.posts, platforms, chosen),
        pairs_with=with_findings.n_unique() if shown.height else 0,
        severities=dict(counted),
        safe_fixes=None if remedies is None else _safe_fixes(shown),
        suppressed=suppressed.height,
        rejected=sum(reading.rejected for reading in files.files),
        noun=noun,
        level=choice.min_severity,
        below=_below(findings, choice),
    )
    shown, unknown = with_unknown_columns(shown, files.posts)
    return Report(
        findings=shown,
        summary=summary,
        texts=_texts(files.posts, shown),
        files=files.files,
        rejects=files.rejects,
        warnings=(*notes, *_doubtful(files.posts, suppressed, rulebook, choice, chosen)),
        platform_names=platform_names or {},
        unknown=unknown,
        version=version,
        chosen=tuple(chosen or ()),
    )


def _with_remedies(findings: pl.DataFrame, remedies: pl.DataFrame | None) -> pl.DataFrame:
    if remedies is None:
        return findings
    tried = findings.join(remedies, on=_FINDING, how="left", suffix="_tried", maintain_order="left")
    return tried.with_columns(
        pl.coalesce(f"{name}_tried", name).alias(name) for name in _REMEDY
    ).select(findings.columns)


def _safe_fixes(shown: pl.DataFrame) -> int:
    safe = shown.filter(pl.col("fix_safety") == SAFE)
    return safe.select("index", "rule").n_unique() if safe.height else 0


def _chosen(findings: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    rules = [rule for rule in findings["rule"].unique() if choice.rule_is_chosen(rule)]
    grave = SEVERITIES[: SEVERITIES.index(choice.min_severity) + 1]
    return findings.filter(pl.col("rule").is_in(rules), pl.col("severity").is_in(grave))


def _below(findings: pl.DataFrame, choice: Choice) -> int:
    """Return how many findings in force only their severity leaves out."""
    every = _chosen(findings, replace(choice, min_severity=SEVERITIES[-1]))
    in_force = every.filter(pl.col("suppressed").is_null())["severity"]
    least = SEVERITIES.index(choice.min_severity)
    return int(in_force.is_in(SEVERITIES[least + 1 :]).sum())


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


def _doubtful(
    posts: pl.DataFrame,
    suppressed: pl.DataFrame,
    rulebook: Rulebook | None,
    choice: Choice,
    chosen: Sequence[str] | None,
) -> tuple[str, ...]:
    """Return a warning for each suppression without reason, of no rule, or of nothing.

    Of nothing: its rule ran and found nothing there.

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
        where = f"{file}:{row}" + (f" {post}" if post else "") if row else file
        for entry in entries:
            named = entry["rule"].strip().upper()
            meant = [rule for rule in run if rule.startswith(named)]
            if not any(rule.startswith(named) for rule in known):
                warnings.append(f"{where}: ignores {named}, which is no rule")
            elif meant and not any((index, rule) in used for rule in meant):
                warnings.append(f"{where}: ignores {named}, which finds nothing there")
            elif (entry["reason"] or NO_REASON).strip() == NO_REASON:
                warnings.append(f"{where}: ignores {named} without a reason; write {named}: why")
    return tuple(warnings)
