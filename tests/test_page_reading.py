"""What is read off a page, and what bad input does to it."""

import contextlib
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.pages import page_files
from sharewise.engine.content.pages.addresses import is_web, page_key, scheme_of
from sharewise.engine.content.pages.images import image_format
from sharewise.engine.content.pages.page_bytes import page_text
from sharewise.engine.content.pages.page_files import read_pages
from sharewise.engine.content.pages.page_reading import PagePlace, read_page
from sharewise.engine.content.pages.parsing_cost import too_costly
from sharewise.engine.errors import ReadError

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"


def page(head: str = "", body: str = "", start: str = "<!DOCTYPE html><html>") -> dict[str, Any]:
    return read_page(f"{start}<head>{head}</head><body>{body}</body></html>".encode())


def test_a_good_page_says_everything() -> None:
    read = read_pages([PAGES / "winter-blend.html"], PAGES).pages.row(0, named=True)
    assert read["title"] == "Winter blend: cocoa, orange peel, long finish"
    assert read["title_length"] == 45
    assert read["shared_title"] == "The blend for the first cold week"
    assert read["address"] == read["canonical"] == "https://harborroast.example/winter-blend"
    assert (read["image_width"], read["image_height"]) == (1200, 630)
    assert read["image_file"] is True
    assert read["image_bytes"] == (PAGES / "img/winter-blend.png").stat().st_size
    assert read["share_services"] == ["x", "facebook", "mastodon"]
    assert read["copy_link"] is True
    assert read["web_share"] is False
    assert read["downloads"] == 1
    assert read["download_bytes"] == (PAGES / "price-list.pdf").stat().st_size
    assert read["structured_types"] == ["Product"]


def test_titles_of_drawings_do_not_count() -> None:
    assert page("<title>Winter</title>", "<svg><title>Cup</title></svg>")["titles"] == 1


def test_head_tags_count_in_the_body_too() -> None:
    read = page(body='<p>x</p><meta property="og:title" content="Late">')
    assert read["og_titles"] == 1


def test_name_and_property_are_both_read_and_told_apart() -> None:
    read = page(
        '<meta name="og:title" content="A"><meta property="twitter:card" content="summary">'
    )
    assert read["og_in_name"] == ["og:title"]
    assert read["shared_title"] == "A"
    assert read["card_type"] == "summary"


@pytest.mark.parametrize(
    ("viewport", "fits", "blocked"),
    [
        ("width=device-width, initial-scale=1", True, False),
        ("width=device-width; user-scalable=0", True, True),
        ("width=1024", False, False),
        ("width=device-width, maximum-scale=1.5", True, True),
        ("width=device-width, maximum-scale=2", True, False),
        ("width=device-width, maximum-scale=x", True, False),
    ],
)
def test_viewport(viewport: str, fits: bool, blocked: bool) -> None:
    read = page(f'<meta name="viewport" content="{viewport}">')
    assert (read["viewport_fits"], read["zoom_blocked"]) == (fits, blocked)


@pytest.mark.parametrize(
    ("robots", "noindex", "nosnippet"),
    [("NOINDEX, follow", True, False), ("none", True, False), ("all", False, False),
     ("max-image-preview: none", False, True)],
)  # fmt: skip
def test_robots(robots: str, noindex: bool, nosnippet: bool) -> None:
    read = page(f'<meta name="robots" content="{robots}">')
    assert (read["noindex"], read["nosnippet"]) == (noindex, nosnippet)


def test_a_page_of_scripts_alone_is_told_from_one_with_words() -> None:
    script = "<script>var words = 'one two three four five six seven eight nine ten'</script>"
    assert page(body=script * 10)["noscript_needed"] is True
    assert page(body=script + "word " * 25)["noscript_needed"] is False


def test_http_parts_are_counted_links_are_not() -> None:
    body = '<img src="http://a.example/a.png" alt=""><a href="http://a.example">a</a>'
    body += '<script src="http://a.example/a.js"></script><iframe src="https://a.example"></iframe>'
    assert page(body=body)["insecure_parts"] == 2


def test_downloads_are_known_by_the_end_of_their_path() -> None:
    long = "a" * 90
    html = (
        f'<a href="/x.numbers?v=2">a</a><a href="/{long}.pdf">b</a><a href="/x.pdf#page=12">c</a>'
        '<a href="/y.%70df">d</a><a href="/z.pd\nf">e</a><a href="https://a.example/?f=x.pdf">f</a>'
        '<a href="https://pages.zip">g</a><a href="/pdf">h</a><a href="/PDF.PDF">i</a>'
    )
    read = read_page(html.encode())
    assert read["downloads"] == 6
    assert read["download_formats"] == ["numbers", "pdf"]
    assert f"{long[:76]}.pdf" in read["downloads_unnamed"]


