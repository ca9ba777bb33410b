"""``sharewise besttime``: the best hours and weekdays, where later posts prove them."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from .histories import (
    HistoryAsked,
    history_options,
    history_platform_option,
    platform_of,
    read_history,
    tell_left_out,
    weights_option,
)
from .options import format_option
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.best_time import BestTimes, Slot
    from ..engine.settings import Settings

SHOWN_HOURS = 5


@click.command()
@history_options
@history_platform_option
@weights_option
@format_option("text", "json", default="text")
@click.pass_context
def besttime(
    context: click.Context,
    asked: HistoryAsked,
    platform: str | None,
    weights: str | None,
    form: str,
) -> None:
    """Name the best hours and weekdays of each account.

    They are in its time zone, learned from older posts and tried on newer ones: their worth there
    is printed with its 95 % interval, and no time is named where the interval covers zero.

    \b
    Example:
      sharewise besttime tweet_activity.csv --timezone Europe/Lisbon
    """
    from ..engine.advice.reports.fitting import fitted
    from ..engine.ranking.best_time import best_times
    from ..engine.ranking.history import prepare_history

    with Progress("reading …", quiet=asked.quiet) as progress:
        where = platform_of(platform)
        files, settings = read_history(asked)
        progress.say(f"trying times on {files.posts.height:,} posts …")
        prepared = prepare_history(
            files.posts, weights=weights or settings.engagement, platform=where
        )
        found = best_times(prepared, zones(settings))
    if not asked.quiet:
        tell_left_out(prepared)
    if form == "json":
        _print_json(found)
    else:
        for line in _lines(found):
            click.echo(fitted(line, sys.stdout))
    context.exit(asked.code(files))


def zones(settings: "Settings") -> Callable[[str, str], str]:
    """Return the time zone of a platform and account: the account's own, else the settings'."""
    of_platform: dict[str, list[str | None]] = {}
    own: dict[tuple[str, str], str | None] = {}
    for name, account in settings.accounts.items():
        own[account.platform, _plain(name)] = account.timezone
        of_platform.setdefault(account.platform, []).append(account.timezone)

    def zone(platform: str, account: str) -> str:
        only = of_platform.get(platform, [])
        found = own.get((platform, _plain(account)), only[0] if len(only) == 1 else None)
        return found or settings.timezone

    return zone


def _plain(name: str) -> str:
    return name.strip().lstrip("@").casefold()


def _print_json(found: tuple["BestTimes", ...]) -> None:
    from dataclasses import asdict

    from ..engine.advice.reports.json_text import json_text

    accounts = [{**asdict(one), "refused": bool(one.reason)} for one in found]
    click.echo(json_text({"accounts": accounts}, indent=2))


def _lines(found: tuple["BestTimes", ...]) -> Iterator[str]:
    from ..engine.advice.reports.plain_text import hanging, printable
    from ..engine.advice.reports.style import style_of

    style = style_of(sys.stdout)
    if not found:
        yield "no account has posts to learn from; see: sharewise model validate"
    for one in found:
        name = style.paint(printable(f"{one.platform} {one.account}".rstrip()), "bold")
        posts = "post" if one.posts == 1 else "posts"
        yield f"{name}  {one.posts:,} {posts}, times in {one.timezone}"
        for line in _of_account(one):
            yield from hanging(f"  {line}", style.width)


def _of_account(one: "BestTimes") -> Iterator[str]:
    if one.reason:
        yield f"no best time: {one.reason}"
    if one.lift is not None and one.lift.kept is not None:
        yield _told_lift(one.lift)
    if one.reason:
        return
    yield "so far, engagement against the usual (posts):"
    if one.slots:
        yield f"best      {_told(one.slots)}"
    if one.hours:
        yield f"hours     {_told(one.hours[:SHOWN_HOURS])}"
    yield f"weekdays  {_told(one.weekdays)}"


def _told_lift(lift: Any) -> str:
    interval = f"[{lift.low:+.0%}, {lift.high:+.0%}]"
    return (
        f"on {lift.posts:,} later posts the best fifth of times got {lift.kept:+.0%} {interval} "
        f"engagement ({lift.chosen:,} posts); on those learned from, {lift.promised:+.0%}"
    )


def _told(slots: tuple["Slot", ...]) -> str:
    return ", ".join(
        " ".join(
            part
            for part in (
                slot.weekday or "",
                "" if slot.hour is None else f"{slot.hour:02d}:00",
                f"{slot.gain:+.0%} ({slot.posts})",
            )
            if part
        )
        for slot in slots
    )
