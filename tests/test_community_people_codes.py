"""Handles get the same number in every batch, and are found however they are spelled."""

import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sharewise.engine.community import people_codes
from sharewise.engine.community.edges import EdgeBuilder
from sharewise.engine.community.people_codes import codes_by_handle, grouped
from sharewise.engine.community.schema import INTERACTION_SCHEMA, empty_interactions

_names = st.one_of(
    st.none(), st.sampled_from(["ana", "bo", "cy", "di", "eva", "a handle of many letters"])
)


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40), st.data())
def test_grouped_is_unique(hashes: list[int], data: st.DataObject) -> None:
    again = data.draw(st.lists(st.sampled_from(hashes), max_size=40))
    every = np.array([*hashes, *again], dtype=np.uint64)
    known, rows, codes = grouped(every)
    assert known.tolist() == sorted(set(every.tolist()))
    assert (every[rows] == known).all()
    assert (known[codes] == every).all()


def test_hashes_that_differ_in_low_bits_alone_stay_apart() -> None:
    top = 7 << 40
    every = np.array([top + 1, top, top + 1, top, top + 2, top], dtype=np.uint64)
    known, rows, codes = grouped(every)
    assert known.tolist() == [top, top + 1, top + 2]
    assert every[rows].tolist() == known.tolist()
    assert codes.tolist() == [1, 0, 1, 0, 2, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_names, _names), max_size=30), st.integers(1, 7))
def test_batches_name_everyone_as_they_were(
    acts: list[tuple[str | None, str | None]], size: int
) -> None:
    builder = EdgeBuilder()
    for start in range(0, len(acts), size):
        some = pl.DataFrame(acts[start : start + size], schema=["from", "to"], orient="row")
        builder.add(
            pl.concat([empty_interactions(), some.cast(pl.String)], how="diagonal").with_columns(
                pl.lit("like").alias("kind")
            ).select(list(INTERACTION_SCHEMA))
        )  # fmt: skip
    edges = builder.built()[0]
    shown = [edges.people.gather(edges.acts[name]).to_list() for name in ("from", "to")]
    assert list(zip(*shown, strict=True)) == acts
    assert edges.people.n_unique() == len(edges.people)


_letters = st.sampled_from("aAbB1.0 _@\u00e9\u0301\u212b\u200b\u0007ﬁßİ\uff21")
_handles = st.lists(st.text(_letters, min_size=1, max_size=6), min_size=1, max_size=8)


@given(_handles, _handles)
@example(["88", "@Bo"], ["88.0", "b\u200bo"])
@example(["ab"], ["a\u0007b", "\uff21b"])
def test_few_are_found_as_many_are(wanted: list[str], names: list[str]) -> None:
    people = pl.Series("person", names)
    few = codes_by_handle(pl.Series(wanted), people).sort("person", "code")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people_codes, "_FEW", 0)
        assert codes_by_handle(pl.Series(wanted), people).sort("person", "code").equals(few)


def test_spellings_of_one_handle_are_one() -> None:
    people = pl.Series("person", ["cy", "Bo", "88.0", "a\u200bna"])
    found = codes_by_handle(pl.Series(["@BO", "88", "Ana", "dee"]), people)
    assert dict(found.iter_rows()) == {"@BO": 1, "88": 2, "Ana": 3}
