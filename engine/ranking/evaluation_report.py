"""An evaluation of models for a reader at a terminal: the figures, and what they show in words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from ...models.evidence import FEWEST, OVERSTATED, SMALL_HISTORY
from ...models.ranking_metrics import METRICS
from ..advice.reports.plain_text import hanging, pad, printable, wrap
from ..advice.reports.style import Style
from .evaluating import Evaluation
from .report import weak_lift

if TYPE_CHECKING:
    from ...models.bootstrap import Interval

HEADINGS = ("NDCG@10", "best 10 %", "lift", "pairs")
FEW_CHOSEN = 30
"""Posts of a best tenth, below which its lift is told to be thin."""


def evaluation_lines(found: Evaluation, style: Style) -> Iterator[str]:
    """Yield the averages as a table, how far ahead the default model is, and each account."""
    for line in (*_what(found), "", *_table(found, style), "", *_best_tenth(found), ""):
        yield from wrap(line, style.width) if line and "  " not in line else [line]
    for model, interval in found.ahead.items():
        yield f"default ahead of {pad(model, 14)} {_cell(interval, signed=True)} Spearman"
    yield ""
    for line in _accounts(found.results):
        yield from hanging(line, style.width)


def _what(found: Evaluation) -> Iterator[str]:
    """Yield what is measured, on how much, and how it differs from the line of ``rank``."""
    held = found.results.unique(("platform", "account"))
    used = _averaged(found)
    accounts = f"{found.counted} account{'s' if found.counted > 1 else ''}"
    posts = f"{used['held_out'].sum():,} held-out posts"
    if found.counted < held.height:
        posts += (
            f" ({held.height - found.counted} more under {FEWEST} past posts: too few for a model)"
        )
    sure = any(one.low is not None for one in found.ahead.values())
    if sure:
        yield f"{accounts}, {posts}; 95 % intervals over {found.over}"
    else:
        yield f"{accounts}, {posts}; no intervals: they need 5 accounts, or 5 blocks of one"
    if used["posts"].min() <= SMALL_HISTORY:  # type: ignore[operator]
        yield (
            f"The same split as rank and train, which take {OVERSTATED} off the Spearman of "
            f"up to {SMALL_HISTORY} past posts, since these overstate it; here it is as measured."
        )


def _averaged(found: Evaluation) -> pl.DataFrame:
    """Return a row for each account that the averages are of."""
    held = found.results.unique(("platform", "account"))
    return held.filter(pl.col("posts") >= FEWEST) if found.counted < held.height else held


def _table(found: Evaluation, style: Style) -> Iterator[str]:
    wide = max(map(len, found.averages)) + 2
    sure = any(one["spearman"].low is not None for one in found.averages.values())
    first = 20 if sure else 9
    headings = f"{'Spearman':>{first}}" + "".join(f"{name:>11}" for name in HEADINGS)
    yield style.paint(f"{'model':<{wide}}{headings}", "bold")
    for model, metrics in found.averages.items():
        others = "".join(f"{metrics[name].mean:>11.3f}" for name in METRICS[1:])
        yield f"{model:<{wide}}{_cell(metrics['spearman']):>{first}}{others}"


def _best_tenth(found: Evaluation) -> Iterator[str]:
    """Yield what the default model's best tenth got, where other orders did as well."""
    means = {model: metrics["lift_at_10"].mean for model, metrics in found.averages.items()}
    others = {name: lift for name, lift in means.items() if name in _ORDERS}
    told = ", ".join(f"{name} {value:.1f}×" for name, value in others.items())
    weak = weak_lift(means["default"], others)
    chosen = int((_averaged(found)["held_out"] / 10).round().sum())
    thin = f"; only {chosen} posts, so thin evidence" if chosen < FEW_CHOSEN else ""
    yield (
        f"The default's best tenth got {means['default']:.1f}× the average ({told}){weak}{thin}."
    )


def _accounts(results: pl.DataFrame) -> Iterator[str]:
    for (platform, account), rows in results.group_by("platform", "account", maintain_order=True):
        figures = dict(rows.select("model", "spearman").iter_rows())
        told = "  ".join(
            f"{model} {value:.2f}" for model, value in figures.items() if model in _SHOWN
        )
        few = rows["posts"][0] < FEWEST
        refused = f"  ({rows['posts'][0]} posts: no model is used)" if few else ""
        yield f"{printable(f'{platform} {account}'.strip())}  {told}{refused}"


_ORDERS = ("oldest first", "type mean")
_SHOWN = ("type mean", "measures", "default", "default, refit")


def _cell(interval: "Interval", *, signed: bool = False) -> str:
    form = "+.3f" if signed else ".3f"
    if interval.low is None or interval.high is None:
        return f"{interval.mean:{form}}"
    return f"{interval.mean:{form}} [{interval.low:{form[:-2]}2f}, {interval.high:{form[:-2]}2f}]"
