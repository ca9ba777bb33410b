"""Where a text may be cut: after paragraphs, sentences, words, characters.

Positions are code points; each is the end of one piece and the start of the next, the white
space between the two belonging to the first. None lies inside a URL, hashtag, mention, cashtag
or grapheme cluster.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import regex

from .characters import BREAKS, SPACES
from .entities import extract_cashtags, extract_hashtags, extract_mentions_or_lists, extract_urls
from .mastodon import shortenings
from .sentences import ABBREVIATION, CLOSERS, HIDDEN_STOP, SMALL_LETTER_FOLLOWS

_BLANKS = f"[{SPACES}]"
_PARAGRAPH = regex.compile(rf"(?:\r\n|[{BREAKS}])[^\S{BREAKS}]*+(?:\r\n|[{BREAKS}]){_BLANKS}*+")
_LINE = regex.compile(rf"(?:\r\n|[{BREAKS}]){_BLANKS}*+")
_SPACE = regex.compile(rf"{_BLANKS}++")
_CLUSTER = regex.compile(r"\X")
_SENTENCE = regex.compile(
    rf"(?<![.!?…])[.!?…]++{CLOSERS}*+{_BLANKS}++|[。！？｡।॥።፧؟۔။]++{CLOSERS}*+{_BLANKS}*+"
)
_ABBREVIATION = regex.compile(ABBREVIATION)
_SMALL_LETTER_FOLLOWS = regex.compile(SMALL_LETTER_FOLLOWS)
_NUMBERED_ITEM = regex.compile(rf"(?m)((?:^|[.!?:;]){_BLANKS}*+\p{{Nd}}{{1,2}}+)\.")
_NOT_FIRST = regex.compile(r"[\p{Po}\p{Pe}\p{Pf}\p{Sc}]")
_NOT_LAST = regex.compile(r"[\p{Ps}\p{Pi}\u0e40-\u0e44\u0ec0-\u0ec4]")


@dataclass(frozen=True)
class BreakPoints:
    """The places where ``text`` may be cut, each kind computed when asked for, in order."""

    text: str

    @cached_property
    def paragraphs(self) -> list[int]:
        """After a blank line."""
        return self._allowed(match.end() for match in _PARAGRAPH.finditer(self.text))

    @cached_property
    def sentences(self) -> list[int]:
        """After a sentence or a line."""
        marked = _ABBREVIATION.sub(rf"\1{HIDDEN_STOP}", self.text)
        marked = _SMALL_LETTER_FOLLOWS.sub(rf"{HIDDEN_STOP}\1", marked)
        marked = _NUMBERED_ITEM.sub(rf"\1{HIDDEN_STOP}", marked)
        ends = {match.end() for match in _SENTENCE.finditer(marked)}
        ends.update(match.end() for match in _LINE.finditer(self.text))
        return self._allowed(sorted(ends))

    @cached_property
    def words(self) -> list[int]:
        """After white space."""
        return self._allowed(match.end() for match in _SPACE.finditer(self.text))

    @cached_property
    def characters(self) -> list[int]:
        """After any grapheme cluster, except between what is read together.

        That is a mark and what it follows, an opening bracket and what is in it, a Thai or Lao
        vowel written before its consonant.
        """
        return [
            at
            for at in self.clusters
            if not _NOT_FIRST.match(self.text, at) and not _NOT_LAST.match(self.text, at - 1)
        ]

    @cached_property
    def clusters(self) -> list[int]:
        """After any grapheme cluster."""
        ends = self._cluster_ends
        every = range(1, len(self.text)) if ends is None else sorted(ends)
        return [at for at in every if at < len(self.text) and self._is_outside(at)]

    def _allowed(self, ends: Iterable[int]) -> list[int]:
        clusters, size = self._cluster_ends, len(self.text)
        return [
            at
            for at in ends
            if at < size and (clusters is None or at in clusters) and self._is_outside(at)
        ]

    @cached_property
    def _cluster_ends(self) -> frozenset[int] | None:
        """Return the ends of the clusters; None where each code point is one."""
        if self.text.isascii() and "\r" not in self.text:
            return None
        return frozenset(match.end() for match in _CLUSTER.finditer(self.text))

    @cached_property
    def held(self) -> list[tuple[int, int]]:
        """(start, end) of what must stay whole beside clusters, in order, without overlaps."""
        spans = sorted(
            [(one.start, one.end) for find in _FINDERS for one in find(self.text)]
            + [(start, end) for start, end, _ in shortenings(self.text)]
        )
        merged: list[tuple[int, int]] = []
        for start, end in spans:
            if merged and start < merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        return merged

    @cached_property
    def _held_starts(self) -> list[int]:
        return [start for start, _ in self.held]

    def _is_outside(self, at: int) -> bool:
        place = bisect_left(self._held_starts, at) - 1
        return place < 0 or self.held[place][1] <= at


_FINDERS = (extract_urls, extract_hashtags, extract_mentions_or_lists, extract_cashtags)


def between(points: list[int], after: int, until: int) -> list[int]:
    """Return those of the sorted ``points`` that are greater than ``after``, up to ``until``."""
    return points[bisect_right(points, after) : bisect_right(points, until)]
