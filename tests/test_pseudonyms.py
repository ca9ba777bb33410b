"""Pseudonyms: a published case, one for each person however spelled, keys from files only."""

import hashlib
import hmac
from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.community.privacy.pseudonyms import (
    VARIABLE,
    pseudonym,
    pseudonym_key,
    pseudonymised,
    pseudonymised_files,
)
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.errors import RewardsError

KEY = b"0123456789abcdef"


def frame(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=INTERACTION_SCHEMA)


def test_it_is_hmac_sha256_of_the_handle() -> None:
    whole = hmac.new(KEY, b"person:ana", hashlib.sha256).hexdigest()
    assert pseudonym("ana", KEY) == f"p_{whole[:24]}"


def test_every_spelling_of_a_handle_has_the_same() -> None:
    assert len({pseudonym(one, KEY) for one in ("ana", "@Ana", " ANA ", "@a\u200bna")}) == 1
    assert pseudonym("ana", KEY) != pseudonym("ana2", KEY)
    assert pseudonym("ana", KEY) != pseudonym("ana", KEY[::-1])


def test_a_handle_that_looks_like_a_pseudonym_gets_its_own() -> None:
    fake = pseudonym("ana", KEY)
    assert pseudonym(fake, KEY) != fake


def test_people_posts_and_mentions_are_replaced_but_the_brand_stays() -> None:
    given = frame(
        {"from": "@Ana", "to": "@HarborRoast", "kind": "share", "post": "site.example/ana/1",
         "text": "thanks @Ana, @bo_2. and @harborroast! mail cy@site.example"},
        {"from": "bo_2", "to": "ana", "kind": "like", "post": "site.example/ana/1"},
        {"from": "bo_2", "to": None, "kind": "like"},
    )  # fmt: skip
    made = pseudonymised(given, KEY, kept=["harborroast"])
    ana, bo = pseudonym("ana", KEY), pseudonym("bo_2", KEY)
    assert made["from"].to_list() == [ana, bo, bo]
    assert made["to"].to_list() == ["@HarborRoast", ana, None]
    assert made["post"][0] == made["post"][1]
    assert "ana" not in made["post"][0]
    assert made["text"][0] == f"thanks @{ana}, @{bo}. and @harborroast! mail cy@site.example"
    assert made.columns == given.columns
    assert given["from"][0] == "@Ana"


def test_texts_kept_alone_have_their_mentions_replaced(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("from,to,kind,text\nana,bo,reply,thanks @bo and @harborroast\n")
    files = read_interactions([path], keep="told")
    made = pseudonymised_files(files, KEY, kept=["harborroast"])
    assert made.interactions["text"].to_list() == [
        f"thanks @{pseudonym('bo', KEY)} and @harborroast"
    ]
    assert set(made.edges.people) == {pseudonym("ana", KEY), pseudonym("bo", KEY)}


def test_the_key_comes_from_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "key").write_bytes(KEY + b"\n")
    assert pseudonym_key(tmp_path / "key") == KEY
    with pytest.raises(RewardsError, match="no key for pseudonyms"):
        pseudonym_key(None)
    monkeypatch.setenv(VARIABLE, "another key of some length")
    assert pseudonym_key(None) == b"another key of some length"
    assert pseudonym_key(tmp_path / "key") == KEY


@pytest.mark.parametrize("key", [b"", b"qz7", b" " * 40, b"fifteen bytes.."])
def test_a_short_key_is_refused(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "key").write_bytes(key)
    with pytest.raises(RewardsError, match="too few for a key") as caught:
        pseudonym_key(tmp_path / "key")
    assert not key.strip() or key.decode() not in str(caught.value)


def test_a_missing_key_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(RewardsError, match="can't be read"):
        pseudonym_key(tmp_path / "none")
