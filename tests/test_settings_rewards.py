"""The table [rewards]: read, checked; praise is refused with the rule's source."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sharewise.engine.content.platforms import find_fact
from sharewise.engine.content.safe_yaml import load_yaml
from sharewise.engine.errors import SettingsError
from sharewise.engine.settings import load_settings
from sharewise.engine.settings_praise import FILE, refuse_praise
from sharewise.engine.settings_rewards import THANKS, Rewards, Tier, rewards_from_table

EXAMPLES = load_yaml(FILE.read_text(encoding="utf-8"))["examples"]
FULL = """
[rewards]
currency = "EUR"
cool_down = "12w"
horizon = "14d"
quota = 0.4
duties = ["us"]
condition = "18 or older"
ledger = "given/rewards.jsonl"

[rewards.tiers.bronze]
cost = 5

[rewards.tiers.gold]
cost = 18.5
gift = "a bag of the winter blend"
places = 3
least_score = 60
"""


def test_every_key_is_read_and_the_dearest_tier_is_first(tmp_path: Path) -> None:
    (tmp_path / "sharewise.toml").write_text(FULL, encoding="utf-8")
    assert load_settings(tmp_path).rewards == Rewards(
        tiers=(
            Tier("gold", 18.5, "a bag of the winter blend", 3, 60.0),
            Tier("bronze", 5.0, "bronze"),
        ),
        currency="EUR",
        cool_down=timedelta(days=84),
        horizon=timedelta(days=14),
        quota=0.4,
        duties=("us",),
        condition="18 or older",
        ledger=tmp_path / "given" / "rewards.jsonl",
    )


def test_without_a_table_each_reward_costs_one() -> None:
    assert rewards_from_table({}, "x").tiers == (THANKS,)
    assert THANKS.cost == 1


@pytest.mark.parametrize("table", EXAMPLES["refused"], ids=str)
def test_a_reward_for_praise_is_refused_with_the_source(table: dict[str, Any]) -> None:
    fact = find_fact("legal.us.review_rule")
    assert fact is not None
    with pytest.raises(SettingsError, match="depend on praise") as caught:
        rewards_from_table(table, "sharewise.toml: rewards")
    told = str(caught.value)
    assert told.startswith("sharewise.toml: rewards.")
    assert fact.source.title in told
    assert "16 CFR 465" in told
    assert "2024" in told


@pytest.mark.parametrize("table", EXAMPLES["allowed"], ids=str)
def test_other_conditions_are_no_praise(table: dict[str, Any]) -> None:
    refuse_praise(table, "x")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"tiers": {"gold": {}}}, "rewards.tiers.gold: no cost"),
        ({"tiers": {"gold": {"cost": 0}}}, "allowed: above 0"),
        ({"tiers": {"gold": {"cost": True}}}, "allowed: above 0"),
        ({"tiers": {"gold": {"cost": float("nan")}}}, "no number of 0 or more"),
        ({"tiers": {"gold": {"cost": 1, "places": 0}}}, "no whole number of 1 or more"),
        ({"tiers": {"gold": {"cost": 1, "least_score": 101}}}, "allowed: 0 to 100"),
        ({"tiers": {}}, r"rewards.tiers: no tier"),
        ({"quota": 0}, "allowed: above 0 up to 1"),
        ({"quota": 1.5}, "allowed: above 0 up to 1"),
        ({"cool_down": "soon"}, "write 14d, 36h or 2w"),
        ({"cool_down": "0d"}, "no span of time"),
        ({"cool_down": "9999999999w"}, "no span of time"),
        ({"duties": ["fr"]}, "allowed: us, uk"),
        ({"cooldown": "90d"}, r"did you mean cool_down\?"),
        ("gold", "no table"),
    ],
    ids=str,
)
def test_wrong_settings_say_what_is_allowed(table: Any, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        rewards_from_table(table, "sharewise.toml: rewards")
