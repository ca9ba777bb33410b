"""The posts that rules give as examples, written out in full."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from ..content.schema import POST_SCHEMA
from ..errors import RulebookError
from .rule import HTML, Rule, Rulebook

MOST_CHARACTERS = 200_000
MOST_POSTS = 1_000
MOST_MINUTES = 525_600
SETTINGS, WITH = "settings", "with"
_SHARED = ("platform", "account", "series")
_LISTS = {"link", "platform"} | {
    name for name, dtype in POST_SCHEMA.items() if isinstance(dtype, pl.List)
}


@dataclass(frozen=True)
class ExamplePost:
    """One example of a rule: the post in full, and whether the rule must fire on it.

    ``settings`` are those the example brings with it, in the words of a settings file;
    ``company`` are the posts it stands among, in its calendar or its series.
    """

    rule: Rule
    fires: bool
    number: int
    post: Mapping[str, Any]
    settings: Mapping[str, Any]
    company: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """The example's name, unique in a rulebook: ``LEN101-fires-1``."""
        return f"{self.rule.id}-{'fires' if self.fires else 'quiet'}-{self.number}"


def example_posts(rulebook: Rulebook) -> Iterator[ExamplePost]:
    """Yield every example of every rule in force that is a post."""
    for rule in rulebook.rules:
        for fires, posts in ((True, rule.examples.fires), (False, rule.examples.quiet)):
            for number, written in enumerate(posts, 1):
                if HTML in written:
                    continue
                try:
                    post = expanded(written)
                    company = tuple(_company(post))
                except RulebookError as error:
                    raise RulebookError(f"{rule.id}: {error}") from None
                settings = post.pop(SETTINGS, None) or {}
                post.pop(WITH, None)
                yield ExamplePost(rule, fires, number, post, settings, company)


def expanded(post: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example with each ``{repeat: "a", times: 281}`` written out.

    Where one text belongs, a list is its parts, to be joined: ``text: [{repeat: "a", times: 9},
    "b"]``, and ``links: [["https://example.com/", {repeat: "a", times: 9}]]`` with one link.

    Raises
    ------
    RulebookError
        Such a part would be longer than `MOST_CHARACTERS`, or its ``times`` is no number.
    """
    return {name: _value(name, value) for name, value in post.items()}


def _company(post: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the posts under ``with``, each with the example's platform, account and series.

    One with ``copies: 3`` and ``every: 60`` stands for three, sixty minutes apart, the first at
    its ``scheduled_at``; ``{n}`` in its text is the number of the copy.
    """
    shared = {name: post[name] for name in _SHARED if name in post}
    written = post.get(WITH) or []
    if not isinstance(written, list) or not all(isinstance(one, Mapping) for one in written):
        raise RulebookError("with: posts are needed, as a list of mappings of post columns")
    for one in written:
        copies, every = one.get("copies", 1), one.get("every", 0)
        if copies not in range(MOST_POSTS + 1) or every not in range(MOST_MINUTES + 1):
            raise RulebookError(
                f"with: {copies!r} copies every {every!r} minutes; allowed: whole numbers, "
                f"up to {MOST_POSTS} copies and {MOST_MINUTES} minutes"
            )
        plain = {name: value for name, value in one.items() if name not in ("copies", "every")}
        for number in range(copies):
            yield shared | _copy(plain, number, timedelta(minutes=every * number))


def _copy(post: Mapping[str, Any], number: int, later: timedelta) -> dict[str, Any]:
    copy = dict(post)
    if later:
        try:
            copy["scheduled_at"] = datetime.fromisoformat(str(copy.get("scheduled_at"))) + later
        except (ValueError, OverflowError):
            raise RulebookError(
                f"with: copies need a scheduled_at such as 2026-12-01 09:00, "
                f"found {copy.get('scheduled_at')!r}"
            ) from None
    if isinstance(copy.get("text"), str):
        copy["text"] = copy["text"].replace("{n}", str(number + 1))
    return copy


def _value(name: str, value: Any) -> Any:
    if name == SETTINGS:
        return value
    if name in _LISTS and isinstance(value, list | tuple):
        return [_joined(_full(part)) for part in value]
    return _joined(_full(value))


def _full(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.keys() == {"repeat", "times"}:
            return _repeated(str(value["repeat"]), value["times"])
        return expanded(value)
    return [_full(part) for part in value] if isinstance(value, list | tuple) else value


def _repeated(part: str, times: object) -> str:
    if not isinstance(times, int) or not 0 <= len(part) * times <= MOST_CHARACTERS:
        raise RulebookError(
            f"an example repeats {part[:20]!r} {times!r} times; "
            f"allowed: a whole number, up to {MOST_CHARACTERS} characters in all"
        )
    return part * times


def _joined(value: Any) -> Any:
    texts = isinstance(value, list) and value and all(isinstance(part, str) for part in value)
    return "".join(value) if texts else value
