"""Hosts in a text: where one begins and ends, in time linear in the text.

The regular expressions of twitter-text backtrack without bound on hostile text; here a chain
of labels ("www.example.com") is judged from its right end in one pass, with the same result.
A host is (start, host start, end): the start is that of the scheme where there is one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from .characters import DIRECTION_MARKS, NEVER_IN_POSTS, X_SPACES
from .later import later
from .top_level_domains import domain_end

_NOT_IN_LABEL = rf"!'#%&()*+,\\./:;<=>?@\[\]\^{{|}}~${X_SPACES}{NEVER_IN_POSTS}{DIRECTION_MARKS}"
_LABEL = f"[^{_NOT_IN_LABEL}]"
_CHAIN = later(lambda: re.compile(rf"{_LABEL}++(?:\.{_LABEL}++)++"))
_DOT = re.compile(r"\.(?=[^\x00-@\[-`{-\x7f])")
_OUTSIDE_LABELS = frozenset(
    re.findall(f"[{_NOT_IN_LABEL}]", "".join(map(chr, (*range(0x3001), 0xFEFF, 0xFFFE, 0xFFFF))))
)
_EVERYDAY_HOST = re.compile(r"[a-zA-Z0-9]+(?:\.[a-zA-Z0-9]+)+")
_NOT_BEFORE_URL = frozenset(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@＠$#＃\ufffe\ufeff\uffff"
)


def chains(text: str) -> Iterator[tuple[int, int]]:
    """Yield where labels with single dots between stand, if a letter follows one of the dots."""
    done = 0
    for dot in _DOT.finditer(text):
        at = dot.start()
        if at < done:
            continue
        start = at
        while start > done and text[start - 1] not in _OUTSIDE_LABELS:
            start -= 1
            if (
                start > done + 1
                and text[start - 1] == "."
                and text[start - 2] not in _OUTSIDE_LABELS
            ):
                start -= 1
        if start < at and (chain := _CHAIN.match(text, start)):
            done = chain.end()
            yield start, done


def label_starts(labels: list[str], start: int) -> list[int]:
    """Return where each label begins when the first begins at ``start``."""
    starts = []
    for label in labels:
        starts.append(start)
        start += len(label) + 1
    return starts


def everyday_host(text: str, start: int, end: int, floor: int) -> tuple[int, int, int] | None:
    """Return what `Chain.leftmost` would say of an everyday host after a scheme, only faster."""
    scheme = _scheme_before(text, start, floor)
    if not scheme or not _EVERYDAY_HOST.fullmatch(text, start, end):
        return None
    dot = text.rfind(".", start, end)
    domain = domain_end(text, dot + 1)
    return (start - scheme, start, domain) if domain else None


@dataclass(frozen=True)
class Chain:
    """Labels with dots between, where a domain may begin at several places.

    ``ends[i]`` is where the top-level domain at the start of label i ends (0: none);
    ``reach[i]`` the last label before the top-level domain of the longest domain
    that takes label i as a whole (-1: none).
    """

    labels: list[str]
    starts: list[int]
    ends: list[int]
    reach: list[int]

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "Chain | None":
        """Read the chain text[start:end]; None where no label begins with a top-level domain."""
        labels = text[start:end].split(".")
        starts = label_starts(labels, start)
        ends = [0, *(domain_end(text, at) for at in starts[1:])]
        if not any(ends):
            return None
        reach = [-1] * (len(labels) + 1)
        for i in range(len(labels) - 2, -1, -1):
            label = labels[i]
            sound = label[0] not in "-_" and label[-1] not in "-_"
            if sound and reach[i + 1] >= 0:
                reach[i] = reach[i + 1]
            elif sound and ends[i + 1] and "_" not in label:
                reach[i] = i
        return cls(labels, starts, ends, reach)

    def leftmost(self, text: str, floor: int) -> tuple[int, int, int] | None:
        """Return (start, domain start, domain end) of the first URL at or after ``floor``."""
        if self.reach[0] >= 0 and (scheme := _scheme_before(text, self.starts[0], floor)):
            return self.starts[0] - scheme, self.starts[0], self.ends[self.reach[0] + 1]
        for i in range(max(0, bisect_right(self.starts, floor) - 1), len(self.labels) - 1):
            label, start = self.labels[i], self.starts[i]
            if label[-1] in "-_":
                continue
            if self.reach[i + 1] >= 0:
                begin, last = start, self.reach[i + 1]
            elif self.ends[i + 1]:
                begin, last = start + label.rfind("_") + 1, i
            else:
                continue
            for at in range(max(begin, floor), start + len(label)):
                if text[at] not in "-_" and _may_begin(text, at, floor):
                    at += at == 0 and _begins_later(text, label)
                    return at, at, self.ends[last + 1]
        return None


def _may_begin(text: str, at: int, floor: int) -> bool:
    if at == 0:
        return floor == 0
    return at > floor and text[at - 1] not in _NOT_BEFORE_URL


def _begins_later(text: str, label: str) -> bool:
    """X tries a text's first character as what precedes a URL before it takes it for a host's."""
    return len(label) > 1 and text[0] not in _NOT_BEFORE_URL and label[1] not in "-_"


def _scheme_before(text: str, at: int, floor: int) -> int:
    """Return the length of "http://" or "https://" before ``at`` where a URL may begin, or 0."""
    if text[at - 1 : at] != "/":
        return 0
    for scheme in ("https://", "http://"):
        begin = at - len(scheme)
        if begin >= 0 and text[begin:at].lower() == scheme and _may_begin(text, begin, floor):
            return len(scheme)
    return 0
