"""The thank-you: what is in it, and what never is."""

from datetime import UTC, datetime

import polars as pl
import pytest

from sharewise.engine.community.rewards.disclosure import disclosure_data, duties_of, filled
from sharewise.engine.community.rewards.ledger import LEDGER_SCHEMA
from sharewise.engine.community.rewards.message import thank_you
from sharewise.engine.content.platforms import find_fact
from sharewise.engine.errors import RewardsError
from sharewise.engine.settings_rewards import DUTIES, THANKS, Rewards

LEDGER = pl.DataFrame(
    [
        {
            "round": "2026-11-01/1",
            "at": datetime(2026, 11, 1, tzinfo=UTC),
            "person": "@ana",
            "role": "reward",
            "gift": "a bag of {brand} beans",
            "reason": "12 shares of 9 of your posts on 8 days; 41 people acted on theirs",
        },
        {
            "round": "2026-11-01/1",
            "at": datetime(2026, 11, 1, tzinfo=UTC),
            "person": "@bo",
            "role": "held out",
            "reason": "11 shares",
        },
    ],
    schema=LEDGER_SCHEMA,
)


def test_every_duty_rests_on_facts_that_are_there() -> None:
    assert set(disclosure_data()["duties"]) == set(DUTIES)
    for data in disclosure_data()["duties"].values():
        for name in data["facts"]:
            assert find_fact(f"legal.{name}") is not None


def test_wording_that_discloses_is_never_among_what_does_not() -> None:
    for duty in duties_of(DUTIES, brand="b", gift="g"):
        labels = {str(label).lower() for fact in duty.facts if "labels_ok" in fact.id
                  for label in fact.value}  # fmt: skip
        first_words = {text.split(":")[0].lower() for text in duty.wording}
        assert first_words <= labels
        weak = {str(label).lower() for fact in duty.facts if "labels_weak" in fact.id
                for label in fact.value}  # fmt: skip
        assert not first_words & weak


def test_the_draft_thanks_discloses_and_asks_for_nothing() -> None:
    message = thank_you(LEDGER, "ANA", Rewards(condition="18 or older"), brand="Harbor Roast")
    assert message.subject == "Thank you from Harbor Roast"
    assert "12 shares of 9 of our posts on 8 days." in message.body
    assert "acted on theirs" not in message.body
    assert "a bag of {brand} beans" in message.body  # braces of a gift are no blanks to fill
    assert "18 or older" in message.body
    assert "does not depend on what you say" in message.body
    assert "FTC" in message.body
    assert "“#ad”" in message.body
    assert "ASA" in message.body
    assert "Not enough: “#sp”" in message.body
    sources = {fact.source.title for duty in message.duties for fact in duty.facts}
    assert "Lexology: FTC letters to influencers" in sources


def test_only_the_duties_that_are_set() -> None:
    message = thank_you(LEDGER, "@ana", Rewards(duties=("uk",)), brand="Harbor Roast")
    assert [duty.authority for duty in message.duties] == ["ASA"]
    assert "FTC" not in message.body


@pytest.mark.parametrize("person", ["@bo", "@nobody", ""])
def test_without_a_reward_there_is_no_draft(person: str) -> None:
    with pytest.raises(RewardsError, match="no reward in the ledger"):
        thank_you(LEDGER, person, Rewards(), brand="Harbor Roast")


def test_blanks_are_filled_once() -> None:
    assert filled("{a} and {b} {c}", {"a": "{b}", "b": "2"}) == "{b} and 2 {c}"


def test_without_a_gift_it_thanks_and_demands_nothing() -> None:
    ledger = LEDGER.with_columns(gift=pl.lit(THANKS.gift))
    message = thank_you(ledger, "@ana", Rewards(), brand="Harbor Roast")
    assert "Thank you!\n\nWith thanks,\nHarbor Roast" in message.body
    assert "give you" not in message.body
    assert "#ad" not in message.body
    assert message.duties == ()
    assert message.note is not None
    assert "No gift is set" in message.note
    given = thank_you(LEDGER, "@ana", Rewards(), brand="Harbor Roast")
    assert given.note is None
