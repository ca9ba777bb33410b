"""Codes of hashes, given on arrival: a table of open addresses, looked up many at a time.

A hash has its place by its leading bits, or the next free one after it (linear probing: Knuth,
The Art of Computer Programming, volume 3, §6.4). Every step is taken for all hashes together, so
that one costs some ten nanoseconds, and a new one takes twelve bytes of table or a little more.
"""

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_FIRST_SIZE = 1 << 10
_FULL, _ROOMY = 0.7, 0.5
_BLOCK = 1 << 18
"""So few are looked up at a time that what is computed of them stays in the cache."""


class HashCodes:
    """Hashes numbered from 0 in the order they come in; no hash may be 0."""

    def __init__(self) -> None:
        self._hashes: Hashes = np.zeros(_FIRST_SIZE, dtype=np.uint64)
        self._codes: Codes = np.zeros(_FIRST_SIZE, dtype=np.uint32)
        self._known = 0

    def codes(self, hashes: Hashes) -> tuple[Codes, Places]:
        """Return the code of each hash, and where the new ones stand, in the order of codes."""
        codes = np.empty(len(hashes), dtype=np.uint32)
        new = [
            self._coded(hashes[start : start + _BLOCK], codes[start : start + _BLOCK]) + start
            for start in range(0, len(hashes), _BLOCK)
        ]
        return codes, np.concatenate([np.empty(0, dtype=np.int64), *new])

    def _coded(self, hashes: Hashes, codes: Codes) -> Places:
        """Write the codes of a block, and return the rows of the new hashes."""
        places, there, rest = self._looked_up(hashes)
        if self._known + len(rest) > _FULL * len(self._hashes):
            self._grow(self._known + len(rest))
            places, there, rest = self._looked_up(hashes)
        new = [np.empty(0, dtype=np.int64)]
        here, wanted = places[rest], hashes[rest]
        while len(rest):
            free = np.flatnonzero(there == 0)
            if len(free):
                new.append(rest[self._taken(here, wanted, free)])
                there = self._hashes[here]
            other = np.flatnonzero(there != wanted)
            places[rest] = here
            rest, wanted = rest[other], wanted[other]
            here = (here[other] + 1) & (len(self._hashes) - 1)
            there = self._hashes[here]
        self._codes.take(places, out=codes, mode="clip")
        return np.concatenate(new)

    def _looked_up(self, hashes: Hashes) -> tuple[Places, Hashes, Places]:
        """Return where each is looked for first; what stands there of those that do not; these."""
        places = self._places(hashes)
        there = self._hashes.take(places, mode="clip")
        rest = np.flatnonzero(there != hashes)
        return places, there[rest], rest

    def _taken(self, here: Places, wanted: Hashes, free: Places) -> Places:
        """Give free places to those that want them, and return who got one a new code.

        Where several want one place, the last to write has it; those of the same hash share it.
        """
        place, ticket = here[free], np.arange(len(free), dtype=np.uint32)
        self._hashes[place] = wanted[free]
        self._codes[place] = ticket
        got: Places = free[self._codes[place] == ticket]
        count = len(got)
        self._codes[here[got]] = np.arange(self._known, self._known + count, dtype=np.uint32)
        self._known += count
        return got

    def _grow(self, least: int) -> None:
        old = np.flatnonzero(self._hashes)
        hashes, codes = self._hashes[old], self._codes[old]
        size = 1 << int(least / _ROOMY).bit_length()
        self._hashes = np.zeros(size, dtype=np.uint64)
        self._codes = np.zeros(size, dtype=np.uint32)
        here = self._places(hashes)
        while len(hashes):
            free = np.flatnonzero(self._hashes[here] == 0)
            self._hashes[here[free]] = hashes[free]
            placed = self._hashes[here] == hashes
            self._codes[here[placed]] = codes[placed]
            hashes, codes = hashes[~placed], codes[~placed]
            here = (here[~placed] + 1) & (size - 1)

    def _places(self, hashes: Hashes) -> Places:
        """Return where each hash is looked for first."""
        bits = len(self._hashes).bit_length() - 1
        places: Hashes = hashes * _FACTOR
        places >>= np.uint64(64 - bits)
        found: Places = places.view(np.int64)
        return found
