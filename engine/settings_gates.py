"""The gates of a community: their reason codes, and from where on each holds somebody back."""

from dataclasses import dataclass

GATES: dict[str, str] = {
    "no_consent": "opted out, or has not agreed",
    "employee": "works for the brand",
    "competitor": "belongs to a competitor",
    "likely_bot": "acts as programs do",
    "ring": "reach is praise returned among few",
    "single_source": "reach comes from accounts that look made for it",
    "lockstep": "acts in step with other accounts",
    "negative": "speaks against the brand more than for it",
    "recently_rewarded": "was rewarded a short while ago",
    "too_new": "is too new to tell",
    "below_threshold": "has done too little so far",
}
"""Reason code → what it says, in the order in which the first that holds is told."""


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of the gates; each is documented where it is used.

    Attributes
    ----------
    active_days, amplifiers : the least a ranked person has; the first holds from 14 days of data on
    tenure_days : days since the first act; holds where the data span ten times as many
    ring_members : the fewest mutual amplifiers of a ring
    ring_share : the least part of reach that is mutual, of the person's and of the others'
    closed_share : the least part of the people behind a closed ring's reach that act on theirs
        themselves, and the largest part that these are of the people who usually are behind one
    source_accounts : the fewest amplifiers that are judged together
    source_share : the least part of them that act on this one person only
    alive_share : the largest part of the expected number that others act on, too
    alike_share : the least part of them that made exactly as many acts as each other
    surprise : how far from what is usual here, as standard deviations of a normal distribution
        have it; all tests but that of a closed ring need it as well
    lockstep_seconds, lockstep_times, lockstep_share : how near, how often, how much of all
    bot_hours, bot_days : hours of a day with acts, on so many days
    bot_acts_a_day : acts on one day that nobody makes by hand
    same_text_share : part of one's texts that are the same, of at least ten
    negative_share : part of one's acts with known sentiment that are negative, of at least three
    cool_down_days : days after a reward
    """

    active_days: int = 2
    amplifiers: int = 3
    tenure_days: float = 3.0
    ring_members: int = 5
    ring_share: float = 0.8
    closed_share: float = 0.25
    source_accounts: int = 10
    source_share: float = 0.9
    alive_share: float = 0.15
    alike_share: float = 0.6
    surprise: float = 4.0
    lockstep_seconds: float = 60.0
    lockstep_times: int = 8
    lockstep_share: float = 0.5
    bot_hours: int = 22
    bot_days: int = 2
    bot_acts_a_day: int = 2_000
    same_text_share: float = 0.8
    negative_share: float = 0.5
    cool_down_days: float = 90.0
