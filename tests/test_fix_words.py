"""Fixes of words, titles, labels, pictures' texts and lists, by hand-worked examples."""

from collections.abc import Mapping
from typing import Any

import pytest

from sharewise.engine.advice.fixes.alt_texts import add_alt, shorten_alt
from sharewise.engine.advice.fixes.disclosure import add_disclosure, add_label, move_disclosure
from sharewise.engine.advice.fixes.fewer_emoji import drop_emoji
from sharewise.engine.advice.fixes.fewer_mentions import drop_cashtags, drop_mentions
from sharewise.engine.advice.fixes.fix_context import FixContext
from sharewise.engine.advice.fixes.shorter_fields import (
    shorten_text,
    shorten_title,
)
from sharewise.engine.advice.fixes.shorter_lists import (
    drop_media,
    drop_tags,
    fewer_options,
    shorten_options,
)
from sharewise.engine.advice.fixes.threads import thread
from sharewise.engine.advice.fixes.titles import add_title, drop_exclamations
from sharewise.engine.advice.fixes.wording import (
    plain_letters,
    sentence_case,
    strip_invisible,
    tidy_spaces,
    unescape,
)
from sharewise.engine.content.measures.context import Context
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.schema import MEDIA_SCHEMA, POST_SCHEMA

NOWHERE = FixContext()


def post(**fields: Any) -> dict[str, Any]:
    return {**dict.fromkeys(POST_SCHEMA), **fields}


def picture(**fields: Any) -> dict[str, Any]:
    return {**dict.fromkeys(MEDIA_SCHEMA), "kind": "image", **fields}


def on(platform: str, limits: Mapping[str, float], **more: Any) -> FixContext:
    return FixContext(load_platforms([platform])[platform], limits, **more)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("New beans! #Coffee #ad", "#ad New beans! #Coffee"),
        ("New beans (Anzeige) today", "(Anzeige) New beans today"),
        ("New beans\nAd\nCome in", "Ad: New beans\nCome in"),
        ("#ad New beans", None),
        ("This ad is new", None),
        ("See #adventure and me/#ad", None),
        ("#ad", None),
    ],
)
def test_the_label_comes_first(text: str, moved: str | None) -> None:
    assert move_disclosure(post(text=text), NOWHERE) == (moved and {"text": moved})


def test_a_label_is_added_in_the_posts_language() -> None:
    assert add_disclosure(post(text="New", rewarded=True), NOWHERE) == {"text": "Ad: New"}
    assert add_disclosure(post(text="Neu", language="de-AT"), NOWHERE) == {"text": "Anzeige: Neu"}
    assert add_disclosure(post(rewarded=True), NOWHERE) == {"text": "Ad"}


def test_an_employee_says_who_pays_them() -> None:
    context = FixContext(brand=Context(employees=("ana",)), brand_name="Harbor Roast")
    assert add_disclosure(post(text="We won!", author="@Ana"), context) == {
        "text": "I work for Harbor Roast. We won!"
    }
    assert add_label(post(rewarded=True), context) == {"paid_partnership": True}
    assert add_label(post(), context) is None


def test_texts_are_cut_and_keep_their_end() -> None:
    context = on("x", {"text": 60.0})
    text = "We roasted a new blend. It tastes of plums and of much more. #Coffee https://a.com/b"
    assert shorten_text(post(text=text), context) == {
        "text": "We roasted a new blend. #Coffee https://a.com/b"
    }
    assert shorten_text(post(text="Short"), context) is None
    one_link = "https://example.com/" + "a" * 300
    assert shorten_text(post(text=one_link), on("facebook", {"text": 280.0})) is None


def test_appended_links_take_room() -> None:
    context = on("x", {"text": 40.0})
    given = post(text="Twenty characters it", links=["https://a.com/very/long/address"])
    assert shorten_text(given, context) == {"text": "Twenty…"}


def test_the_text_is_cut_to_what_the_finding_compared() -> None:
    context = on("bluesky", {"text": 300.0}, measured="text.bytes", target=9)
    assert shorten_text(post(text="éé éé éé"), context) == {"text": "éé…"}


def test_a_link_keeps_its_label_or_goes_with_it() -> None:
    text = (
        "We roasted this blend for the first cold week of the year. "
        "It tastes of plums and of dark sugar, and it will be gone by the end of the month.\n"
        "Shop: https://a.example.com/shop\nThe farm: https://a.example.com/farm\n#Coffee"
    )
    first = "We roasted this blend for the first cold week of the year."
    end = "\nShop: https://a.example.com/shop\nThe farm: https://a.example.com/farm\n#Coffee"
    assert shorten_text(post(text=text), on("facebook", {"text": 140.0})) == {"text": first + end}
    less = first + "\nShop: https://a.example.com/shop"
    assert shorten_text(post(text=text), on("facebook", {"text": 100.0})) == {"text": less}
    assert shorten_text(post(text=text), on("facebook", {"text": 60.0})) == {
        "text": "We roasted this blend for…\nShop: https://a.example.com/shop"
    }
    assert shorten_text(post(text=text), on("facebook", {"text": 30.0})) == {
        "text": "We roasted this blend for the…"
    }


