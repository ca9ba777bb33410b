"""The findings frame: one row a rule that fired for a post on a platform."""

import polars as pl

FINDING_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32,
        "post": pl.String,
        "file": pl.String,
        "row": pl.Int64,
        "platform": pl.String,
        "rule": pl.String,
        "name": pl.String,
        "severity": pl.String,
        "category": pl.String,
        "goal": pl.String,
        "message": pl.String,
        "measured": pl.Float64,
        "limit": pl.Float64,
        "excerpt": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "why": pl.String,
        "source": pl.String,
        "year": pl.Int64,
        "confidence": pl.String,
        "fix": pl.String,
        "fix_safety": pl.String,
        "suppressed": pl.String,
    }
)
"""``index`` is the post's row in the posts frame, ``post`` its id, else file:row.

``measured`` and ``limit`` are the numbers compared, null where the rule compares none.
``excerpt`` is what the finding points at, from code point ``start`` up to ``end`` of the text
as shown on the platform; null where it points at nothing. ``year`` is that of the source, null
when undated. ``fix`` has names joined by commas; ``fix_safety`` is that of the rule's fixes, see
`fix_names.safety_of`: safe, unsafe, person; whether they hold is for `fixes.remedies` to try.
``suppressed`` is the reason why the post's author set the finding aside; null: in force.
"""


def no_findings() -> pl.DataFrame:
    """Return a findings frame without rows."""
    return FINDING_SCHEMA.to_frame()
