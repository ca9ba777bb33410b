"""What is suggested can be pasted, clears the findings, and lets nothing of a page break out."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from sharewise.engine.advice.page_advice import PageAdviser
from sharewise.engine.advice.page_suggestions import Suggestion, suggestion
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.content.pages.markup import parsed
from sharewise.engine.content.pages.page_files import page_frame, read_pages
from sharewise.engine.content.pages.page_reading import read_page
from sharewise.engine.content.pages.share_links import share_link
from sharewise.engine.settings import Settings, settings_from_table

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
SITE = "https://harborroast.example"
SETTINGS = settings_from_table(
    {
        "brand": {
            "name": "Harbor Roast",
            "handles": ["@harborroast", "@harborroast@mastodon.example"],
        },
        "utm": {"medium": "share", "campaign": "winter-2026"},
    },
    "test",
)  # fmt: skip
MISSING_TAGS = {
    *("PAG101", "PAG107", "PAG111", "PAG112", "PAG113", "PAG114", "PAG118", "PAG121", "PAG127"),
    *("PAG201", "PAG206", "PAG217", "PAG301", "PAG307", "PAG403"),
    *("PAG501", "PAG508", "PAG509", "PAG605"),
}  # fmt: skip


def only(html: str) -> dict[str, Any]:
    return page_frame([{"file": "a.html", **read_page(html.encode())}]).row(0, named=True)


def pasted(html: str, made: Suggestion) -> str:
    head, share = "\n".join(made.head), "\n".join(made.share)
    start, end = ("<head>", "</head>") if "<head>" in html else ("<html>", "<body>")
    assert start in html
    if end == "<body>":
        html = html.replace("<html>", f"<html><head>{head}</head>", 1)
    else:
        html = html.replace(start, f"{start}{head}", 1)
    return html.replace("</body>", f"{share}</body>")


def test_applying_what_is_suggested_clears_the_findings(tmp_path: Path) -> None:
    """The bare page of the fixtures: all that is left is the language, which is an attribute."""
    site = tmp_path / "site"
    (site / "img").mkdir(parents=True)
    (site / "img/winter-blend.png").write_bytes((PAGES / "img/winter-blend.png").read_bytes())
    file = site / "roastery.html"
    file.write_text((PAGES / "roastery.html").read_text(encoding="utf-8"), encoding="utf-8")
    using = PageAdviser(adviser(settings=SETTINGS))
    before = using.read([site]).pages
    found = set(using.findings(before)["rule"])
    assert {"PAG101", "PAG107", "PAG121", "PAG201", "PAG301", "PAG605"} <= found
    made = suggestion(before.row(0, named=True), SETTINGS, SITE, site)
    file.write_text(pasted(file.read_text(encoding="utf-8"), made), encoding="utf-8")
    after = using.findings(using.read([site]).pages)
    assert after["rule"].to_list() == ["PAG126"]
    again = suggestion(using.read([site]).pages.row(0, named=True), SETTINGS, SITE, site)
    assert again.head == ()


def test_applying_to_a_page_with_some_tags_brings_nothing_new() -> None:
    using = PageAdviser(adviser(settings=SETTINGS))
    html = (PAGES / "subscribe.html").read_text(encoding="utf-8")
    before = page_frame([{"file": "a.html", **read_page(html.encode())}])
    made = suggestion({**before.row(0, named=True), "address": f"{SITE}/subscribe"}, SETTINGS)
    after = page_frame([{"file": "a.html", **read_page(pasted(html, made).encode())}])
    old, new = (using.findings(some)["rule"].unique() for some in (before, after))
    assert set(new) - set(old) <= {"PAG125"}  # the canonical address there is wrong already
    assert set(new) & MISSING_TAGS <= {"PAG217"}  # nobody but a person can describe a picture


def test_nothing_is_suggested_for_a_page_that_has_all() -> None:
    page = read_pages([PAGES / "winter-blend.html"], PAGES).pages.row(0, named=True)
    made = suggestion(page, SETTINGS)
    assert made.head == ()
    assert made.notes == ()


def test_share_links_work_and_carry_the_utm_of_the_settings() -> None:
    made = suggestion(only(f'<link rel="canonical" href="{SITE}/w?a=1"><title>W</title>'), SETTINGS)
    links = [one.get("href") for one in parsed("\n".join(made.share).encode()).matching("a")]
    assert len(links) == 11
    for link in links:
        found = share_link(link)
        assert found is not None
        assert found.form.state == "working"
        query = parse_qs(urlsplit(found.page).query)
        assert query["a"] == ["1"]
        assert query["utm_source"] == [found.form.service]
        assert query["utm_medium"] == ["share"]
        assert query["utm_campaign"] == ["winter-2026"]


def test_utm_has_defaults_and_a_source_of_ones_own() -> None:
    page = only(f'<link rel="canonical" href="{SITE}/w"><title>W</title>')
    plain = "\n".join(suggestion(page, Settings()).share)
    assert "utm_source%3Dx%26utm_medium%3Dsocial%26utm_campaign%3Dshare-button" in plain
    own = settings_from_table({"utm": {"source": "site"}}, "test")
    assert "utm_source%3Dsite" in "\n".join(suggestion(page, own).share)


def test_the_address_comes_from_the_site_or_the_only_domain(tmp_path: Path) -> None:
    (tmp_path / "blends").mkdir()
    for name in ("index.html", "blends/winter blend.html"):
        (tmp_path / name).write_text("<title>W</title>")
    pages = read_pages([tmp_path]).pages.rows(named=True)
    one = settings_from_table({"brand": {"domains": ["harborroast.example"]}}, "test")
    two = settings_from_table({"brand": {"domains": ["a.example", "b.example"]}}, "test")
    told = [suggestion(page, one, None, tmp_path).head for page in pages]
    canonicals = [re.search('rel="canonical" href="([^"]*)"', "".join(head)) for head in told]
    assert sorted(found.group(1) for found in canonicals if found) == [
        f"{SITE}/",
        f"{SITE}/blends/winter%20blend.html",
    ]
    unknown = suggestion(pages[0], two, None, tmp_path)
    assert unknown.share == ()
    assert "give the option site" in unknown.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        '"><script>alert(1)</script>',
        "'); alert(1); ('",
        "</script><script>alert(1)</script>",
        "</title><img src=x onerror=alert(1)>",
        "--><script>alert(1)</script>",
        "a\u2028b\u202ec",
        "javascript:alert(1)",
    ],
)
def test_nothing_of_a_page_breaks_out(text: str) -> None:
    page = only("<p>x</p>") | {
        **{"heading": text, "paragraph": text, "picture": text, "picture_alt": text},
        "address": f"{SITE}/w",
    }
    made = suggestion(page, SETTINGS)
    whole = parsed("\n".join([*made.head, *made.share]).encode())
    assert [one.get("type") for one in whole.named("script")] == ["application/ld+json"]
    assert not list(whole.named("img"))
    for tag in ("meta", "a", "link", "title"):
        for one in whole.matching(tag):
            assert not any(name.startswith("on") for name in one.attributes)
    hosts = {share_link(one.get("href")) is not None for one in whole.matching("a")}
    assert hosts == {True}
    assert [one.text for one in whole.named("title")] == [" ".join(text.split())]


def test_a_suggested_page_is_pasted_once_only() -> None:
    page = only('<meta property="og:title" content="W"><meta property="og:image" content="/a.png">')
    names = re.findall('(?:property|name)="([^"]+)"', "".join(suggestion(page, SETTINGS).head))
    assert "og:title" not in names
    assert "og:image" not in names
    assert pl.Series(names).n_unique() == len(names)
