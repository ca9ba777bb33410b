"""The frames of the community: one of interactions, one of people worth rewarding."""

import polars as pl

_TEXT = pl.String()
_WHOLE = pl.Int64()
_NUMBER = pl.Float64()
TIME = pl.Datetime("us", "UTC")

INTERACTION_SCHEMA: dict[str, pl.DataType] = {
    "from": _TEXT,
    "to": _TEXT,
    "kind": _TEXT,
    "at": TIME,
    "post": _TEXT,
    "text": _TEXT,
    "sentiment": _NUMBER,
    "followers": _WHOLE,
    "file": _TEXT,
    "row": _WHOLE,
}
"""One row an interaction: ``from`` acted on ``to``.

``to`` is null where only the post is known, ``kind`` is an id of ``kinds.yaml``, ``at`` is null
where the file has no times, ``sentiment`` is in [-1, 1], ``followers`` are those of ``from``.
``row`` counts the data rows of ``file`` from 1.
"""

AMBASSADOR_SCHEMA: dict[str, pl.DataType] = {
    "person": _TEXT,
    "rank": _WHOLE,
    "score": _NUMBER,
    "loyalty": _NUMBER,
    "activity": _NUMBER,
    "reach": _NUMBER,
    "gate": _TEXT,
    "evidence": _TEXT,
}
"""One row a person, the best first; more columns may follow.

``score`` is 100 for the best raw score of the file; ``loyalty``, ``activity`` and ``reach`` are
the raw parts B, L and R, ``loyalty`` null where no brand is named. The gated have the reason in
``gate`` and no rank; of all others ``gate`` is null.
"""


def empty_interactions() -> pl.DataFrame:
    """Return an interactions frame without rows."""
    return pl.DataFrame(schema=INTERACTION_SCHEMA)
