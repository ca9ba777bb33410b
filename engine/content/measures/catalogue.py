"""The catalogue of measures: name, type, unit and meaning; rules and docs are held to it."""

from dataclasses import dataclass

import polars as pl

from ..platforms import LIMIT_NAMES
from .no_texts import TEXTS

INT, FLOAT, TEXT, FLAG = pl.Int64(), pl.Float64(), pl.String(), pl.Boolean()


@dataclass(frozen=True)
class Measure:
    """A number or text read off a post for one platform; ``unit`` is empty for plain counts."""

    name: str
    dtype: pl.DataType
    unit: str
    what: str


def measures(prefix: str, rows: list[tuple[str, pl.DataType, str, str]]) -> dict[str, Measure]:
    """Return measures by name from rows of name, type, unit and meaning."""
    return {
        prefix + name: Measure(prefix + name, dtype, unit, what) for name, dtype, unit, what in rows
    }


_TEXT = measures("text.", [
    ("body", TEXT, "", "the text as it will appear"),
    ("present", FLAG, "", "whether there is any text"),
    ("length", INT, "the platform's unit", "length there, with what must be appended"),
    ("unit", TEXT, "", "the platform's unit of length"),
    ("over", INT, "the platform's unit", "length beyond the limit; negative: room left"),
    ("left", INT, "the platform's unit", "room left within the limit"),
    ("budget", TEXT, "", "what used the length"),
    ("characters", INT, "code points", "length in code points"),
    ("graphemes", INT, "graphemes", "length in characters as a reader sees them"),
    ("utf16", INT, "UTF-16 units", "length in UTF-16 code units"),
    ("bytes", INT, "bytes", "length in UTF-8 bytes"),
    ("weighted", INT, "weighted characters", "length as X weighs it"),
    ("words", INT, "words", "number of words"),
    ("lines", INT, "lines", "number of lines"),
    ("sentences", INT, "sentences", "number of sentences"),
    ("letters", INT, "letters", "number of letters"),
    ("capitals_share", FLOAT, "share", "capitals among the letters that have case"),
    ("capital_words", INT, "words", "words of four or more letters, all capitals"),
    ("emoji", INT, "emoji", "number of emoji"),
    ("emoji_run", INT, "emoji", "longest run of emoji with nothing between"),
    ("emoji_bullets", INT, "lines", "lines that start with an emoji, where two or more do"),
    ("styled_letters", INT, "characters", "letters from mathematical or full-width alphabets"),
    ("invisible", INT, "characters", "zero-width and direction-changing characters"),
    ("exclamations", INT, "marks", "exclamation marks"),
    ("questions", INT, "marks", "question marks"),
    ("first_line", TEXT, "", "the first line"),
    ("first_sentence", TEXT, "", "the first sentence"),
    ("hook", TEXT, "", "what shows before the platform cuts the text"),
    ("past_fold", INT, "characters", "characters behind the cut"),
])  # fmt: skip

_WORDS = measures("", [
    ("title.text", TEXT, "", "the title"),
    ("title.present", FLAG, "", "whether there is a title"),
    ("title.length", INT, "characters", "length of the title"),
    ("description.length", INT, "characters", "length of the description"),
    ("hashtags.count", INT, "hashtags", "hashtags in the text and beside it"),
    ("hashtags.unique", INT, "hashtags", "different hashtags, whatever their case"),
    ("hashtags.repeated", INT, "hashtags", "hashtags that stand there once more"),
    ("hashtags.list", TEXTS, "", "hashtags as written"),
    ("hashtags.names", TEXTS, "", "hashtags in lower case"),
    ("hashtags.digits_only", INT, "hashtags", "hashtags of digits alone"),
    ("hashtags.uncased", TEXTS, "", "hashtags of several words with no inner capital"),
    ("hashtags.uncased_count", INT, "hashtags", "number of such hashtags"),
    ("hashtags.inline", INT, "hashtags", "hashtags inside sentences"),
    ("hashtags.first", FLAG, "", "whether the text starts with a hashtag"),
    ("hashtags.longest", INT, "characters", "length of the longest hashtag"),
    ("hashtags.share", FLOAT, "share", "hashtags in the text among its words"),
    ("mentions.count", INT, "mentions", "accounts mentioned"),
    ("mentions.list", TEXTS, "", "accounts mentioned, as written"),
    ("mentions.first", FLAG, "", "whether the text starts with a mention"),
    ("mentions.brand", INT, "mentions", "own handles mentioned"),
    ("cashtags.count", INT, "cashtags", "cashtags in the text"),
])  # fmt: skip

