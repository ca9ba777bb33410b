"""The hosts X links without a scheme: "example.com" inside "これはexample.com"."""

import re

from .characters import LATIN_ACCENTS
from .hosts import label_starts
from .later import later
from .top_level_domains import domain_end

_ASCII_LABEL_TAIL = later(
    lambda: re.compile(rf"(?<![-a-zA-Z0-9{LATIN_ACCENTS}])[-a-zA-Z0-9{LATIN_ACCENTS}]++\Z")
)
_PLAIN_HOST = re.compile(r"[-a-zA-Z0-9.]+")


def latin_hosts(domain: str) -> list[tuple[int, int]]:
    """Return (start, end) of the hosts in ``domain`` whose labels are ASCII or accented Latin."""
    if _PLAIN_HOST.fullmatch(domain):
        return [(0, len(domain))]
    labels = domain.split(".")
    starts = label_starts(labels, 0)
    ends = [0, *(domain_end(domain, start) for start in starts[1:])]
    tails = [_ASCII_LABEL_TAIL.search(label) for label in labels]
    last = len(labels) - 1
    best = [-1] * len(labels)  # the label whose dot the longest chain's domain follows
    for i in range(last - 1, -1, -1):
        follows = best[i + 1] if _whole(tails[i + 1]) else -1
        best[i] = follows if follows >= 0 else (i if ends[i + 1] else -1)
    hosts: list[tuple[int, int]] = []
    floor = 0
    for i in range(last):
        tail = tails[i]
        if tail is None or best[i] < 0 or starts[i] + len(labels[i]) <= floor:
            continue
        begin = max(starts[i] + tail.start(), floor)
        floor = ends[best[i] + 1]
        hosts.append((begin, floor))
    return hosts


def _whole(tail: re.Match[str] | None) -> bool:
    return tail is not None and tail.start() == 0
