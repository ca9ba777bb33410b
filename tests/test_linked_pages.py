"""A post's link is looked up among given pages; their barriers are findings about the post."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.linked_pages import LinkedFindings, linked_findings
from sharewise.engine.advice.page_advice import PageAdviser
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.content.pages.page_files import read_pages
from sharewise.engine.content.platforms import platform_names
from sharewise.engine.content.reading import from_frame

CANONICAL = '<link rel="canonical" href="https://harborroast.example/winter-blend">'


def linked(
    site: Path, posts: list[dict[str, str]], platforms: tuple[str, ...] = ()
) -> LinkedFindings:
    using = adviser(platforms or None)
    frame = pl.DataFrame(posts)
    files = from_frame(frame, platform_names=platform_names())
    assert files.rejects.height == 0
    return linked_findings(files.posts, read_pages([site]).pages, PageAdviser(using), using)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Pages with a canonical address, with og:url alone, and without any."""
    root = tmp_path / "site"
    (root / "events" / "cupping").mkdir(parents=True)
    noindex = '<meta name="robots" content="noindex">'
    (root / "a.html").write_text(CANONICAL + noindex, encoding="utf-8")
    og_url = '<meta property="og:url" content="https://harborroast.example/subscribe">'
    (root / "b.html").write_text(og_url, encoding="utf-8")
    (root / "events" / "cupping" / "index.html").write_text("<p>x</p>", encoding="utf-8")
    (root / "index.html").write_text("<p>home</p>", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://harborroast.example/winter-blend", "a.html"),
        ("http://www.harborroast.example/winter-blend/?utm_source=x#top", "a.html"),
        ("https://harborroast.example/subscribe", "b.html"),
        ("https://harborroast.example/b.html", "b.html"),
        ("https://harborroast.example/events/cupping/", "events/cupping/index.html"),
        ("https://harborroast.example/events/cupping/index.html", "events/cupping/index.html"),
        ("https://harborroast.example/EVENTS/Cupping", "events/cupping/index.html"),
        ("https://harborroast.example/other", None),
        ("https://harborroast.example/", None),
        ("https://[broken/a", None),
    ],
)
def test_links_find_their_pages(site: Path, link: str, page: str | None) -> None:
    found = linked(site, [{"id": "p", "text": f"Read {link} today.", "platforms": "x"}])
    named = {message.split(": ")[0] for message in found.findings["message"]}
    assert named == (set() if page is None else {str(site / page)})
    assert found.posts == (page is not None)


def test_a_finding_stands_once_a_post_and_where_its_card_is_drawn(site: Path) -> None:
    link = "https://harborroast.example/winter-blend"
    posts = [
        {"id": "both", "text": link, "platforms": "x,mastodon"},
        {"id": "one", "text": link, "platforms": "linkedin"},
        {"id": "none", "text": "no link", "platforms": "x"},
    ]
    found = linked(site, posts).findings
    noindex = found.filter(pl.col("rule") == "PAG401")
    assert noindex.select("post", "platform").rows() == [("both", "all"), ("one", "all")]
    assert set(found["platform"]) <= {"all", "x", "mastodon", "linkedin"}
    creators = found.filter(pl.col("rule") == "PAG508").select("post", "platform").rows()
    assert creators == []  # the card has no title: Mastodon draws none
    assert found["row"].to_list() == sorted(found["row"].to_list())


def test_links_beside_the_text_count_once(site: Path) -> None:
    link = "https://harborroast.example/winter-blend"
    found = linked(site, [{"id": "p", "text": link, "links": link, "platforms": "x"}]).findings
    assert found.filter(pl.col("rule") == "PAG401").height == 1


def test_the_post_and_the_page_can_both_set_a_finding_aside(site: Path) -> None:
    link = "https://harborroast.example/winter-blend"
    post = {"id": "p", "text": link, "platforms": "x", "ignore": "PAG401: members only"}
    found = linked(site, [post]).findings
    reasons = dict(found.select("rule", "suppressed").iter_rows())
    assert reasons["PAG401"] == "members only"
    page = site / "a.html"
    aside = '<meta name="sharewise:ignore" content="PAG101: no title needed">'
    page.write_text(page.read_text(encoding="utf-8") + aside, encoding="utf-8")
    reasons = dict(linked(site, [post]).findings.select("rule", "suppressed").iter_rows())
    assert reasons["PAG101"] == "no title needed"


def test_no_post_has_a_link(site: Path) -> None:
    found = linked(site, [{"id": "p", "text": "no link", "platforms": "x"}])
    assert found.findings.height == 0
    assert found.told == "0 of 0 posts with links lead to one of 4 pages given"
