"""Attacks by fake accounts, fixed before any defence was tuned against them.

In each, one attacker who is new to the community also makes thirty honest shares of popular
accounts, and wants to be ranked high.

- ``farm``: accounts that act on the attacker, once each within the last day, and on nobody else.
- ``camouflaged farm``: the same, and each also shares five popular accounts; the times of all its
  acts are drawn from those of everyone's.
- ``ring``: accounts, the attacker among them, that all act on each other within the last day.
- ``self-spam``: the attacker acts 3,000 times on popular accounts, at times like everyone's.

Popular: an account is drawn as often as it is acted on.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from .edges import ACT_SCHEMA, Edges
from .kinds import kinds

HONEST_SHARES = 30
CAMOUFLAGE = 5
DAY = 86_400_000_000


@dataclass(frozen=True)
class Attack:
    """``kind`` is farm, camouflaged farm, ring or self-spam; ``size`` its accounts or acts."""

    name: str
    kind: str
    size: int


ATTACKS = (
    Attack("farm of 100", "farm", 100),
    Attack("farm of 500", "farm", 500),
    Attack("camouflaged farm of 100", "camouflaged farm", 100),
    Attack("ring of 40", "ring", 40),
    Attack("self-spam of 3,000", "self-spam", 3_000),
)

_Ints = npt.NDArray[np.int64]


def attacked(edges: Edges, attack: Attack, seed: int = 0) -> tuple[Edges, int]:
    """Return the community with the attack in it, and the code of the attacker.

    Parameters
    ----------
    edges
        A community with at least one act that has ``to``.
    attack
        What to inject.
    seed
        Of whom is shared and when.
    """
    rng = np.random.default_rng(seed)
    on = edges.acts.filter(pl.col("to").is_not_null())
    attacker = len(edges.people)
    scene = _Scene(rng, on["to"].to_numpy(), _times(edges.acts), attacker, attack.size)
    from_, to, at = _ATTACKS[attack.kind](scene)
    honest = scene.honest()
    whole = [np.concatenate(pair) for pair in zip((from_, to, at), honest, strict=True)]
    share = kinds()["share"].code
    added = pl.DataFrame(
        {"from": whole[0], "to": whole[1], "at": whole[2]},
        schema_overrides={name: ACT_SCHEMA[name] for name in ("from", "to", "at")},
    ).with_columns(pl.lit(share, dtype=pl.UInt8).alias("kind"))
    if not edges.timed:
        added = added.with_columns(pl.lit(None, dtype=pl.Int64).alias("at"))
    nothing = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in ACT_SCHEMA.items()
        if name not in added.columns
    ]
    acts = pl.concat([edges.acts, added.with_columns(nothing).select(edges.acts.columns)])
    made = int(max(whole[0].max(), whole[1].max())) + 1 - attacker
    names = pl.Series("person", [f"attack-{number}" for number in range(max(1, made))])
    people = pl.concat([edges.people, names])
    return replace(edges, acts=acts, people=people, clean=False), attacker


@dataclass(frozen=True)
class _Scene:
    rng: np.random.Generator
    popular: _Ints
    times: _Ints
    attacker: int
    size: int

    def accounts(self) -> _Ints:
        """The codes of the fake accounts."""
        return np.arange(self.attacker + 1, self.attacker + 1 + self.size)

    def like_everyone(self, number: int) -> _Ints:
        """Times like those of all acts."""
        return self.rng.choice(self.times, number)

    def last_day(self, number: int) -> _Ints:
        """Times within a day before the newest act."""
        return int(self.times.max()) - self.rng.integers(0, DAY, number)

    def honest(self) -> tuple[_Ints, _Ints, _Ints]:
        """The attacker's own honest shares."""
        to = self.rng.choice(self.popular, HONEST_SHARES)
        return np.full(HONEST_SHARES, self.attacker), to, self.like_everyone(HONEST_SHARES)


def _farm(scene: _Scene) -> tuple[_Ints, _Ints, _Ints]:
    return scene.accounts(), np.full(scene.size, scene.attacker), scene.last_day(scene.size)


def _camouflaged(scene: _Scene) -> tuple[_Ints, _Ints, _Ints]:
    from_ = np.repeat(scene.accounts(), CAMOUFLAGE + 1)
    to = scene.rng.choice(scene.popular, len(from_))
    to[:: CAMOUFLAGE + 1] = scene.attacker
    return from_, to, scene.like_everyone(len(from_))


def _ring(scene: _Scene) -> tuple[_Ints, _Ints, _Ints]:
    members = np.arange(scene.attacker, scene.attacker + scene.size)
    from_, to = np.repeat(members, scene.size), np.tile(members, scene.size)
    other = from_ != to
    return from_[other], to[other], scene.last_day(int(other.sum()))


def _self_spam(scene: _Scene) -> tuple[_Ints, _Ints, _Ints]:
    to = scene.rng.choice(scene.popular, scene.size)
    return np.full(scene.size, scene.attacker), to, scene.like_everyone(scene.size)


def _times(acts: pl.DataFrame) -> _Ints:
    times = acts["at"].drop_nulls()
    return times.to_numpy() if len(times) else np.zeros(1, dtype=np.int64)


_ATTACKS = {
    "farm": _farm,
    "camouflaged farm": _camouflaged,
    "ring": _ring,
    "self-spam": _self_spam,
}
