"""The list of people is the same in pieces as in one, and for any part that is asked for."""

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.community import details, list_files, people_list
from sharewise.engine.community.cards import Cards, with_cards
from sharewise.engine.community.list_files import people_pieces, write_parquet
from sharewise.engine.community.ranked_people import Ambassadors, ranked_people
from sharewise.engine.community.reading import interactions_from_frame, read_interactions
from sharewise.engine.settings import Settings

FIXTURE = Path(__file__).parent.parent / "fixtures" / "interactions.csv"


@pytest.fixture(scope="module")
def result() -> Ambassadors:
    files = read_interactions([FIXTURE])
    return ranked_people(files, brand=("harborroast",), settings=Settings())


@pytest.fixture(scope="module")
def cards(result: Ambassadors) -> Cards:
    return with_cards(result, wanted=False)


def whole(cards: Cards, form: str, rows: int) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people_list, "SLICE", rows)
        patch.setattr(list_files, "ROWS", max(1, rows // 2))
        return b"".join(people_pieces(cards, form))


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_in_pieces_as_in_one(cards: Cards, form: str) -> None:
    assert whole(cards, form, 3) == whole(cards, form, 1_000)


def test_all_forms_list_the_same_people(cards: Cards, tmp_path: Path) -> None:
    people = cards.people["person"].to_list()
    assert [row["person"] for row in json.loads(whole(cards, "json", 5))] == people
    lines = whole(cards, "jsonl", 5).decode().splitlines()
    assert [json.loads(line)["person"] for line in lines] == people
    assert (
        pl.read_csv(BytesIO(whole(cards, "csv", 5)))["rank"].to_list()
        == cards.people["rank"].to_list()
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people_list, "SLICE", 7)
        write_parquet(cards, tmp_path / "people.parquet")
    assert pl.read_parquet(tmp_path / "people.parquet").equals(cards.people)


@settings(deadline=None, max_examples=25)
@given(st.sets(st.integers(0, 71)))
def test_any_places_are_those_rows_of_the_whole(result: Ambassadors, places: set[int]) -> None:
    some = result.everyone.rows(np.array(sorted(places), dtype=np.int64))
    assert some.equals(result.people[sorted(places)])


@pytest.mark.parametrize(("form", "written"), [("json", b"[]\n"), ("jsonl", b"")])
def test_a_brand_alone_with_itself_lists_nobody(form: str, written: bytes) -> None:
    acts = pl.DataFrame({"from": ["harbor", "harbor_de"], "to": ["harbor_de", "harbor"]})
    found = ranked_people(
        interactions_from_frame(acts), brand=("harbor", "harbor_de"), settings=Settings()
    )
    nobody = with_cards(found)
    assert not nobody.people.height
    assert b"".join(people_pieces(nobody, form)) == written
    header = b"".join(people_pieces(nobody, "csv")).splitlines()
    assert (len(header), header[0][:12]) == (1, b"person,rank,")


def test_the_score_without_the_top_amplifier_in_parts(result: Ambassadors) -> None:
    codes = result.everyone.listing.order
    expected = details.raw_without_top(result.found, codes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(details, "PART_ROWS_BITS", 3)
        assert details.raw_without_top(result.found, codes).tolist() == expected.tolist()


def test_texts_are_kept_where_any_file_has_them(tmp_path: Path) -> None:
    plain, told = tmp_path / "plain.csv", tmp_path / "told.csv"
    plain.write_text("from,to,kind,at\nana,bo,like,2026-03-01\nana,ana,like,2026-03-02\n")
    told.write_text("from,to,kind,at,text\ncy,@Bo,reply,2026-03-03,thanks\n")
    both = read_interactions([plain, told], keep="told")
    assert both.interactions.rows() == [(None, None), ("thanks", None)]
    assert both.edges.people.gather(both.edges.acts["from"]).to_list() == ["ana", "cy"]
    bare = read_interactions([plain], keep="told")
    assert not bare.interactions.height
    assert (bare.edges.acts.height, bare.cleaning.self_loops) == (1, 1)