_LINKS = measures("links.", [
    ("count", INT, "links", "links in the text and beside it"),
    ("unique", INT, "links", "different links"),
    ("repeated", INT, "links", "links that stand there once more"),
    ("list", TEXTS, "", "links as written"),
    ("hosts", TEXTS, "", "their hosts, lower case, without www."),
    ("in_text", INT, "links", "links in the text"),
    ("attached", INT, "links", "links given beside the text"),
    ("longest", INT, "characters", "length of the longest link"),
    ("insecure", INT, "links", "links with http://"),
    ("bare", INT, "links", "links without https:// or http://"),
    ("query", TEXTS, "", "their query strings, lower case"),
    ("utm", INT, "links", "links with source, medium and campaign"),
    ("utm_partial", INT, "links", "links with some of source, medium and campaign, not all"),
    ("utm_missing", INT, "links", "links to own domains without all three"),
    ("utm_uppercase", INT, "links", "links whose utm values have capitals or spaces"),
    ("utm_medium", TEXTS, "", "the utm_medium values, lower case"),
    ("own", INT, "links", "links to own domains"),
])  # fmt: skip

_MEDIA = measures("media.", [
    ("known", FLAG, "", "whether it is known what media the post has"),
    ("count", INT, "items", "media items"),
    ("kinds", INT, "kinds", "different kinds of media"),
    ("images", INT, "images", "still images"),
    ("gifs", INT, "images", "animated images"),
    ("videos", INT, "videos", "videos"),
    ("documents", INT, "documents", "documents"),
    ("image_bytes", INT, "bytes", "size of the largest image"),
    ("gif_bytes", INT, "bytes", "size of the largest animated image"),
    ("video_bytes", INT, "bytes", "size of the largest video"),
    ("document_bytes", INT, "bytes", "size of the largest document"),
    ("document_pages", INT, "pages", "pages of the longest document"),
    ("video_seconds", FLOAT, "seconds", "length of the longest video"),
    ("video_seconds_min", FLOAT, "seconds", "length of the shortest video"),
    ("image_width_min", INT, "pixels", "width of the narrowest image"),
    ("image_width_max", INT, "pixels", "width of the widest image"),
    ("image_side_min", INT, "pixels", "shortest side of any image"),
    ("image_side_max", INT, "pixels", "longest side of any image"),
    ("image_pixels", FLOAT, "pixels", "pixels of the largest image"),
    ("image_aspect_min", FLOAT, "width / height", "of the tallest image"),
    ("image_aspect_max", FLOAT, "width / height", "of the widest image"),
    ("video_aspect_min", FLOAT, "width / height", "of the tallest video"),
    ("video_aspect_max", FLOAT, "width / height", "of the widest video"),
    ("video_side_min", INT, "pixels", "shortest side of any video"),
    ("alts", TEXTS, "", "alternative texts"),
    ("without_alt", INT, "images", "images without alternative text"),
    ("alt_longest", INT, "characters", "length of the longest alternative text"),
    ("without_captions", INT, "videos", "videos not known to have captions"),
    ("cover", FLAG, "", "whether a cover image is given"),
])  # fmt: skip

