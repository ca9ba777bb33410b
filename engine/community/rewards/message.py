"""A thank-you to a rewarded person, with the disclosure wording that is due."""

from dataclasses import dataclass

import polars as pl

from ...errors import RewardsError
from ...settings_rewards import THANKS, Rewards
from ..handles import handle_key
from .disclosure import Duty, disclosure_data, duties_of, filled
from .ledger import REWARD


@dataclass(frozen=True)
class Message:
    """A draft for a person to read and send; ``duties`` carry the sources.

    ``note`` is for the sender and no part of it; None for nothing to note.
    """

    person: str
    subject: str
    body: str
    duties: tuple[Duty, ...]
    note: str | None = None


def thank_you(ledger: pl.DataFrame, person: str, rewards: Rewards, *, brand: str) -> Message:
    """Return the draft for the newest reward of ``person``.

    It says what the person did, that nothing is asked for the reward, and what to write when
    posting about the brand. Nothing in it asks for praise. Where the settings named no gift, it
    thanks and nothing else: no law asks to disclose that.

    Raises
    ------
    RewardsError
        The ledger has no reward for them; also when they were held out, who must not be told.
    """
    key = pl.select(handle_key(pl.lit(person))).item() or ""
    theirs = ledger.filter(pl.col("role") == REWARD, handle_key(pl.col("person")) == key)
    if theirs.is_empty():
        raise RewardsError(f"{person[:60]!r} has no reward in the ledger")
    entry = theirs.sort("at").row(-1, named=True)
    words = disclosure_data()["message"]
    values = {
        "brand": brand,
        "person": entry["person"],
        "gift": entry["gift"],
        "reason": _told_to_them(entry["reason"]),
        "condition": (rewards.condition or "").rstrip(". "),
    }
    if entry["gift"] == THANKS.gift:
        thanks = (words["greeting"], f"{words['because']}\n{words['thanks']}", words["close"])
        said = "\n\n".join(filled(part, values) for part in thanks)
        subject = filled(words["subject"], values)
        return Message(entry["person"], subject, f"{said}\n{brand}", (), words["no_gift"])
    duties = duties_of(rewards.duties, brand=brand, gift=entry["gift"])
    parts = [words["greeting"], f"{words['because']}\n{words['gift']}", words["free"]]
    if rewards.condition:
        parts.append(words["condition"])
    body = [filled(part, values) for part in parts]
    if duties:
        body.append("\n".join([words["disclosure"], *(_duty_line(duty) for duty in duties)]))
    body.append(f"{words['close']}\n{brand}")
    return Message(entry["person"], filled(words["subject"], values), "\n\n".join(body), duties)


def _told_to_them(reason: str) -> str:
    """Return what a person did as the brand says it to them; whom they moved is not told."""
    did = reason.partition(";")[0].rstrip(". ")
    return did.replace("of your posts", "of our posts").replace(" on you ", " with us ")


def _duty_line(duty: Duty) -> str:
    wording = " or ".join(f"“{text}”" for text in duty.wording)
    weak = ", ".join(f"“{text}”" for text in duty.not_enough[:4])
    return f"- {duty.country} ({duty.authority}): {duty.say} Write {wording}. Not enough: {weak}."
