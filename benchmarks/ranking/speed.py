"""How fast rankers are fitted and posts scored, one thread each; two processes against one."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(_name, "1")

import polars as pl  # noqa: E402
from joblib import Parallel, delayed  # noqa: E402
from sklearn.base import clone  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.linear_model import Ridge  # noqa: E402
from sklearn.pipeline import make_pipeline, make_union  # noqa: E402

from sharewise.engine.ranking.features import feature_frame  # noqa: E402
from sharewise.engine.ranking.from_history import model_from_history  # noqa: E402
from sharewise.engine.ranking.model_files import save_model  # noqa: E402
from sharewise.engine.ranking.scoring import load_scorer  # noqa: E402
from sharewise.models.ranker import Ranker  # noqa: E402

from ..machine import machine  # noqa: E402
from .accounts import accounts_of, news_posts  # noqa: E402

ROWS, FIT, PAIRS = 24_000, 2_000, 5
_LOADED: dict[str, object] = {}


def score_part(model: str, part: str) -> int:
    """Score the posts in a Parquet file, as a worker process does: the model loaded once."""
    scorer = _LOADED.get(model)
    if scorer is None:
        scorer = _LOADED[model] = load_scorer(model)
    posts = pl.read_parquet(part)
    return int(scorer.score(posts, ["facebook"])["score"].count())  # type: ignore[attr-defined]


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall-clock and processor seconds of one run."""
    wall, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - used


def best(work: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """Return the least wall-clock and processor seconds of some runs."""
    runs = [seconds(work) for _ in range(times)]
    return min(run[0] for run in runs), min(run[1] for run in runs)


def told(name: str, rows: int, work: Callable[[], object]) -> None:
    """Print posts a second, by the clock and by the processor."""
    wall, used = best(work)
    print(
        f"  {name:<28} {rows / wall:>9,.0f} a second by the clock, {rows / used:>9,.0f} by the CPU"
    )


def main() -> None:
    """Print fits, scores and the gain of a second process."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"ranking speed · {machine()} · load {load:.1f}")
    own = news_posts(["usatoday"])
    history = accounts_of(own, "facebook")[0]
    features, targets = history.features.tail(FIT), history.targets[-FIT:]
    for name, ranker in (("default", Ranker()), ("fast", Ranker(letters=False))):
        wall, used = best(partial(clone(ranker).fit, features, targets))
        print(f"  fit of {FIT:,} posts, {name:<8} {wall:.2f} s by the clock, {used:.2f} s CPU")
    peer = _peer().fit(features["text"].fill_null("").to_list(), targets)
    posts = news_posts().sample(ROWS, seed=1).with_columns(account=pl.lit("usatoday"))
    told("measures alone", ROWS, lambda: feature_frame(posts, "facebook"))
    texts = feature_frame(posts, "facebook")["text"].fill_null("").to_list()
    told("scikit-learn TF-IDF + Ridge", ROWS, lambda: peer.predict(texts))
    with tempfile.TemporaryDirectory() as folder:
        for name, fast in (("default", False), ("fast", True)):
            path = str(Path(folder) / f"{name}.model")
            save_model(model_from_history(own, platform="facebook", fast=fast)[0], Path(path))
            scorer = load_scorer(path)
            told(f"score, {name}", ROWS, partial(scorer.score, posts, ["facebook"]))
            _two_processes(name, path, posts, Path(folder))


def _two_processes(name: str, model: str, posts: pl.DataFrame, folder: Path) -> None:
    parts = []
    for at, part in enumerate(posts.iter_slices(ROWS // 8)):
        parts.append(str(folder / f"{at}.parquet"))
        part.write_parquet(parts[-1])
    ratios = []
    with Parallel(n_jobs=2) as two, Parallel(n_jobs=1) as one:
        jobs = [delayed(score_part)(model, part) for part in parts]
        two(jobs)
        for _ in range(PAIRS):
            alone, _ = seconds(lambda: one(jobs))
            both, _ = seconds(lambda: two(jobs))
            ratios.append(alone / both)
    print(
        f"  two processes, {name}: {statistics.median(ratios):.2f}× one (median of {PAIRS} pairs)"
    )


def _peer() -> Any:
    """Return what one would write with scikit-learn alone: the same words, pairs and letters."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    return make_pipeline(make_union(words, letters), Ridge(alpha=3.0, solver="sparse_cg"))


if __name__ == "__main__":
    main()
