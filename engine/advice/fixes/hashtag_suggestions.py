"""Suggest hashtags: from what the text says, and from what worked before."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import dropwhile, groupby

import polars as pl

from ...content.schema import OUTCOMES
from ...content.text.break_points import BreakPoints
from ...content.text.characters import SPACE_LIST
from ...content.text.entities import extract_hashtags
from ...content.text.hashtag_words import words_in_hashtag
from ...content.text.sentences import sentences
from .fields import body, body_field
from .fitting import fits_platform
from .fix_context import Changes, FixContext, Post

MOST = 10
_ADDED = 3
_SHORTEST_WORD = 5
_COMMON_WORDS = """
    about above after again against almost along already also although always among another
    anyone anything around away because become been before began behind being below best better
    between beyond both bring could does doing done down each early either else enough even ever
    every everyone everything first five found four from getting give given goes going great
    happy have having hear help here into its itself just keep know last later least less like
    little live long look looking made make making many maybe might more morning most much must
    need never next nothing once only other others over people please really right said same see
    seen several shall should since some someone something soon still such sure take taken taking
    tell than thank thanks that their them themselves then there these they thing things think
    this those though three through time times today together tomorrow tonight under until upon
    seven eight eleven twelve used using very want wants watch week weeks well were what whatever
    when where whether which while whole whose will with within without would year years
    yesterday your yours
"""
_LONGEST_NAME = 3
_BETWEEN_PHRASES = re.compile(r"[^\w\s'’-]+|\s-+\s")
_PUNCTUATION = ".,;:!?…\"'()[]{}“”‘’«»*_-–—"
_ARTICLES = frozenset(("a", "an", "the", "our", "my", "his", "her"))
_ADVERB_OR_PARTICIPLE = re.compile(r"(?<=[a-z]{3})(?:ly|ed)$")
_COMMON = frozenset(_COMMON_WORDS.split())


def suggest_hashtags(text: str, history: Mapping[str, float]) -> list[str]:
    """Return up to `MOST` hashtags without ``#`` that the text does not have, the best first.

    First those of the account's past whose words are all in the text, by their mean outcome;
    then names of several words in the text; then its words of five letters or more, the most
    frequent first, names before others, none that a tag before has. Only English words are known
    to be too common for one, and only English adverbs and participles (-ly, -ed) are told.

    Parameters
    ----------
    text
        The text of a post.
    history
        Hashtag without ``#`` → its mean outcome, see `outcomes_by_hashtag`.
    """
    there = {tag.value.lower() for tag in extract_hashtags(text)}
    said = sentences(_bare(text))
    sentences_words = [_words(sentence) for sentence in said]
    spoken = {word.lower() for words in sentences_words for word in words}
    worked = [
        tag
        for tag in sorted(history, key=lambda tag: (-history[tag], tag))
        if all(word.lower() in spoken for word in words_in_hashtag(tag) or [tag])
    ]
    suggested: dict[str, str] = {}
    for tag in (*worked, *_names(said)):
        if tag.lower() not in there:
            suggested.setdefault(tag.lower(), tag)
    taken = (*suggested.values(), *there)
    known = {word.lower() for tag in taken for word in words_in_hashtag(tag)}
    for tag in _frequent(sentences_words):
        if tag.lower() not in known | there:
            suggested.setdefault(tag.lower(), tag)
    return list(suggested.values())[:MOST]


def outcomes_by_hashtag(posts: pl.DataFrame, outcome: str | None = None) -> dict[str, float]:
    """Return hashtag in lower case → the mean ``outcome`` of the posts with it.

    Parameters
    ----------
    posts
        Past posts, a posts frame.
    outcome
        One of `schema.OUTCOMES`; None: the first of them that any post has.
    """
    known = [name for name in OUTCOMES if posts[name].null_count() < posts.height]
    if outcome is None and not known:
        return {}
    values: dict[str, list[int]] = {}
    columns = ("text", "hashtags", outcome or known[0])
    for text, given, value in posts.select(columns).iter_rows():
        if value is not None:
            in_text = (tag.value for tag in extract_hashtags(text or ""))
            for name in {tag.strip("#＃ ").lower() for tag in (*in_text, *(given or ()))}:
                values.setdefault(name, []).append(value)
    return {name: sum(found) / len(found) for name, found in sorted(values.items())}


def add_hashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the text with up to three suggested hashtags at its end, as many as fit."""
    text = body(post, context).rstrip()
    if not text:
        return None
    fits = fits_platform(post, context) or (lambda _: True)
    most = int(min(_ADDED, context.limits.get("hashtags", _ADDED)))
    tags = suggest_hashtags(text, context.history_hashtags)[:most]
    while tags:
        longer = f"{text} {' '.join(f'#{tag}' for tag in tags)}"
        if fits(longer):
            return {body_field(post, context): longer}
        tags.pop()
    return None


def _names(said: list[str]) -> list[str]:
    """Return names of two or three words as one tag: capitals inside a sentence, in a row."""
    found: Counter[str] = Counter()
    for sentence in said:
        first, *others = (_words(phrase) for phrase in _BETWEEN_PHRASES.split(sentence))
        for words in (first[1:], *others):
            for is_name, run in groupby(words, key=_is_capitalised):
                name = list(dropwhile(_is_common, run))
                if is_name and 2 <= len(name) <= _LONGEST_NAME:
                    found["".join(name)] += 1
    return [name for name, _ in found.most_common()]


def _frequent(sentences_words: list[list[str]]) -> list[str]:
    """Return single words: the most frequent first, names before others."""
    every = [word for words in sentences_words for word in words if _may_be_tag(word)]
    inside = {word.lower() for words in sentences_words for word in words[1:] if word[0].isupper()}
    counted = Counter(word.lower() for word in every)
    first = {word.lower(): word for word in reversed(every)}
    order = sorted(counted, key=lambda word: (-counted[word], word not in inside))
    return [first[word][0].upper() + first[word][1:] for word in order]


def _bare(text: str) -> str:
    """Return the text with spaces for its links, mentions and hashtags."""
    for start, end in reversed(BreakPoints(text).held):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _words(sentence: str) -> list[str]:
    stripped = (word.strip(SPACE_LIST + _PUNCTUATION) for word in sentence.split())
    return [word.removesuffix("'s").removesuffix("’s") for word in stripped if word]


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word.isalpha() and not word.isupper()


def _is_common(word: str) -> bool:
    return word.lower() in _COMMON or word.lower() in _ARTICLES


def _may_be_tag(word: str) -> bool:
    long = len(word) >= _SHORTEST_WORD and word.isalpha()
    return long and word.lower() not in _COMMON and _ADVERB_OR_PARTICIPLE.search(word) is None
