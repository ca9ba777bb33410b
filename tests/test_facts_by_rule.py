"""Which rules cover which facts."""

from datetime import date

from sharewise.engine.advice.facts_by_rule import rules_for_fact
from sharewise.engine.advice.rule import Rule, Rulebook
from sharewise.engine.content.facts import Fact, Source
from sharewise.engine.content.platform import Limit, Platform, PostForm


def _platform(name: str, fact_id: str, own: bool = False) -> Platform:
    fact = Fact(
        owner=name, id=fact_id, value=1, unit="", kind="hard-limit", confidence="high",
        statement="So.", source=Source("S", None, None), checked=date(2026, 11, 1),
    )  # fmt: skip
    form = PostForm("text", "append", "append", "none")
    limit = Limit("text", 9.0, None if own else fact)
    return Platform(name, name, "network", form, "characters", None, "name", {}, {"text": limit})


def test_limits_cover_the_fact_of_each_platform() -> None:
    platforms = {
        "x": _platform("x", "text.max"),
        "reddit": _platform("reddit", "body.max"),
        "mastodon": _platform("mastodon", "text.max", own=True),
    }
    rules = (
        Rule("LEN101", sources=("limit.text", "limit.title")),
        Rule("LEN102", platforms=("x",), sources=("limit.text", "legal.ftc.label")),
    )
    book = Rulebook((), rules, {}, {}, {}, "")
    assert rules_for_fact(book, platforms) == {
        ("x", "text.max"): ("LEN101", "LEN102"),
        ("reddit", "body.max"): ("LEN101",),
        ("legal", "ftc.label"): ("LEN102",),
    }