_POST = measures("", [
    ("poll.options", INT, "options", "options of the poll"),
    ("poll.longest", INT, "characters", "length of the longest option"),
    ("tags.count", INT, "tags", "tags given for search"),
    ("tags.characters", INT, "characters", "their length as YouTube counts it"),
    ("type", TEXT, "", "type of the post"),
    ("goal", TEXT, "", "goal of the post"),
    ("campaign", TEXT, "", "campaign"),
    ("series", TEXT, "", "series"),
    ("part", INT, "", "number within the series"),
    ("parts", INT, "", "parts of the series"),
    ("author", TEXT, "", "who posts it"),
    ("account", TEXT, "", "account it is posted from"),
    ("location", TEXT, "", "place"),
    ("author.employee", FLAG, "", "whether the author works for the brand"),
    ("author.rewarded", FLAG, "", "whether the author is rewarded for it"),
    ("post.board", TEXT, "", "board"),
    ("post.flair", TEXT, "", "flair"),
    ("post.community", TEXT, "", "community or subreddit"),
    ("post.content_warning", TEXT, "", "content warning"),
    ("post.language", TEXT, "", "language"),
    ("post.made_for_kids", FLAG, "", "whether the film is declared as made for children or not"),
    ("post.ai_generated", FLAG, "", "whether it shows what a machine made"),
    ("post.paid_partnership", FLAG, "", "whether the platform's own label is set"),
    ("time.known", FLAG, "", "whether it has a time"),
    ("time.hour", INT, "hours", "hour of the day, local; null for a date alone"),
    ("time.weekday", INT, "days", "day of the week, 1 = Monday, local"),
    ("platform.kind", TEXT, "", "news, video or network"),
])  # fmt: skip

_CALENDAR = measures("calendar.", [
    ("hour_posts", INT, "posts", "posts of the account there in the hour up to this one"),
    ("three_hours_posts", INT, "posts", "posts there in the three hours up to this one"),
    ("day_posts", INT, "posts", "posts there in the 24 hours up to this one"),
    ("week_posts", INT, "posts", "posts there in the seven days up to this one"),
    ("link_posts_30d", INT, "posts", "posts with a link there in the 30 days up to this one"),
    ("known_days", FLOAT, "days", "since the first post there that is known"),
    ("gap_days", FLOAT, "days", "since the post before there"),
    ("gap_minutes", FLOAT, "minutes", "since the post before there"),
    ("same_text_days", FLOAT, "days", "since the same words there, links and case aside"),
    ("exact_text_days", FLOAT, "days", "since the same text with the same links there"),
    ("near_text_days", FLOAT, "days", "since nearly the same words there"),
    ("same_image_days", FLOAT, "days", "since one of its pictures was there"),
    ("same_everywhere", INT, "platforms", "other platforms that are to have the same words"),
])  # fmt: skip

_SERIES = measures("series.", [
    ("previous_known", FLAG, "", "whether the part before is among the posts there"),
    ("missing_part", FLAG, "", "whether a part between the first known and this one is missing"),
    ("repeated_part", FLAG, "", "whether the same part comes there before this one"),
    ("order_ok", FLAG, "", "whether it comes after all lower parts"),
    ("gap_days", FLOAT, "days", "since the part before; negative: it comes earlier"),
    ("links_previous", FLAG, "", "whether it has a link of the part before"),
])  # fmt: skip

OVER_POSTS: frozenset[str] = frozenset(_CALENDAR | _SERIES)
"""Measures of a post among the others of its batch."""

_PART = measures("series.", [
    ("part_before", INT, "", "number of the part before"),
    ("names_part", FLAG, "", "whether title or text say which part it is"),
])  # fmt: skip

_LIMITS = {
    f"limit.{name}": Measure(f"limit.{name}", FLOAT, "", f"the platform's or account's {name}")
    for name in LIMIT_NAMES
}

MEASURES: dict[str, Measure] = (
    _TEXT | _WORDS | _LINKS | _MEDIA | _POST | _CALENDAR | _SERIES | _PART | _LIMITS
)
