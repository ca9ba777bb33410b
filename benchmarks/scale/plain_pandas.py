"""What one would write instead: pandas in chunks or Dask's map_partitions, with scikit-learn.

For each post and platform: its length as the platform counts it, hashtags, links, emoji, capitals,
the limits compared, and a score by hashed words and word pairs and a linear model. That is the
scoring, and of the rules those on counts alone: a small part of what ``sharewise batch`` does.
"""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import emoji
import numpy as np
import pandas as pd
import regex
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from twitter_text import parse_tweet

LIMITS = {"x": 280, "facebook": 63_206, "linkedin": 3_000}
CHUNK = 10_000
_TAG, _URL = re.compile(r"#\w+"), re.compile(r"https?://\S+")


def pipeline(seed: int = 5) -> Any:
    """Return a fitted pipeline of hashed words and word pairs and ridge regression."""
    words = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(["police", "team", "new", "city", "game"], 9)) for _ in range(900)]
    return make_pipeline(words, Ridge()).fit(texts, rng.normal(size=900))


def work(frame: pd.DataFrame, models: dict[str, Any]) -> pd.DataFrame:
    """Return a row a post × platform."""
    texts = frame["text"].fillna("").astype(str)
    counts = {
        "x": [parse_tweet(text).weightedLength for text in texts],
        "facebook": [len(text) for text in texts],
        "linkedin": [len(regex.findall(r"\X", text)) for text in texts],
    }
    shared = {
        "hashtags": [len(_TAG.findall(text)) for text in texts],
        "links": [len(_URL.findall(text)) for text in texts],
        "emoji": [emoji.emoji_count(text) for text in texts],
        "capitals": [sum(word.isupper() for word in text.split()) for text in texts],
    }
    parts = []
    for platform, limit in LIMITS.items():
        part = pd.DataFrame({"post": frame["id"], "platform": platform, **shared})
        part["length"] = counts[platform]
        part["too_long"] = part["length"] > limit
        part["many_hashtags"] = part["hashtags"] > 2
        part["score"] = models[platform].predict(texts)
        parts.append(part)
    return pd.concat(parts)


def with_pandas(source: Path, target: Path) -> None:
    """Read the CSV in chunks, one process."""
    models = {platform: pipeline(n) for n, platform in enumerate(LIMITS)}
    for number, chunk in enumerate(pd.read_csv(source, chunksize=CHUNK, dtype=str)):
        work(chunk, models).to_parquet(target / f"{number:06}.parquet")


def with_dask(source: Path, target: Path, workers: int) -> None:
    """Read the CSV by Dask and map the partitions."""
    import dask.dataframe as dd

    distributed: Any = import_module("distributed")
    models = {platform: pipeline(n) for n, platform in enumerate(LIMITS)}
    with (
        distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        frame = dd.read_csv(source, dtype=str, blocksize="4MB", quotechar='"')
        meta = work(pd.DataFrame({"id": ["a"], "text": ["b"]}), models)
        frame.map_partitions(work, models, meta=meta).to_parquet(target)


if __name__ == "__main__":
    how, source, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    target.mkdir(parents=True, exist_ok=True)
    if how == "pandas":
        with_pandas(source, target)
    else:
        with_dask(source, target, int(sys.argv[4]))
