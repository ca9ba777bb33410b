"""Each attack is what it says: how many accounts, on whom, when."""

import polars as pl
import pytest

from sharewise.engine.community.attacks import ATTACKS, DAY, Attack, attacked
from sharewise.engine.community.edges import Edges, edges_of
from sharewise.engine.community.schema import INTERACTION_SCHEMA


@pytest.fixture(scope="module")
def edges() -> Edges:
    rows = [
        {"from": f"p{n % 50}", "to": f"p{n % 7}", "kind": "share", "at": 1_700_000_000 + 3_600 * n}
        for n in range(500)
    ]
    frame = pl.DataFrame(rows).with_columns(
        pl.from_epoch("at", time_unit="s").cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    )
    missing = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in INTERACTION_SCHEMA.items()
        if name not in frame.columns
    ]
    return edges_of(frame.with_columns(missing).select(list(INTERACTION_SCHEMA)))


def injected(edges: Edges, kind: str, size: int) -> tuple[pl.DataFrame, int]:
    whole, attacker = attacked(edges, Attack("", kind, size), seed=3)
    assert whole.acts.columns == edges.acts.columns
    assert whole.acts.head(edges.acts.height).equals(edges.acts)
    return whole.acts.slice(edges.acts.height), attacker


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attacker_makes_thirty_honest_shares(edges: Edges, attack: Attack) -> None:
    acts, attacker = injected(edges, attack.kind, attack.size)
    honest = acts.filter((pl.col("from") == attacker) & (pl.col("to") < attacker))
    assert honest.height == 30 + (3_000 if attack.kind == "self-spam" else 0)


def test_farm_acts_on_the_attacker_alone_within_a_day(edges: Edges) -> None:
    acts, attacker = injected(edges, "farm", 100)
    farm = acts.filter(pl.col("from") > attacker)
    assert farm["from"].n_unique() == farm.height == 100
    assert (farm["to"] == attacker).all()
    newest = edges.acts["at"].max()
    assert isinstance(newest, int)
    assert farm["at"].is_between(newest - DAY, newest).all()


def test_camouflage_is_five_shares_each(edges: Edges) -> None:
    acts, attacker = injected(edges, "camouflaged farm", 100)
    farm = acts.filter(pl.col("from") > attacker)
    assert farm.filter(pl.col("to") == attacker).height == 100
    each = farm.filter(pl.col("to") < attacker).group_by("from").len()
    assert each.height == 100
    assert (each["len"] == 5).all()
    assert farm["at"].is_in(edges.acts["at"].implode()).all()


def test_ring_acts_on_each_other_only(edges: Edges) -> None:
    acts, attacker = injected(edges, "ring", 40)
    ring = acts.filter(pl.col("to") >= attacker)
    assert ring.height == 40 * 39
    assert ring.select(pl.struct("from", "to").n_unique()).item() == 40 * 39


def test_people_of_the_attack_have_names(edges: Edges) -> None:
    whole, attacker = attacked(edges, Attack("", "farm", 9))
    assert len(whole.people) == len(edges.people) + 10
    assert whole.people[attacker].startswith("attack-")


def test_without_times_attacks_have_none(edges: Edges) -> None:
    bare = Edges(edges.acts.with_columns(at=pl.lit(None, dtype=pl.Int64)), edges.people)
    whole, _ = attacked(bare, Attack("", "farm", 9))
    assert whole.acts["at"].null_count() == whole.acts.height
