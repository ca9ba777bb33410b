"""Whole seconds of UTC are read the fast way as the layouts with zones read them."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.content.reading.utc_seconds import utc_seconds

_days = st.sampled_from(["2026-12-01", "2026-02-30", "2024-02-29", "2026-1-01", "26-12-001", ""])
_clocks = st.sampled_from(["09:00:00", "23:59:60", "24:00:00", "9:00:00", "09:00", "x9:00:00"])
_tails = st.sampled_from(["Z", "+00:00", "+0000", ".000Z", ".000000+0000", "+01:00", "", ".5Z"])
_texts = st.lists(st.none() | st.builds("{}T{}{}".format, _days, _clocks, _tails), max_size=8)


@given(_texts)
def test_what_is_read_is_as_the_layout_with_a_zone_reads_it(texts: list[str | None]) -> None:
    column = pl.Series("at", texts, dtype=pl.String)
    layout = "%Y-%m-%dT%H:%M:%S%.f%#z"
    plain = column.str.to_datetime(layout, time_unit="us", strict=False)
    found = utc_seconds(column)
    assert found.dtype == pl.Datetime("us", "UTC")
    assert found.filter(found.is_not_null()).equals(plain.filter(found.is_not_null()))


def test_a_column_that_ends_alike_is_read_throughout() -> None:
    for tail in ("Z", "+00:00", ".000000+0000"):
        found = utc_seconds(pl.Series([f"2026-12-01T09:00:0{n}{tail}" for n in range(3)]))
        assert found.dt.second().to_list() == [0, 1, 2]
    assert utc_seconds(pl.Series(["2026-12-01T09:00:00+01:00"])).to_list() == [None]
    mixed = utc_seconds(pl.Series(["2026-12-01T09:00:00Z", None, "2026-12-01T09:00:00.5Z"]))
    assert mixed.is_null().to_list() == [False, True, True]