def test_downloads_say_format_and_size() -> None:
    body = (
        '<a href="a.pdf">Menu (PDF, 200 kB)</a><a href="/b.pdf?v=2">Prices (PDF)</a>'
        '<a href="c.docx">Terms</a><a href="d.png">Large picture</a>'
        '<a href="e.png" download>Logo (PNG, 1.2 MB)</a><a href="f.html">Page</a>'
    )
    read = page(body=body)
    assert read["downloads"] == 4
    assert read["download_formats"] == ["pdf", "docx", "png"]
    assert read["downloads_unsized"] == ["b.pdf"]
    assert read["downloads_unnamed"] == ["c.docx"]
    assert read["downloads_closed"] == ["c.docx"]


def test_suppressions_are_read_from_a_meta_tag() -> None:
    read = page('<meta name="sharewise:ignore" content="PAG401: for members; PAG2">')
    assert read["ignore"] == [
        {"rule": "PAG401", "reason": "for members"},
        {"rule": "PAG2", "reason": "no reason given"},
    ]
    wrong = page('<meta name="sharewise:ignore" content="everything please">')
    assert wrong["ignore"] is None
    assert "is not a rule" in wrong["warning"]


@pytest.mark.parametrize(
    ("address", "name"),
    [("a.JPG?x=1", "jpeg"), ("https://a.example/a.svgz", "svg"), ("a", None), ("a.php", None),
     ("data:image/svg+xml,<svg>", "svg"), ("https://[x", None)],
)  # fmt: skip
def test_image_format(address: str, name: str | None) -> None:
    assert image_format(address) == name


def test_pictures_outside_of_the_site_are_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes((PAGES / "img/cup.png").read_bytes())
    site = tmp_path / "site"
    site.mkdir()
    (site / "link.png").symlink_to(tmp_path / "secret.png")
    for address in ("../secret.png", "%2e%2e/secret.png", "link.png", "/../secret.png",
                    "file:///etc/passwd", str(tmp_path / "secret.png")):  # fmt: skip
        (site / "a.html").write_text(f'<meta property="og:image" content="{address}">')
        read = read_pages([site]).pages.row(0, named=True)
        assert read["image_bytes"] is None, address


# addresses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.harborroast.example/winter/", "http://harborroast.example/winter"),
        ("https://HARBORROAST.example/a?b=1&utm_source=x#c", "https://harborroast.example/a?b=1"),
        ("https://harborroast.example/", "https://harborroast.example/index.html"),
        ("https://harborroast.example/a?b=1&a=2", "https://harborroast.example/a?a=2&b=1"),
    ],
)
def test_addresses_of_one_page(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


def test_addresses_of_two_pages() -> None:
    assert page_key("https://a.example/a?id=1") != page_key("https://a.example/a?id=2")
    assert page_key("https://a.example/A") != page_key("https://a.example/a")


@pytest.mark.parametrize(
    ("address", "scheme"),
    [("java\nscript:alert(1)", "javascript:"), (" JavaScript:x", "javascript:"), ("/a:b", ""),
     ("data:text/html,x", "data:"), ("//a.example", ""), ("", "")],
)  # fmt: skip
def test_schemes(address: str, scheme: str) -> None:
    assert scheme_of(address) == scheme


@given(st.text())
def test_any_text_can_stand_for_an_address(text: str) -> None:
    page_key(text)
    is_web(text)
    scheme_of(text)


# encodings


@pytest.mark.parametrize(
    ("data", "title"),
    [
        ('<meta charset="iso-8859-1"><title>Café</title>'.encode("latin-1"), "Café"),
        ('<meta charset="windows-1251"><title>Кофе</title>'.encode("cp1251"), "Кофе"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'
         "<title>珈琲</title>".encode("shift_jis"), "珈琲"),
        ("<title>Café</title>".encode("utf-16"), "Café"),
        ("<title>Café</title>".encode("utf-16-le"), "Café"),
        ("<title>Café</title>".encode("cp1252"), "Café"),
        ("\ufeff<title>Café</title>".encode(), "Café"),
        ('<meta charset="utf-16"><title>Café</title>'.encode(), "Café"),
        ('<meta charset="no-such"><title>Café</title>'.encode(), "Café"),
        (b'<meta charset="utf-8"><title>Caf\xe9</title>', "Caf\ufffd"),
        (b'<meta charset="utf-7"><title>+ADw-script+AD4-</title>', "+ADw-script+AD4-"),
        (b'<meta charset="rot13"><title>Coffee</title>', "Coffee"),
        (b"<title>Cof\0fee</title>", "Coffee"),
    ],
)  # fmt: skip
def test_encodings(data: bytes, title: str) -> None:
    assert read_page(data)["title"] == title


def test_a_late_declaration_is_heeded_and_told() -> None:
    data = b"<!--" + b"x" * 1100 + b'--><meta charset="iso-8859-1"><title>Caf\xe9</title>'
    read = read_page(data)
    assert read["title"] == "Café"
    assert read["charset_named"] is False


# bad input


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF, not a page"),
        (b"\n\n%PDF-1.7", "a PDF, not a page"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"\x1f\x8b\x08", "gzip"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_page(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 200_000,
        b"<ul><li>" * 100_000,
        b"<div></x>" * 100_000,
        b"<b><div>" * 60_000,
        b"<div>" * 30_000 + b"</span>" * 60_000,
        b"<p " + b" ".join(b"a%d" % n for n in range(40_000)) + b">",
        b'<p a="' + b'"b="'.join(b"%d" % n for n in range(40_000)) + b'">',
        b"<p " + b"/".join(b"a%d" % n for n in range(40_000)),
    ],
)
def test_what_would_take_minutes_is_refused_at_once(data: bytes) -> None:
    with pytest.raises(ReadError, match="can't be read in time"):
        read_page(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 3_000 + b"text",
        b"<p>" * 200_000,
        b"<a href=x>" * 60_000,
        b"<!--" * 200_000,
        b"<" * 1_000_000,
        b"&amp;" * 1_000_000,
        b"<table><tr><td>" * 5_000,
        b"<script>" + b"<div>" * 5_000,
        b"<meta property='og:title' content='" + b"x" * 5_000_000 + b"'>",
        b"<svg><p>" * 3_000,
        b"<!DOCTYPE html [" + b"<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>" * 1_000 + b"]>&b;",
        b"<style>" + b"a{b:c}" * 500_000,
        b"<p>x" * 100_000 + b"</div>" * 100_000,
        b"<title>" * 100_000,
        b"<select><option>" * 3_000,
        b"\xff\xfe" + "<p>".encode("utf-16-le") * 100_000,
        b"<p a='" + b"<>" * 500_000,
    ],
)  # fmt: skip
def test_what_is_malformed_is_read_in_bounded_time(data: bytes) -> None:
    start = time.process_time()
    assert read_page(data)["bytes"] == len(data)
    assert time.process_time() - start < 20  # far more than it takes; a hang is what it finds


