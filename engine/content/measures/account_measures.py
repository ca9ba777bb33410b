"""What an account brings to its posts on its platform: its own limits and its time zone."""

from collections.abc import Mapping
from datetime import time

import polars as pl

from ..platforms import LIMIT_NAMES, Platform
from .context import AccountContext, Context


def account_key(name: pl.Expr) -> pl.Expr:
    """Return an account's name as it is compared: lower case, without ``@``."""
    return name.str.to_lowercase().str.strip_chars(" @")


def account_expressions(platform: Platform, context: Context) -> list[pl.Expr]:
    """Return ``limit.*`` and ``time.*`` of posts on a platform.

    A post goes out from the account it names, else from the brand's only one there. Reads
    ``account`` and ``at``, the time of the post.
    """
    there = {
        _key(name): account
        for name, account in context.accounts.items()
        if account.platform in (None, platform.id)
    }
    only = context.only_account(platform.id)
    whose = account_key(pl.col("account").fill_null(pl.lit(only, pl.String)))
    return [*_limits(platform, there, whose), *_times(there, whose, context.timezone)]


def _limits(
    platform: Platform, there: Mapping[str, AccountContext], whose: pl.Expr
) -> list[pl.Expr]:
    expressions = []
    for name in LIMIT_NAMES:
        limit = platform.limits.get(name)
        value = pl.lit(None if limit is None else float(limit.value), pl.Float64)
        own = {key: float(one.limits[name]) for key, one in there.items() if name in one.limits}
        if own:
            value = whose.replace_strict(own, default=value, return_dtype=pl.Float64)
        expressions.append(value.alias(f"limit.{name}"))
    return expressions


def _times(there: Mapping[str, AccountContext], whose: pl.Expr, timezone: str) -> list[pl.Expr]:
    """Return the local times; a time at midnight sharp is a date: its hour is not known."""
    local = _local(timezone)
    for zone in sorted({one.timezone for one in there.values() if one.timezone}):
        names = [key for key, one in there.items() if one.timezone == zone]
        local = pl.when(whose.is_in(names)).then(_local(zone)).otherwise(local)
    hour = pl.when(local.dt.time() != time(0)).then(local.dt.hour().cast(pl.Int64))
    return [
        pl.col("at").is_not_null().alias("time.known"),
        hour.alias("time.hour"),
        local.dt.weekday().cast(pl.Int64).alias("time.weekday"),
    ]


def _local(timezone: str) -> pl.Expr:
    return pl.col("at").dt.convert_time_zone(timezone).dt.replace_time_zone(None)


def _key(name: str) -> str:
    return name.lower().strip(" @")