def test_titles() -> None:
    assert shorten_title(post(title="A title of many words"), on("reddit", {"title": 12.0})) == {
        "title": "A title of…"
    }
    by_finding = FixContext(measured="title.length", target=9)
    assert shorten_title(post(title="A title of many words"), by_finding) == {"title": "A title…"}
    assert add_title(post(text="New beans are in. Come."), NOWHERE) == {"title": "New beans are in"}
    assert add_title(post(title="There", text="New."), NOWHERE) is None
    assert drop_exclamations(post(title="Wow!!! Yes!"), NOWHERE) == {"title": "Wow! Yes!"}


def test_threads_only_where_there_are_any() -> None:
    text = "One sentence stands here. Another one stands there."
    assert thread(post(text=text), on("x", {"text": 40.0})) == (
        "One sentence stands here. 1/2",
        "Another one stands there. 2/2",
    )
    assert thread(post(text=text), on("linkedin", {"text": 40.0})) is None
    assert thread(post(text="Short."), on("x", {"text": 40.0})) is None
    assert thread(post(text="https://a.com/" + "a" * 99), on("bluesky", {"text": 40.0})) is None


def test_words_become_readable() -> None:
    given = post(text="A  b \u200bc &amp; 𝐝", title="x  y")
    assert tidy_spaces(given, NOWHERE) == {"text": "A b \u200bc &amp; 𝐝", "title": "x y"}
    assert strip_invisible(given, NOWHERE) == {"text": "A  b c &amp; 𝐝"}
    assert unescape(given, NOWHERE) == {"text": "A  b \u200bc & 𝐝"}
    assert plain_letters(given, NOWHERE) == {"text": "A  b \u200bc &amp; d"}
    assert plain_letters(post(text="fine"), NOWHERE) is None


def test_capitals_become_ordinary() -> None:
    text = "BREAKING: THIS is GREAT. COME to #SALE @ANNA https://a.com/LOUD now"
    assert sentence_case(post(text=text), NOWHERE) == {
        "text": "Breaking: This is great. Come to #SALE @ANNA https://a.com/LOUD now"
    }


def test_emoji_become_few() -> None:
    assert drop_emoji(post(text="Wow 🎉🎉🎉 yes"), NOWHERE) == {"text": "Wow 🎉 yes"}
    assert drop_emoji(post(text="☕ a 🎉 b 👍 c 😀 d"), NOWHERE) == {"text": "a 🎉 b 👍 c 😀 d"}


def test_mentions_and_cashtags_down_to_the_limit() -> None:
    one = FixContext(limits={"mentions": 1.0, "cashtags": 1.0})
    assert drop_mentions(post(text="With @a, @b and friends @c @d"), one) == {
        "text": "With @a, b and friends"
    }
    assert drop_cashtags(post(text="Buy $AB or $CD"), one) == {"text": "Buy $AB or CD"}
    assert drop_mentions(post(text="With @a"), one) is None


def test_mentions_are_those_of_the_platform() -> None:
    text = "Hi @ada@server.example and @bob@else.example!"
    assert drop_mentions(post(text=text), on("mastodon", {"mentions": 1.0})) == {
        "text": "Hi @ada@server.example and bob@else.example!"
    }


def test_pictures_get_a_stub_to_fill_in() -> None:
    media = [picture(alt="A cup"), picture(alt="IMG_123"), picture(kind="video"), picture(alt=" ")]
    changed = add_alt(post(media=media), NOWHERE)
    assert changed is not None
    assert [item["alt"] for item in changed["media"]] == [
        "A cup",
        "(To do: say in a sentence or two what picture 2 shows)",
        None,
        "(To do: say in a sentence or two what picture 4 shows)",
    ]
    assert media[1]["alt"] == "IMG_123"
    short = shorten_alt(
        post(media=[picture(alt="A cup of coffee")]), FixContext(limits={"alt": 9.0})
    )
    assert short == {"media": [picture(alt="A cup of…")]}


def test_lists_down_to_the_limit() -> None:
    context = FixContext(limits={"tags_characters": 11.0, "poll_options": 2.0})
    assert drop_tags(post(tags=["one", "a b", "three"]), context) == {"tags": ["one", "a b"]}
    assert fewer_options(post(poll=["a", "b", "c"]), context) == {"poll": ["a", "b"]}
    cut = FixContext(limits={"poll_option_characters": 6.0})
    assert shorten_options(post(poll=["Yes", "Never ever"]), cut) == {"poll": ["Yes", "Never…"]}
    assert shorten_options(post(poll=["Never ever", "Never again"]), cut) is None
    media = [picture(), picture(kind="video"), picture()]
    images = FixContext(measured="media.images", target=1)
    assert drop_media(post(media=media), images) == {"media": media[:2]}
    every = FixContext(measured="media.count", target=2)
    assert drop_media(post(media=media), every) == {"media": media[:2]}
    assert drop_media(post(media=media), NOWHERE) is None
