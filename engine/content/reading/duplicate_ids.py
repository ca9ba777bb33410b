"""Rows whose id an earlier row already has."""

import polars as pl

REPEATED = "an earlier row has this id, and it is kept; give every post its own id"


class SeenIds:
    """The ids met so far, as 64-bit hashes: 8 bytes an id.

    They are kept in sorted blocks; a block is merged into the one before once it is as large,
    so that there are few, and each id is moved a logarithmic number of times.
    """

    def __init__(self) -> None:
        self._blocks: list[pl.Series] = []

    def repeated(self, ids: pl.Series) -> list[int]:
        """Return the positions whose id came before, here or in an earlier call; null never did."""
        hashes = ids.hash(0)
        known = ids.is_not_null()
        again = ~hashes.is_first_distinct()
        for block in self._blocks:
            place = block.search_sorted(hashes).clip(0, block.len() - 1)
            again = again | (block.gather(place) == hashes)
        self._remember(hashes.filter(known).unique())
        return (again & known).arg_true().to_list()

    def _remember(self, hashes: pl.Series) -> None:
        if hashes.len() == 0:
            return
        self._blocks.append(hashes.sort())
        while len(self._blocks) > 1 and self._blocks[-1].len() >= self._blocks[-2].len():
            last = self._blocks.pop()
            self._blocks[-1] = pl.concat([self._blocks[-1], last]).sort()
