"""Measures of posts, with values worked out by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl
import pytest

from sharewise.engine.content.measures.catalogue import MEASURES
from sharewise.engine.content.measures.context import AccountContext, Context
from sharewise.engine.content.measures.measuring import KEYS, measure
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.schema import POST_SCHEMA

PLATFORMS = load_platforms()


def posts(*rows: dict[str, Any]) -> pl.DataFrame:
    filled = [{"file": "f.csv", "row": i + 1} | row for i, row in enumerate(rows)]
    return pl.DataFrame(filled, schema=POST_SCHEMA)


def measured(row: dict[str, Any], platform: str, context: Context | None = None) -> dict[str, Any]:
    return measure(posts(row), PLATFORMS, [platform], context).row(0, named=True)


def test_every_measure_of_the_catalogue_comes_out_in_its_type() -> None:
    frame = measure(posts({"text": "Hello"}, {"title": "Only a title"}), PLATFORMS)
    assert frame.columns == [*KEYS, *MEASURES]
    assert {name: frame.schema[name] for name in MEASURES} == {
        name: item.dtype for name, item in MEASURES.items()
    }
    assert frame.height == 2 * 11


def test_chosen_platforms_replace_the_posts_own() -> None:
    frame = posts({"text": "a", "platforms": ["x"]}, {"text": "b"})
    own = measure(frame, PLATFORMS)
    assert own.filter(index=0)["platform"].to_list() == ["x"]
    assert own.filter(index=1).height == 11
    chosen = measure(frame, PLATFORMS, ["reddit", "x"])
    assert chosen["platform"].to_list().count("x") == 2
    assert chosen.height == 4


def test_post_is_named_by_id_else_by_file_and_row() -> None:
    frame = measure(posts({"text": "a", "id": "launch"}, {"text": "b"}), PLATFORMS, ["x"])
    assert frame["post"].to_list() == ["launch", "f.csv:2"]


def test_links_beside_the_text_cost_what_appending_costs() -> None:
    row = {"text": "Fresh roast", "links": ["https://harborexample.com/winter-blend"]}
    x = measured(row, "x")
    assert x["text.length"] == 11 + 1 + 23
    assert x["text.budget"] == "text 11, 1 link 24"
    bluesky = measured(row, "bluesky")
    assert bluesky["text.length"] == 11
    assert bluesky["links.attached"] == 1


def test_a_link_that_is_in_the_text_already_is_not_counted_twice() -> None:
    url = "https://harborexample.com/winter-blend"
    row = {"text": f"Fresh roast {url}", "links": [url]}
    x = measured(row, "x")
    assert x["text.length"] == 12 + 23
    assert (x["links.count"], x["links.in_text"], x["links.attached"]) == (1, 1, 0)


def test_hashtags_beside_the_text_are_appended_unless_there() -> None:
    row = {"text": "Fresh #Coffee", "hashtags": ["coffee", "NewBlend"]}
    x = measured(row, "x")
    assert x["hashtags.list"] == ["Coffee", "NewBlend"]
    assert x["hashtags.count"] == 2
    assert x["text.length"] == len("Fresh #Coffee #NewBlend")
    assert x["text.budget"] == "text 13, hashtags 10"


def test_repeated_and_digit_hashtags() -> None:
    x = measured({"text": "#Coffee and #coffee in #2026"}, "x")
    assert (x["hashtags.count"], x["hashtags.unique"], x["hashtags.repeated"]) == (2, 1, 1)
    assert x["hashtags.digits_only"] == 1


def test_youtube_shows_the_description() -> None:
    row = {"title": "How we roast", "text": "short", "description": "A longer film text"}
    youtube = measured(row, "youtube")
    assert youtube["text.body"] == "A longer film text"
    assert youtube["text.length"] == 18
    assert youtube["title.length"] == 12
    assert measured({"text": "short"}, "youtube")["text.body"] == "short"


def test_no_text_has_length_zero() -> None:
    x = measured({"title": "Only a title", "links": ["https://a.example.com"]}, "x")
    assert x["text.present"] is False
    assert x["text.length"] == 24


def test_over_and_left_are_held_against_the_limit() -> None:
    x = measured({"text": "a" * 300}, "x")
    assert (x["text.over"], x["text.left"], x["limit.text"]) == (20, -20, 280.0)


def test_an_account_brings_its_own_limit() -> None:
    premium = Context(accounts={"roastery": AccountContext("x", {"text": 25_000})})
    row = {"text": "a" * 300}
    assert measured(row | {"account": "roastery"}, "x", premium)["limit.text"] == 25_000
    assert measured(row, "x", premium)["limit.text"] == 25_000
    assert measured(row | {"account": "other"}, "x", premium)["limit.text"] == 280
    two = Context(
        accounts={
            "roastery": AccountContext("x", {"text": 25_000}),
            "cafe": AccountContext("x", {}),
        }
    )
    assert measured(row, "x", two)["limit.text"] == 280


def test_hook_is_what_shows_before_the_fold() -> None:
    instagram = measured({"text": "a" * 125 + "b" * 10}, "instagram")
    assert instagram["limit.fold"] == 125
    assert instagram["text.hook"] == "a" * 125
    assert instagram["text.past_fold"] == 10


def test_links_are_taken_apart() -> None:
    row = {
        "text": "See http://www.Example.com/a and bit.ly/x",
        "links": ["https://shop.example.com/?utm_source=X&utm_medium=Social&utm_campaign=w"],
    }
    x = measured(row, "x", Context(domains=("example.com",)))
    assert x["links.hosts"] == ["example.com", "bit.ly", "shop.example.com"]
    assert (x["links.insecure"], x["links.bare"]) == (1, 1)
    assert (x["links.own"], x["links.utm"], x["links.utm_missing"]) == (2, 1, 1)
    assert (x["links.utm_uppercase"], x["links.utm_medium"]) == (1, ["social"])


def test_whose_links_they_are_is_null_without_own_domains() -> None:
    x = measured({"text": "See https://example.com/a"}, "x")
    assert x["links.own"] is None
    assert x["links.utm_missing"] is None
    assert x["links.utm_partial"] == 0


def test_media_are_summed_up() -> None:
    media = [
        {"kind": "image", "width": 800, "height": 1000, "bytes": 2_000_000, "alt": "A cup"},
        {"kind": "image", "width": 1200, "height": 600, "bytes": 900_000, "alt": " "},
        {"kind": "video", "width": 1080, "height": 1920, "seconds": 61.5, "captions": False},
    ]
    ig = measured({"text": "a", "media": media}, "instagram")
    assert (ig["media.count"], ig["media.images"], ig["media.videos"]) == (3, 2, 1)
    assert (ig["media.kinds"], ig["media.without_alt"], ig["media.without_captions"]) == (2, 1, 1)
    assert ig["media.image_bytes"] == 2_000_000
    assert (ig["media.image_aspect_min"], ig["media.image_aspect_max"]) == (0.8, 2.0)
    assert (ig["media.image_side_min"], ig["media.image_side_max"]) == (600, 1200)
    assert ig["media.video_seconds"] == 61.5
    assert ig["media.video_aspect_max"] == 0.5625
    assert ig["media.alts"] == ["A cup"]


def test_no_media_is_zero_but_unknown_media_is_null() -> None:
    none = measured({"text": "a"}, "instagram")
    assert (none["media.count"], none["media.known"]) == (0, True)
    assert none["media.image_bytes"] is None
    said = measured({"text": "a", "type": "video"}, "instagram")
    assert (said["media.count"], said["media.known"]) == (None, False)


@pytest.mark.parametrize(
    ("tags", "characters"),
    [(["coffee"], 6), (["coffee", "tea"], 10), (["cold brew"], 11), ([], 0)],
)
def test_tags_are_counted_as_youtube_does(tags: Sequence[str], characters: int) -> None:
    assert measured({"text": "a", "tags": list(tags)}, "youtube")["tags.characters"] == characters


def test_hours_are_local() -> None:
    at = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    row = {"text": "a", "scheduled_at": at}
    assert measured(row, "x")["time.hour"] == 8
    berlin = Context(timezone="Europe/Berlin")
    assert (measured(row, "x", berlin)["time.hour"], measured(row, "x")["time.weekday"]) == (9, 2)
    own = Context(accounts={"sydney": AccountContext("x", {}, "Australia/Sydney")})
    assert measured(row | {"account": "sydney"}, "x", own)["time.hour"] == 19
    assert measured({"text": "a"}, "x")["time.hour"] is None
    day = {"text": "a", "scheduled_at": datetime(2026, 12, 1, tzinfo=UTC)}
    assert measured(day, "x")["time.hour"] is None
    assert measured(day, "x", berlin)["time.hour"] == 1


def test_people_are_known_or_null() -> None:
    context = Context(employees=("ana",), handles=("harborroast",))
    row = {"text": "With @HarborRoast and @other", "author": "@Ana", "rewarded": True}
    x = measured(row, "x", context)
    assert (x["author.employee"], x["author.rewarded"], x["mentions.brand"]) == (True, True, 1)
    stranger = measured({"text": "a"}, "x")
    assert (stranger["author.employee"], stranger["author.rewarded"]) == (None, None)
    assert stranger["mentions.brand"] is None


def test_one_post_alone_measures_as_it_does_in_a_batch() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "text": "Fresh #coffee https://a.example.com", "hashtags": ["x"]},
        {"id": "b", "title": "T", "description": "D", "links": ["https://b.example.com"]},
        {"id": "c", "text": "🎉 ©️ ไทย", "media": [{"kind": "image"}]},
    ]
    batch = measure(posts(*rows), PLATFORMS)
    for i, row in enumerate(rows):
        alone = measure(posts(row), PLATFORMS).drop("index")
        assert batch.filter(index=i).drop("index").equals(alone)


def test_no_rows() -> None:
    assert measure(posts(), PLATFORMS).height == 0
    assert measure(posts({"text": "a", "platforms": ["x"]}), load_platforms(["x"])).height == 1


def test_mastodon_counts_the_content_warning() -> None:
    row = {"text": "Fresh roast", "content_warning": "coffee"}
    assert measured(row, "mastodon")["text.length"] == 11 + 6
    assert measured(row, "x")["text.length"] == 11


def test_x_does_not_count_opening_mentions_and_its_own_closing_link_once_published() -> None:
    row = {"text": "@ana @ben Thanks! https://t.co/abcDEF123"}
    draft = measured(row, "x")
    assert draft["text.length"] == 10 + 8 + 23
    published = measured(row | {"published_at": datetime(2019, 1, 1, tzinfo=UTC)}, "x")
    assert published["text.length"] == 7
    assert published["text.budget"] == "text 18, 1 link 23, not counted 34"
    elsewhere = measured(row | {"published_at": datetime(2019, 1, 1, tzinfo=UTC)}, "mastodon")
    assert elsewhere["text.length"] == 41


def test_a_link_that_begins_one_in_the_text_is_another() -> None:
    row = {"text": "see https://a.co/xyz", "links": ["https://a.co/x"]}
    x = measured(row, "x")
    assert (x["links.count"], x["links.attached"]) == (2, 1)
    same = {"text": "see https://intranet.example/x.", "links": ["https://intranet.example/x"]}
    assert measured(same, "x")["links.attached"] == 0


def test_accounts_are_known_by_name_whatever_the_case_and_only_on_their_platform() -> None:
    tokyo = AccountContext("x", {"text": 25_000}, "Asia/Tokyo")
    two = Context(accounts={"Acme": tokyo, "other": AccountContext("x")})
    row = {"text": "a", "account": "@acme", "scheduled_at": datetime(2026, 1, 1, 8, tzinfo=UTC)}
    x, linkedin = measured(row, "x", two), measured(row, "linkedin", two)
    assert (x["limit.text"], x["time.hour"]) == (25_000, 17)
    assert (linkedin["limit.text"], linkedin["time.hour"]) == (3_000, 8)
    unnamed = measured(row | {"account": None}, "x", Context(accounts={"Acme": tokyo}))
    assert (unnamed["limit.text"], unnamed["time.hour"]) == (25_000, 17)


def test_thousands_of_accounts_are_no_trouble() -> None:
    many = {f"a{n}": AccountContext("x", {"text": 500}, "Asia/Tokyo") for n in range(5_000)}
    row = {"text": "a", "account": "a4999"}
    assert measured(row, "x", Context(accounts=many))["limit.text"] == 500


def test_enormous_pictures_do_not_overflow() -> None:
    media = [{"kind": "image", "width": 4_000_000_000, "height": 4_000_000_000}]
    x = measured({"text": "a", "media": media}, "x")
    assert x["media.image_pixels"] == 1.6e19
