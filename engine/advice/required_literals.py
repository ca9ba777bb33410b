r"""Words of which a text must hold at least one to match a pattern.

``\btag (a|your) friends?\b`` needs ``tag a friend`` or ``tag your friend``. With them one pass
over the texts finds the few that any pattern needs to be tried on. Case is left out of account:
the answer is right for patterns with and without ``(?i)``, if ASCII letters are compared
without case and texts with one of `FOLDING` are tried anyway.

References
----------
Cox: Regular expression matching with a trigram index (2012), for the idea.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

FOLDING = ("\u017f", "\u212a")
"""The letters beyond ASCII that match ASCII ones without case: long s and the Kelvin sign."""

SHORTEST = 2
_MOST = 48
_FLAGS = re.compile(r"\(\?([imsU]+)(:|\))")
_GROUP = re.compile(r"\((\?:|\?P?<[A-Za-z_]\w*>)?")
_REPEAT = re.compile(r"([?*+]|\{(\d+)(,\d*)?\})\??")
_PLAIN = re.compile(r"[A-Za-z0-9 ',:;@#&=/%!<>\"~_-]+(?![?*+{])")
_CLASS = re.compile(r"\[(\^?)(\]?(?:\\.|[^\\\]\[])*)\]", re.DOTALL)

Words = frozenset[str]
_EMPTY: Words = frozenset({""})


class _GiveUp(Exception):  # noqa: N818 - control flow inside this module
    """Syntax that is not understood here: the pattern is tried on every text."""


@dataclass(frozen=True, slots=True)
class _Part:
    """``exact``: the part matches these words only; ``needed``: a match holds one of them."""

    exact: Words | None = None
    needed: Words | None = None

    def best(self) -> Words | None:
        return _better(self.needed, self.exact)


@lru_cache(maxsize=4096)
def required_literals(pattern: str) -> Words | None:
    """Return lower-case words one of which each match holds; None if no such words are found."""
    try:
        reader = _Reader(pattern)
        part = reader.alternatives()
        if reader.at < len(pattern):
            return None
    except (_GiveUp, RecursionError):
        return None
    words = part.best()
    if words is None:
        return None
    stable = frozenset(map(_longest_stable, words))
    return stable if all(map(_tells, stable)) else None


class _Reader:
    """Reads a pattern from left to right; ``at`` is the next character."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> _Part:
        parts = [self.sequence()]
        while self._next() == "|":
            self.at += 1
            parts.append(self.sequence())
        return _any_of(parts)

    def sequence(self) -> _Part:
        so_far, needed, exact = _EMPTY, None, True
        while self._next() not in ("", "|", ")"):
            part = self.repeated()
            if part.exact is not None and len(so_far) * len(part.exact) <= _MOST:
                so_far = frozenset(one + more for one in so_far for more in part.exact)
                continue
            exact = False
            needed = _better(needed, so_far)
            needed = _better(needed, part.needed)
            so_far = part.exact or _EMPTY
        return _Part(so_far if exact else None, _better(needed, so_far))

    def repeated(self) -> _Part:
        part = self.one()
        found = _REPEAT.match(self.pattern, self.at)
        if not found:
            return part
        self.at = found.end()
        sign, least = found.group(1), found.group(2)
        if sign == "?":
            return _Part(part.exact | _EMPTY if part.exact is not None else None)
        if sign == "*" or (least is not None and int(least) == 0):
            return _Part()
        return part if sign == "{1}" else _Part(None, part.best())

    def one(self) -> _Part:
        plain = _PLAIN.match(self.pattern, self.at)
        if plain:
            self.at = plain.end()
            return _Part(frozenset({plain.group().lower()}))
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._class()
        if character == "\\":
            return self._escape()
        if character in "?*+{}":
            raise _GiveUp
        self.at += 1
        if character in "^$":
            return _Part(_EMPTY)
        return _Part() if character == "." else _literal(character)

    def _group(self) -> _Part:
        flags = _FLAGS.match(self.pattern, self.at)
        opening = flags or _GROUP.match(self.pattern, self.at)
        if opening is None or (
            self.pattern.startswith("(?", self.at) and not (flags or opening.group(1))
        ):
            raise _GiveUp
        self.at = opening.end()
        if flags and flags.group(2) == ")":
            return _Part(_EMPTY)
        part = self.alternatives()
        if self._next() != ")":
            raise _GiveUp
        self.at += 1
        return part

    def _class(self) -> _Part:
        found = _CLASS.match(self.pattern, self.at)
        if not found or "&&" in found.group() or "--" in found.group() or "~~" in found.group():
            raise _GiveUp
        self.at = found.end()
        negated, inside = found.groups()
        if negated or "\\" in inside or "-" in inside or len(inside) > 4:
            return _Part()
        return _Part(frozenset(inside.lower()))

    def _escape(self) -> _Part:
        character = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if character and character in "bBAz":
            if self._next() == "{":
                raise _GiveUp
            return _Part(_EMPTY)
        if character and character in "dDwWsS":
            return _Part()
        if character and character in "ntr":
            return _literal({"n": "\n", "t": "\t", "r": "\r"}[character])
        if not character or character.isalnum() or not character.isascii():
            raise _GiveUp
        return _literal(character)

    def _next(self) -> str:
        return self.pattern[self.at : self.at + 1]


def _literal(character: str) -> _Part:
    return _Part(frozenset({character.lower() if character.isascii() else character}))


def _any_of(parts: Iterable[_Part]) -> _Part:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    exact: Words | None = _EMPTY - _EMPTY
    needed: Words | None = _EMPTY - _EMPTY
    for part in parts:
        best = part.best()
        exact = None if exact is None or part.exact is None else exact | part.exact
        needed = None if needed is None or best is None else needed | best
    return _Part(exact if exact is not None and len(exact) <= _MOST else None, needed)


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Return the words that fewer texts will hold: the longer ones."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda words: (_shortest(words), -len(words)))


def _shortest(words: Words) -> int:
    return min((len(_longest_stable(word)) for word in words), default=0)


def _tells(word: str) -> bool:
    """Return whether few enough texts hold the word; one letter is in most, a ``<`` in few."""
    return len(word) >= SHORTEST or (len(word) == 1 and not word.isalnum() and not word.isspace())


def _longest_stable(word: str) -> str:
    """Return the longest piece of ASCII and of characters without case."""
    if word.isascii():
        return word
    pieces = [""]
    for character in word:
        if character.isascii() or character.lower() == character == character.upper():
            pieces[-1] += character
        else:
            pieces.append("")
    return max(pieces, key=len)
