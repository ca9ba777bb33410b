"""Rows that are rejected: each with its place, its value and what to write instead."""

from pathlib import Path

import pytest

from sharewise.engine.content.reading import PostFiles, read_posts

PLATFORMS = {"x": "x", "twitter": "x", "facebook": "facebook"}


def read(path: Path, content: str | bytes) -> PostFiles:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    files = read_posts([path], platform_names=PLATFORMS)
    entry = files.files[0]
    assert entry.rows == entry.kept + entry.rejected
    assert (entry.kept, entry.rejected) == (files.posts.height, files.rejects.height)
    return files


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("scheduled_at", "next tue", "'next tue' is not a date; write 2026-12-01 09:00"),
        ("likes", "NaN", "'NaN' is not a number"),
        ("likes", "-3", "'-3' is out of range; write a whole number, 0 or more"),
        ("part", "0", "'0' is out of range; write a whole number, 1 or more"),
        ("media_width", "wide", "'wide' is not a number"),
        ("media_seconds", "inf", "'inf' is not a duration"),
        ("media_captions", "perhaps", "'perhaps' is neither yes nor no; write true or false"),
        ("rewarded", "perhaps", "'perhaps' is neither yes nor no; write true or false"),
        ("link", "see our page", "'see' is not a link; write https://example.com/page"),
        ("platform", "x;myspace", "'myspace' is not a platform; write one of x, facebook"),
        ("type", "zine", "'zine' is not a type; write one of text, link, image"),
        ("goal", "money", "'money' is not a goal; write one of sharing, brand, leads"),
        ("ignore", "all of it", "is not a rule; write LNK201: reason"),
        ("note", "a\x00b", "NUL"),
    ],
)
def test_bad_value_rejects_its_row_and_no_other(
    tmp_path: Path, column: str, value: str, reason: str
) -> None:
    files = read(tmp_path / "a.csv", f"id,text,{column}\n1,good,\n2,bad,{value}\n3,good,\n")
    assert files.posts["id"].to_list() == ["1", "3"]
    row = files.rejects.row(0, named=True)
    assert (row["file"], row["row"], row["column"]) == (str(tmp_path / "a.csv"), 2, column)
    assert row["value"] == value.replace("\x00", "\\u0000")
    assert reason in row["reason"]


def test_row_with_nothing_to_post_is_rejected_and_a_title_alone_is_enough(tmp_path: Path) -> None:
    files = read(
        tmp_path / "a.csv",
        "id,text,title,link,media,description\n"
        "1,,A title,,,\n2,,,a.example/x,,\n3,,,,a.jpg,\n4, ,,,,\n5,,,,,What it is\n",
    )
    assert files.posts["id"].to_list() == ["1", "2", "3", "5"]
    assert files.rejects.select("row", "reason").rows() == [
        (4, "nothing to post: no text, title, description, link or media")
    ]


def test_blank_records_are_no_rows_but_count_in_the_numbering(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", "id,text\n1,a\n\n,\n2,b\n\n")
    assert files.posts.select("row", "text").rows() == [(1, "a"), (4, "b")]
    assert files.files[0].rows == 2


def test_ragged_records_are_rejected_and_reading_goes_on(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", "id,text\n1,a\n2,b,c\n3\n4,d\n")
    assert files.posts["id"].to_list() == ["1", "4"]
    assert files.rejects.select("row", "value").rows() == [(2, "2,b,c"), (3, "3")]
    assert "3 cells where the header has 2" in files.rejects["reason"][0]


def test_quotation_mark_never_closed_costs_one_row(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", 'id,text\n1,a\n2,"b\n3,c\n4,d\n')
    assert files.posts["id"].to_list() == ["1", "3", "4"]
    assert files.rejects["row"].to_list() == [2]
    assert "never closed" in files.rejects["reason"][0]


def test_quotation_mark_inside_quoted_text_costs_one_row(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", 'id,text\n1,"a "b" c"\n2,"d ""e"" f"\n')
    assert files.posts["text"].to_list() == ['d "e" f']
    assert "write it twice" in files.rejects["reason"][0]


def test_bad_lines_amid_good_json_lines(tmp_path: Path) -> None:
    lines = [
        '{"text": "one"}',
        "{bad",
        "",
        "[1]",
        '"text"',
        '{"text": "a"} {"text": "b"}',
        '{"text": ["a list"]}',
        '{"text": NaN}',
        '{"text": "a", "likes": Infinity}',
        '{"text": "half \\ud800"}',
        '{"text": "nul \\u0000"}',
        '{"text": "a", "hashtags": ["nul \\u0000"]}',
        '{"text": "a", "hashtags": ["half \\udfff"]}',
        '{"\\ud800": 1, "text": "a"}',
        '{"text": ' + "[" * 20_000 + "]" * 20_000 + "}",
        '{"text": "a", "likes": ' + "9" * 5_000 + "}",
        '{"text": "whole \\ud83d\\ude00", "id": 12345678901234567890123}',
    ]
    files = read(tmp_path / "a.jsonl", "\n".join(lines))
    assert files.posts.select("row", "id", "text").rows() == [
        (1, None, "one"),
        (17, "12345678901234567890123", "whole 😀"),
    ]
    assert files.rejects["row"].to_list() == [2, *range(4, 17)]
    reasons = dict(files.rejects.select("row", "reason").rows())
    assert "not JSON" in reasons[2]
    assert "U+D800" in reasons[10]
    assert "NUL" in reasons[11]
    assert "too deep" in reasons[15]


def test_elements_of_an_array_that_are_no_posts(tmp_path: Path) -> None:
    files = read(tmp_path / "a.json", '[{"text": "a"}, 5, null, {"text": {"a": 1}}]')
    assert files.posts["text"].to_list() == ["a"]
    assert files.rejects["row"].to_list() == [2, 3, 4]


def test_bytes_that_are_not_utf8_cost_their_rows_only(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", "id,text\n1,日本語 ☕\n2,x".encode() + b"\xff\n3,\xc3\xbc\n")
    assert files.posts["id"].to_list() == ["1", "3"]
    assert "the byte 0xff is not UTF-8" in files.rejects["reason"][0]


def test_text_of_ten_megabytes_is_rejected_and_the_longest_allowed_is_read(tmp_path: Path) -> None:
    content = f"id,text\n1,{'x' * 10_000_000}\n2,{'é' * 200_000}\n3,{'é' * 200_001}\n"
    files = read(tmp_path / "a.csv", content)
    assert files.posts["id"].to_list() == ["2"]
    assert "10000000 characters; at most 200000 are read" in files.rejects["reason"][0]
    assert len(files.rejects["value"][0]) < 300


def test_shown_values_carry_no_control_characters(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", "text,likes\na,\x1b[31mred\x07\n")
    assert files.rejects["value"].to_list() == ["\\u001b[31mred\\u0007"]
    assert files.rejects["reason"][0].isprintable()


def test_rejected_row_does_not_take_its_id_along(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", "id,text,likes\n1,a,lots\n1,b,3\n")
    assert files.posts["text"].to_list() == ["b"]
    assert files.rejects["column"].to_list() == ["likes"]


def test_names_of_platforms_are_any_where_none_are_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,platform\na,MySpace\n")
    assert read_posts([path]).posts["platforms"].to_list() == [["myspace"]]


def test_aliases_of_platforms_become_ids_each_once(tmp_path: Path) -> None:
    files = read(tmp_path / "a.csv", 'text,platform\na,"Twitter, X | facebook"\n')
    assert files.posts["platforms"].to_list() == [["x", "facebook"]]
