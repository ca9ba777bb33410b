"""Reach from accounts that made exactly as many acts each is told from what is usual."""

import polars as pl

from sharewise.engine.community.gates.alike_sources import alike_sources
from sharewise.engine.community.gates.amplifiers import amplifiers_of
from sharewise.engine.community.pairs import pairs_of
from sharewise.engine.settings_gates import Thresholds

SCHEMA = {"from": pl.UInt32, "to": pl.UInt32, "at": pl.Int64}
STARS, FANS, BOUGHT, FAKES = 50, 4_500, 9_000, 10_000
_Act = tuple[int, int, int]


def audience(acts: list[int], first: int = 1_000) -> list[_Act]:
    """Return people, nobody of whom is acted on, who each act on so many stars, once on each."""
    return [
        (first + fan, (7 * fan + turn) % STARS, 0)
        for fan, number in enumerate(acts)
        for turn in range(number)
    ]


def farm(fakes: int, others: int) -> list[_Act]:
    """Return what fakes do: one act on who bought them, and some on stars."""
    bought = [(FAKES + fake, BOUGHT, 0) for fake in range(fakes)]
    return bought + audience([others] * fakes, FAKES)


def held(acts: list[_Act]) -> dict[int, str]:
    frame = pl.DataFrame(acts, schema=SCHEMA, orient="row")
    pairs = pairs_of(frame)
    people = int(max(frame["from"].max(), frame["to"].max())) + 1  # type: ignore[type-var, arg-type]
    return alike_sources(amplifiers_of(pairs, people), pairs, frame, Thresholds())


def test_fakes_that_were_told_to_do_as_much_are_told() -> None:
    fans = [1 + fan % 9 for fan in range(FANS)]
    found = held(audience(fans) + farm(100, 5))
    assert list(found) == [BOUGHT]
    # On stars 500 fans act six times, and the farm five: 3,500 of 500 · (1 + … + 9) + 500 = 23,000.
    assert found[BOUGHT] == (
        "100 of 100 accounts that act on theirs made exactly 6 acts each (15% is usual here)"
    )


def test_nobody_is_held_where_everyone_makes_as_many_acts() -> None:
    assert not held(audience([6] * FANS) + farm(100, 5))


def test_a_post_that_many_saw_once_is_no_farm() -> None:
    fans = [1 + fan % 9 for fan in range(FANS)]
    assert not held(audience(fans) + farm(100, 2))


def test_accounts_that_others_act_on_are_not_asked_about() -> None:
    fans = [1 + fan % 9 for fan in range(FANS)]
    known = [(fan % 90 + 1_000, FAKES + fan, 0) for fan in range(100)]
    assert not held(audience(fans) + farm(100, 5) + known)


def test_few_accounts_are_not_judged() -> None:
    fans = [1 + fan % 9 for fan in range(FANS)]
    assert not held(audience(fans) + farm(9, 5))
