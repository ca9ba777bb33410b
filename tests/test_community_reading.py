"""Interactions from every usual format; bad input is said, never lost, never a crash."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.community.kinds import kind_key, kind_names, kinds
from sharewise.engine.community.reading import (
    InteractionFiles,
    empty_interactions_template,
    interactions_from_frame,
    read_interactions,
)
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.errors import ReadError

HIGGS = Path(__file__).parent.parent.parent / "shared/data/higgs/higgs-activity_time.txt.gz"


def read(folder: Path, text: str | bytes, name: str = "acts.csv") -> InteractionFiles:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_interactions([path])


def rows(files: InteractionFiles, *columns: str) -> list[tuple[object, ...]]:
    return files.interactions.select(columns or ("from", "to", "kind")).rows()


@pytest.mark.parametrize(
    "header",
    [
        "Nutzername;Zielkonto;Aktion;Datum und Uhrzeit",
        "Wer;An wen;Interaktion;Wann",
        "Cuenta;Destinatario;Interacción;Fecha y hora",
        "Compte;À qui;Activité;Créé le",
        "Utente;Destinatario;Azione;Data e ora",
        "Usuário;Para;Ação;Data e hora",
        "Gebruiker;Aan;Actie;Wanneer",
    ],
)
def test_headers_in_other_languages(tmp_path: Path, header: str) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(f"{header}\nana;bo;like;2026-11-01 09:00\n", encoding="utf-8")
    files = read_interactions([path])
    assert rows(files) == [("ana", "bo", "like")]
    assert files.interactions["at"][0] == datetime(2026, 11, 1, 9, tzinfo=UTC)


def test_a_sentiment_that_is_nan_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("from,to,kind,sentiment\nana,bo,like,NaN\ncy,bo,like,0.5\n")
    files = read_interactions([path])
    assert files.interactions["sentiment"].to_list() == [None, 0.5]
    assert not files.rejects.height


def test_csv_with_other_names_and_kinds(tmp_path: Path) -> None:
    files = read(
        tmp_path,
        "Username;Reply to;Activity;Created at;Comment text\n"
        "@ana;@harborroast;Re-Tweet;2026-11-01 09:00;\n"
        "@bo;@ana;gefällt mir;2026-11-01 10:00;lovely\n",
    )
    assert rows(files) == [("@ana", "@harborroast", "share"), ("@bo", "@ana", "like")]
    assert files.interactions.schema == pl.Schema(INTERACTION_SCHEMA)
    assert files.interactions["at"][0] == datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert files.files[0].mapped["Username"] == "from"


def test_jsonl_and_json(tmp_path: Path) -> None:
    line = (
        '{"from": "ana", "to": "bo", "kind": "like", "at": 1761990000, "sentiment": "positive"}\n'
    )
    for name, text in (("a.jsonl", line * 2), ("a.json", f"[{line.strip()}]")):
        files = read(tmp_path, text, name)
        assert rows(files, "from", "to", "kind", "sentiment") == [("ana", "bo", "like", 1.0)]


def test_parquet_keeps_types(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"src": [1, 2], "dst": [2, 3], "ts": [1761990000, 1761990060]}).write_parquet(path)
    files = read_interactions([path])
    assert rows(files) == [("1", "2", "other"), ("2", "3", "other")]
    assert files.interactions["at"][1] == datetime(2025, 11, 1, 9, 41, tzinfo=UTC)


def test_excel(tmp_path: Path) -> None:
    path = tmp_path / "acts.xlsx"
    pl.DataFrame({"from": ["ana"], "to": ["bo"], "kind": ["RT"]}).write_excel(path)
    assert rows(read_interactions([path])) == [("ana", "bo", "share")]


def test_edge_list_packed(tmp_path: Path) -> None:
    text = b"# a comment\n1 2 1341100972 MT\n1 2 1341100972 RE\n3\t2\t1341101181\tRT\nbroken\n"
    files = read(tmp_path, gzip.compress(text), "edges.txt.gz")
    assert rows(files) == [("1", "2", "mention"), ("3", "2", "share")]
    assert files.cleaning.doubles == 1
    assert files.rejects["row"].to_list() == [5]
    assert "1 words where others have 4" in files.rejects["reason"][0]


def test_damaged_gz_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"damaged \.gz"):
        read(tmp_path, gzip.compress(b"1 2 1341100972 MT\n" * 999)[:60], "edges.txt.gz")


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"no column holds an interaction.*template interactions"):
        read(tmp_path, "name,colour\nana,red\n")


def test_bad_rows_are_rejected_with_reasons(tmp_path: Path) -> None:
    files = read(
        tmp_path,
        "from,to,kind,at,sentiment,followers\n"
        ",bo,like,2026-11-01 09:00,,\n"
        "ana,,like,2026-11-01 09:00,,\n"
        "ana,bo,like,next tuesday,,\n"
        "ana,bo,like,2026-11-01 09:00,7,\n"
        "ana,bo,like,2026-11-01 09:00,,many\n"
        "ana,bo,like,2026-11-01 09:00,-0.5,1.2K\n",
    )
    assert rows(files, "from", "sentiment", "followers") == [("ana", -0.5, 1200)]
    assert files.rejects["row"].to_list() == [1, 2, 3, 4, 5]
    assert files.rejects["column"].to_list() == ["from", "to", "at", "sentiment", "followers"]
    assert files.files[0].rows == files.files[0].kept + files.files[0].rejected == 6


def test_no_times(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to\nana,bo\nana,bo\nbo,cy\n")
    assert files.interactions.height == 3
    assert files.cleaning.untimed == 3
    assert not files.edges.timed


def test_self_loops_doubles_and_future(tmp_path: Path) -> None:
    files = read(
        tmp_path,
        "from,to,kind,at\n"
        "ana,ana,share,2026-01-01 09:30:01\n"
        "ana,@ANA,share,2026-01-01 09:30:02\n"
        "ana,bo,mention,2026-01-01 09:30:03\n"
        "ana,bo,reply,2026-01-01 09:30:03\n"
        "ana,bo,like,2026-01-01 09:30:03\n"
        "ana,bo,like,2099-01-01 09:30:03\n",
    )
    done = files.cleaning
    assert (done.self_loops, done.doubles, done.future) == (2, 1, 1)
    assert rows(files, "kind") == [("mention",), ("like",)]


def test_dates_alone_tell_no_doubles(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,kind,at\n" + "ana,bo,like,2026-01-01\n" * 3)
    assert files.interactions.height == 3


def test_ten_thousand_doubles_are_one(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,kind,at\n" + "ana,bo,like,2026-01-01 09:30:03\n" * 10_000)
    assert files.interactions.height == 1
    assert files.cleaning.doubles == 9_999


def test_unknown_kinds_are_counted(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,kind\nana,bo,boop\ncy,bo,boop\ndi,bo,\n")
    assert files.cleaning.unknown_kinds == {"boop": 2, "": 1}
    assert rows(files, "kind") == [("other",)] * 3


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        *(("RT", "share"), ("J’aime", "like"), ("いいね", "like"), ("Teilen", "share")),
        *(("+1", "like"), ("respuesta", "reply"), ("отзыв", "review")),
        *(("check-in", "attendance"), ("转发", "share")),
    ],
)
def test_kinds_in_other_languages(written: str, kind: str) -> None:
    assert kind_names()[kind_key(written)] == kind


def test_every_kind_weighs_something_unless_negative() -> None:
    for kind in kinds().values():
        assert (kind.weight == 0) == kind.negative


def test_zero_width_and_case_are_one_person(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,kind\n@Ana\u200b,bo,like\nana,@BO,like\n\ufeffANA ,bo,like\n")
    assert files.interactions["from"].unique().to_list() == ["@Ana"]
    assert files.interactions["to"].n_unique() == 1
    assert files.cleaning.merged_count > 0


def test_lookalikes_are_two_people_and_told(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,kind\ncy,@harborroast,like\ncy,@hаrborroast,like\n")
    assert files.interactions["to"].n_unique() == 2
    assert files.cleaning.lookalikes == (("@harborroast", "@hаrborroast"),)


def test_ids_as_fractions(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to\n88.0,12\n88,12.00\n1.23E+17,12\n")
    assert rows(files, "from", "to") == [("88", "12"), ("88", "12")]
    assert "lost digits" in files.rejects["reason"][0]
    frame = pl.DataFrame({"from": [1.0, 2.0**60], "to": [3, 4]})
    files = interactions_from_frame(frame)
    assert rows(files, "from", "to") == [("1", "3")]
    assert "lost digits" in files.rejects["reason"][0]


def test_times_as_small_whole_numbers_are_not_cut() -> None:
    at = pl.Series([1_750_000_000, 1_750_000_060], dtype=pl.Int32)
    files = interactions_from_frame(pl.DataFrame({"from": ["a", "b"], "to": ["b", "c"], "at": at}))
    assert files.interactions["at"].dt.epoch("s").to_list() == at.to_list()


def test_doubles_before_1970_are_left_out_once() -> None:
    acts = {"from": ["a", "a"], "to": ["b", "b"], "at": [-1_600_000_001] * 2}
    assert interactions_from_frame(pl.DataFrame(acts)).cleaning.doubles == 1


def test_post_without_person_finds_its_author(tmp_path: Path) -> None:
    files = read(tmp_path, "from,to,post\nana,bo,p1\ncy,,p1\ndi,,p2\n")
    assert rows(files, "from", "to") == [("ana", "bo"), ("cy", "bo"), ("di", None)]


def test_frame_with_wrong_columns() -> None:
    with pytest.raises(ReadError, match="from"):
        interactions_from_frame(pl.DataFrame({"a": [1]}))


def test_template_is_read_by_its_own_names(tmp_path: Path) -> None:
    files = read(tmp_path, empty_interactions_template() + "ana,bo,like,,,,,\n")
    assert files.interactions.height == 1
    assert files.files[0].unknown == ()


@pytest.mark.skipif(not HIGGS.exists(), reason="shared/data/higgs is not there")
def test_higgs_is_cleaned_as_published() -> None:
    files = read_interactions([HIGGS], keep="edges")
    assert files.files[0].rows == 563_069
    assert (files.cleaning.self_loops, files.cleaning.doubles) == (7_588, 39_944)
    assert files.edges.acts.height == 515_537
