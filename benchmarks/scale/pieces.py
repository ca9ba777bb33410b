"""What the work takes by itself, one thread, no run around it: read, measure, decide, score."""

import json
import sys
import time
from pathlib import Path

import polars as pl

from sharewise.engine.advice.findings import find
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.batch.part_work import BATCH_ROWS
from sharewise.engine.batch.scores import part_scorer
from sharewise.engine.content.reading import read_batches


def main(source: Path, model: Path, platforms: list[str]) -> None:
    """Print the CPU seconds of each piece, added up over all batches."""
    using = adviser(platforms)
    scorer = part_scorer(model, None)
    find(using.measure(_warm(), company=False), using.rulebook, using.platforms, _warm(),
         using.inference)  # fmt: skip
    spent = dict.fromkeys(("reading", "measuring", "rules", "scoring"), 0.0)
    batches = read_batches(source, rows=BATCH_ROWS)
    posts = 0
    start = time.process_time()
    for files in batches:
        spent["reading"] += time.process_time() - start
        start = time.process_time()
        measured = using.measure(files.posts, company=False, also=scorer.measures)
        spent["measuring"] += time.process_time() - start
        start = time.process_time()
        find(measured, using.rulebook, using.platforms, files.posts, using.inference)
        spent["rules"] += time.process_time() - start
        start = time.process_time()
        scorer.scores(files.posts, measured)
        spent["scoring"] += time.process_time() - start
        posts += files.posts.height
        start = time.process_time()
    print(json.dumps({"posts": posts, **spent}))


def _warm() -> pl.DataFrame:
    from sharewise.engine.content.reading import from_frame

    return from_frame(pl.DataFrame({"id": ["a"], "text": ["warm up"]})).posts


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(","))
