"""Which wording won: randomised headline tests, the newest fifth held out.

``python -m benchmarks.ranking.wording [FILE]``; FILE has the columns test, text, impressions,
clicks, group. Without one the tests of ``../shared/data`` are taken where they are there.
"""

import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from sharewise.engine.content.reading import read_posts
from sharewise.engine.ranking.wording import held_out_rows, judge_from_tests
from sharewise.engine.ranking.wording_tests import wording_tests
from sharewise.models.held_out_pairs import Accuracy, HeldOutPairs

from ..machine import machine

REAL = Path(__file__).parents[3] / "shared/data/upworthy.parquet"
REACH = {"all pairs": 0.575, "significant pairs": 0.65}


def main(path: Path = REAL) -> None:
    """Print the accuracy on all and on significant pairs, beside that of the longer wording."""
    if not path.exists():
        print(f"{path} is not here: nothing measured")
        return
    posts = read_posts([path]).posts
    begun = time.perf_counter()
    judge = judge_from_tests(posts)
    seconds = time.perf_counter() - begun
    print(machine())
    print(
        f"{judge.units:,} tests, {judge.pairs:,} pairs; fitted twice and tried in {seconds:.1f} s"
    )
    for name, held_out in (("pairwise logistic", judge.held_out), ("longer wins", _longer(posts))):
        shown = {
            "all pairs": held_out.accuracy(),
            "significant pairs": held_out.accuracy(held_out.significant),
        }
        for pairs, accuracy in shown.items():
            print(f"{name:18} {pairs:18} {_told(accuracy)}   to reach {REACH[pairs]}")
    far = np.abs(judge.held_out.gap)
    surest = judge.held_out.accuracy(far >= np.median(far))
    print(f"{'pairwise logistic':18} {'surest half':18} {_told(surest)}")


def _longer(posts: pl.DataFrame) -> HeldOutPairs:
    """Return the held-out pairs with the length of the text for a score."""
    rows, pairs = held_out_rows(wording_tests(posts))
    lengths = rows["text"].str.len_chars().to_numpy().astype(float)
    return HeldOutPairs(
        lengths[pairs.first] - lengths[pairs.second],
        pairs.z,
        rows["place"].to_numpy()[pairs.first].astype(np.int64),
        np.abs(pairs.z) > 1.96,
    )


def _told(accuracy: Accuracy) -> str:
    return f"{accuracy.share:.3f} [{accuracy.low:.3f}, {accuracy.high:.3f}] of {accuracy.pairs:,}"


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:2]))
