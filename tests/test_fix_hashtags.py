"""Fixes of hashtags, by hand-worked examples."""

from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.fixes.fix_context import FixContext
from sharewise.engine.advice.fixes.hashtag_cases import camel_case_hashtags
from sharewise.engine.advice.fixes.hashtag_suggestions import (
    add_hashtags,
    outcomes_by_hashtag,
    suggest_hashtags,
)
from sharewise.engine.advice.fixes.hashtags import (
    drop_hashtags,
    drop_repeated_hashtags,
    move_hashtags,
)
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.reading import from_frame
from sharewise.engine.content.schema import POST_SCHEMA

NOWHERE = FixContext()


def post(**fields: Any) -> dict[str, Any]:
    return {**dict.fromkeys(POST_SCHEMA), **fields}


def test_capitals_in_text_description_and_list() -> None:
    given = post(
        text="New #winterblend #Coffee",
        description="All of #socialmedia",
        hashtags=["#winterblend", "coffee"],
    )
    assert camel_case_hashtags(given, NOWHERE) == {
        "text": "New #WinterBlend #Coffee",
        "description": "All of #SocialMedia",
        "hashtags": ["#WinterBlend", "coffee"],
    }
    assert camel_case_hashtags(post(text="See example.com/#winterblend"), NOWHERE) is None


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("New #Coffee today #coffee", "New #Coffee today"),
        ("New beans #Coffee #Beans #coffee", "New beans #Coffee #Beans"),
        ("I like #Coffee and more #coffee for all", "I like #Coffee and more coffee for all"),
        ("My #WinterBlend, your #WinterBlend here", "My #WinterBlend, your Winter Blend here"),
        ("Hi #a\n#b #a\nbye", "Hi #a\n#b\nbye"),
        ("Hi #a\n#a\nbye", "Hi #a\nbye"),
    ],
)
def test_each_hashtag_once(text: str, once: str) -> None:
    assert drop_repeated_hashtags(post(text=text), NOWHERE) == {"text": once}
    assert drop_repeated_hashtags(post(text=once), NOWHERE) is None


def test_each_hashtag_beside_the_text_once() -> None:
    given = post(text="New beans", hashtags=["Coffee", "#coffee", "Beans"])
    assert drop_repeated_hashtags(given, NOWHERE) == {"hashtags": ["Coffee", "Beans"]}


def allowed(most: float, **more: Any) -> FixContext:
    return FixContext(measured="hashtags.count", target=most, **more)


def test_the_least_useful_go_first() -> None:
    text = "New beans #Coffee #viral #Roast #coffee #Brew"
    generic = {"generic_tags": ("viral",)}
    assert drop_hashtags(post(text=text), allowed(4, lists=generic)) == {
        "text": "New beans #Coffee #viral #Roast #Brew"
    }
    assert drop_hashtags(post(text=text), allowed(3, lists=generic)) == {
        "text": "New beans #Coffee #Roast #Brew"
    }
    worked = {"brew": 90.0, "roast": 10.0}
    assert drop_hashtags(post(text=text), allowed(1, lists=generic, history_hashtags=worked)) == {
        "text": "New beans #Brew"
    }
    assert drop_hashtags(post(text=text), allowed(5)) is None


def test_the_brands_own_and_the_specific_stay_longest() -> None:
    given = post(
        text="Join our cupping https://harborroast.example.com/cupping",
        hashtags=["coffee", "CoffeeLover", "cupping", "CoffeeTasting", "HarborRoast"],
    )
    assert drop_hashtags(given, allowed(3)) == {
        "hashtags": ["cupping", "CoffeeTasting", "HarborRoast"]
    }
    assert drop_hashtags(given, allowed(1)) == {"hashtags": ["HarborRoast"]}


def test_tags_beside_the_text_go_too() -> None:
    given = post(text="New #Coffee", hashtags=["coffee", "Beans", "Roast"])
    assert drop_hashtags(given, allowed(2)) == {"hashtags": ["coffee", "Beans"]}


def test_those_that_say_nothing_go_where_no_number_is_asked() -> None:
    context = FixContext(lists={"generic_tags": ("viral", "fyp")})
    assert drop_hashtags(post(text="Beans #Coffee #fyp #viral"), context) == {
        "text": "Beans #Coffee"
    }


def test_hashtags_move_to_the_end() -> None:
    text = "Our #Coffee comes from #PeruvianFarms and is #good now"
    assert move_hashtags(post(text=text), NOWHERE) == {
        "text": "Our Coffee comes from Peruvian Farms and is good now\n\n"
        "#Coffee #PeruvianFarms #good"
    }
    assert move_hashtags(post(text="The #coffee is in. #Coffee #Beans"), NOWHERE) == {
        "text": "The coffee is in. #Coffee #Beans"
    }
    assert move_hashtags(post(text="Coffee #a #b"), NOWHERE) is None


def test_suggestions_are_what_worked_then_names_then_words() -> None:
    text = "Our winter blend is back: slow roasted beans from Harbor Roast. Winter is here."
    assert suggest_hashtags(text, {"winterblend": 5.0, "beans": 9.0, "tea": 100.0})[:4] == [
        "beans",
        "winterblend",
        "HarborRoast",
    ]
    assert suggest_hashtags("about there which", {}) == []
    assert suggest_hashtags("New #Espresso: espresso at https://espresso.example", {}) == []


def test_outcomes_by_hashtag_are_means_of_what_is_known() -> None:
    posts = from_frame(
        pl.DataFrame(
            {
                "id": ["a", "b", "c"],
                "text": ["One #Coffee", "Two #coffee #Beans", "Three"],
                "hashtags": [None, None, "Beans"],
                "likes": [10, 20, None],
            }
        )
    ).posts
    assert outcomes_by_hashtag(posts) == {"beans": 20.0, "coffee": 15.0}
    assert outcomes_by_hashtag(posts, "clicks") == {}


def test_as_many_suggestions_as_fit_are_added() -> None:
    mastodon = load_platforms(["mastodon"])["mastodon"]
    context = FixContext(mastodon, {"text": 55.0})
    given = post(text="Espresso machines arrived in Hamburg")
    assert add_hashtags(given, context) == {
        "text": "Espresso machines arrived in Hamburg #Hamburg #Espresso"
    }
    assert add_hashtags(post(text="It is"), context) is None


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("See the front page of the Daily News today.", ["DailyNews", "Front"]),
        ("We read The Winter Menu together.", ["WinterMenu"]),
        ("Freshly roasted, gently ground espresso", ["Ground", "Espresso"]),
        ("Seven beans from one farm #beans", []),
    ],
)
def test_no_word_twice_and_no_articles_adverbs_or_participles(
    text: str, suggested: list[str]
) -> None:
    assert suggest_hashtags(text, {}) == suggested
