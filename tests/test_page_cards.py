"""Preview cards are those that each platform draws, escaped, and cut where it cuts."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.page_advice import PageAdviser
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.reports.plain_text import width
from sharewise.engine.advice.reports.preview_cards import card_lines
from sharewise.engine.advice.reports.style import Style
from sharewise.engine.content.pages.card_data import load_card_forms
from sharewise.engine.content.pages.cards import Card, page_cards
from sharewise.engine.content.pages.page_files import page_frame, read_pages
from sharewise.engine.content.pages.page_measures import EVERYWHERE, measure_pages
from sharewise.engine.content.pages.page_reading import read_page
from sharewise.engine.content.platform_names import PLATFORM_IDS
from sharewise.engine.content.platforms import load_platforms

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
PLATFORMS = load_platforms()
IMAGE = '<meta property="og:image" content="https://a.example/a.png">'
LARGE = '<meta name="twitter:card" content="summary_large_image">'


def cards_of(html: str) -> dict[str, Card]:
    pages = page_frame([{"file": "a.html", **read_page(html.encode())}])
    (cards,) = page_cards(pages, PLATFORMS)
    return {platform: card for card in cards for platform in card.platforms}


def og(name: str, value: str) -> str:
    return f'<meta property="og:{name}" content="{value}">'


def sized(width: int, height: int) -> str:
    return IMAGE + og("image:width", str(width)) + og("image:height", str(height))


def test_every_platform_has_its_form() -> None:
    assert set(load_card_forms()) == set(PLATFORM_IDS)


def test_platforms_without_cards_have_none() -> None:
    drawn = cards_of(og("title", "Winter"))
    assert set(PLATFORM_IDS) - set(drawn) == {"instagram", "tiktok", "youtube"}


def test_x_prefers_its_own_tags_and_needs_a_title() -> None:
    own = '<meta name="twitter:title" content="For X">' + og("title", "For all")
    assert ("title", "For X") in cards_of(own)["x"].texts
    assert ("title", "For all") in cards_of(own)["facebook"].texts
    assert cards_of("<title>Winter</title>")["x"].kind == "link"
    assert ("title", "Winter") in cards_of("<title>Winter</title>")["facebook"].texts


@pytest.mark.parametrize(
    ("html", "platform", "kind"),
    [
        (sized(1200, 630), "facebook", "large"),
        (sized(599, 400), "facebook", "small"),
        (sized(600, 315), "facebook", "large"),
        (IMAGE, "facebook", "large"),
        ("", "facebook", "none"),
        (sized(400, 300), "linkedin", "small"),
        (sized(1200, 630), "reddit", "small"),
        (sized(1200, 630), "x", "small"),
        (sized(1200, 630) + LARGE, "x", "large"),
        (sized(299, 200) + LARGE, "x", "small"),
    ],
)  # fmt: skip
def test_kinds(html: str, platform: str, kind: str) -> None:
    assert cards_of(og("title", "Winter") + html)[platform].kind == kind


def test_the_title_is_cut_where_x_cuts() -> None:
    for length, shown in ((70, "a" * 70), (71, "a" * 69 + "…")):
        assert cards_of(og("title", "a" * length))["x"].texts[0] == ("title", shown)


def test_cards_that_look_alike_are_one() -> None:
    pages = read_pages([PAGES / "winter-blend.html"], PAGES).pages
    (cards,) = page_cards(pages, PLATFORMS)
    assert [card.platforms for card in cards] == [
        ("x", "linkedin"),
        ("facebook", "mastodon"),
        ("reddit",),
        ("pinterest", "bluesky"),
        ("threads",),
    ]


def test_a_card_in_the_terminal() -> None:
    card = Card(
        ("x",),
        "small",
        (("title", "Winter"), ("site", "a.example")),
        "https://a.example/b.png?c",
        "200×100",
    )
    assert list(card_lines([card], Style(width=30))) == [
        "  x",
        "  ┌" + "─" * 26 + "┐",
        "  │ ▒▒▒ b.png 200×100        │",
        "  │ Winter                   │",
        "  │ a.example                │",
        "  └" + "─" * 26 + "┘",
    ]  # fmt: skip


@pytest.mark.parametrize("columns", [40, 60, 100])
@pytest.mark.parametrize(
    "text",
    ["\x1b[31mred\x07", "a\u202eb", "咖啡" * 60, "word " * 200, "\n\n\t", "👩‍🚀" * 40, "a" * 500],
)
def test_every_line_of_a_card_has_one_width(text: str, columns: int) -> None:
    for kind in ("large", "small", "none", "link"):
        card = Card(("x",), kind, (("title", text), ("description", text), ("site", text)), text)
        lines = list(card_lines([card], Style(width=columns)))
        assert {width(line) for line in lines[1:]} == {min(56, columns - 4) + 4}
        assert not any(
            ord(character) < 32 or character in "\u202e\x7f" for line in lines for character in line
        )


def test_general_measures_are_known_in_the_general_row_alone() -> None:
    pages = page_frame([{"file": "a.html", **read_page(b"<title>Winter</title>")}])
    measured = measure_pages(pages, PLATFORMS)
    general = measured.filter(pl.col("platform") == EVERYWHERE)
    others = measured.filter(pl.col("platform") != EVERYWHERE)
    assert general.height == 1
    assert others["platform"].to_list() == [
        name for name in PLATFORMS if load_card_forms()[name] is not None
    ]
    for name in measured.columns:
        if name.startswith("page."):
            assert others[name].null_count() == others.height, name
        if name.startswith(("card.", "limit.")):
            assert general[name].null_count() == general.height, name


@pytest.mark.parametrize(
    ("platform", "limit", "at", "past"),
    [
        ("x", "card_title", og("title", "a" * 70), og("title", "a" * 71)),
        ("x", "card_description", og("description", "a" * 200), og("description", "a" * 201)),
        ("x", "card_image_width_min", sized(300, 300), sized(299, 300)),
        ("linkedin", "card_image_width_min", sized(401, 300), sized(400, 300)),
    ],
)
def test_card_limits_pass_at_and_fire_past(platform: str, limit: str, at: str, past: str) -> None:
    using = PageAdviser(adviser([platform]))
    enforcing = {rule.id for rule in using.rulebook.rules if f"limit.{limit}" in rule.sources}
    assert enforcing
    for html, fires in ((at, False), (past, True)):
        pages = page_frame([{"file": "a.html", **read_page(html.encode())}])
        assert bool(enforcing & set(using.findings(pages)["rule"])) is fires


@pytest.mark.parametrize(
    ("platform", "most"), [("x", 5_000_000), ("bluesky", 1_000_000), ("linkedin", 5_000_000)]
)
def test_card_pictures_pass_at_and_fire_past(tmp_path: Path, platform: str, most: int) -> None:
    using = PageAdviser(adviser([platform]))
    (tmp_path / "a.html").write_text('<meta property="og:image" content="a.png">')
    for size, fires in ((most, False), (most + 1, True)):
        with (tmp_path / "a.png").open("wb") as file:
            file.write((PAGES / "img/winter-blend.png").read_bytes())
            file.truncate(size)
        found = using.findings(read_pages([tmp_path]).pages)
        assert ("PAG506" in set(found["rule"])) is fires