def test_a_long_block_of_json_is_no_tag_with_many_attributes() -> None:
    data = '<script type="application/ld+json">{"a": [' + '"b c", ' * 20_000 + '"d"]}</script>'
    assert too_costly(data.encode()) is None
    assert read_page(data.encode())["structured_broken"] == 0


def test_entities_are_only_those_of_html() -> None:
    read = page(
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><title>&y;&amp;&eacute;</title>"
    )
    assert read["title"] == "&y;&é"


def test_script_text_that_looks_like_tags_is_no_tag() -> None:
    written = '<meta property="og:title" content="x"><title>y</title>'
    script = f"<script>document.write('{written}')</script>"
    read = page(script + "<!-- <title>z</title> -->", "<textarea><title>w</title></textarea>")
    assert (read["og_titles"], read["titles"], read["title"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("width", "height", "declared", "wrong"),
    [("1200", "630", True, False), ("0", "0", False, True), ("-5", "630", False, True),
     ("1e9", "630", False, True), ("9" * 400, "630", False, True), ("", "", False, False),
     ("1200px", "630 px", True, False), ("٣", "630", False, True)],
)  # fmt: skip
def test_declared_sizes(width: str, height: str, declared: bool, wrong: bool) -> None:
    read = page(
        '<meta property="og:image" content="https://a.example/a.png">'
        f'<meta property="og:image:width" content="{width}">'
        f'<meta property="og:image:height" content="{height}">'
    )
    assert (read["image_declared"], read["image_declared_wrong"]) == (declared, wrong)


def test_a_deep_or_broken_json_ld_is_counted_not_followed() -> None:
    deep = '<script type="application/ld+json">' + "[" * 100_000 + "</script>"
    assert page(deep)["structured_broken"] == 1


# files


def test_a_folder_is_read_whole_and_what_is_no_page_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.HTM").write_text("<title>B</title>")
    (tmp_path / "a.html").write_text("<title>A</title>")
    (tmp_path / "c.html").write_bytes(b"%PDF-1.7")
    (tmp_path / "d.html").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("no page")
    read = read_pages([tmp_path])
    assert read.pages["title"].to_list() == ["A", "B"]
    assert read.rejects["reason"].to_list() == ["a PDF, not a page", "empty: there is no page"]
    assert (read.files[0].rows, read.files[0].kept, read.files[0].rejected) == (4, 2, 2)


def test_a_file_over_the_limit_is_set_aside(tmp_path: Path) -> None:
    large = tmp_path / "large.html"
    with large.open("wb") as file:
        file.write(b"<title>L</title>")
        file.truncate(50_000_000)
    read = read_pages([large])
    assert read.rejects["reason"].to_list() == ["50 MB; pages up to 10 MB are read"]


def test_a_page_at_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_files, "MAX_BYTES", 1_000)
    for size, kept in ((1_000, 1), (1_001, 0)):
        path = tmp_path / "a.html"
        path.write_bytes(b"<title>A</title>".ljust(size))
        assert read_pages([path]).pages.height == kept


def test_sources_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        read_pages([tmp_path / "none.html"])
    with pytest.raises(ReadError, match="no page in it"):
        read_pages([tmp_path])


def test_no_other_file_is_looked_at_for_a_page_without_one() -> None:
    read = read_page(b'<meta property="og:image" content="/etc/hostname">', PagePlace())
    assert read["image_file"] is None


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_refused(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert read_page(data)["bytes"] == len(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_text_is_always_utf_8(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        page_text(data).html.decode("utf-8")
