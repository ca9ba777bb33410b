"""The posts to measure with: real ones where there are any, else generated of the same shape."""

import os
from pathlib import Path

import numpy as np
import polars as pl

REAL = Path(__file__).parent.parent.parent / "shared/data/facebook_news.parquet"
GENERATED = Path(__file__).parent / "generated"
WORDS = [
    *"the of and to in a is that for it with as was on are by this be from at have or".split(),  # noqa: SIM905
    *"city police school fire water morning game team storm street family friday".split(),  # noqa: SIM905
    *"summer breaking winner record coffee market music festival council traffic".split(),  # noqa: SIM905
    *"weather photo".split(),  # noqa: SIM905
]


def posts_file() -> Path:
    """Return a Parquet file of about 186,000 posts."""
    named = os.environ.get("SHAREWISE_POSTS")
    if named:
        return Path(named)
    return REAL if REAL.exists() else generated(186_227)


def grown(path: Path, times: int) -> Path:
    """Return a Parquet file of the same posts, ``times`` over, each with an id of its own."""
    target = GENERATED / f"{path.stem}_x{times}.parquet"
    if not target.exists():
        GENERATED.mkdir(exist_ok=True)
        frame = pl.read_parquet(path)
        key = "status_id" if "status_id" in frame.columns else "id"
        numbered = [pl.format("{}_{}", key, pl.lit(n)).alias(key) for n in range(times)]
        pl.concat([frame.with_columns(own) for own in numbered]).write_parquet(
            target, row_group_size=50_000
        )
    return target


def generated(rows: int, seed: int = 7) -> Path:
    """Return posts of the real ones' shape: 93 % with text, two in five with a link in it."""
    target = GENERATED / f"posts_{rows}.parquet"
    if not target.exists():
        GENERATED.mkdir(exist_ok=True)
        rng = np.random.default_rng(seed)
        texts = [_text(rng) if rng.random() < 0.93 else None for _ in range(rows)]
        pl.DataFrame(
            {
                "id": [f"p{n}" for n in range(rows)],
                "text": texts,
                "title": ["A title of some words"] * rows,
                "links": [f"https://news.example/{n}" for n in range(rows)],
            }
        ).write_parquet(target, row_group_size=50_000)
    return target


def _text(rng: np.random.Generator) -> str:
    words = list(rng.choice(WORDS, size=max(3, int(rng.lognormal(3.0, 0.6)))))
    if rng.random() < 0.4:
        words.append(f"http://bit.ly/{rng.integers(1_000_000)}")
    if rng.random() < 0.1:
        words.append("#" + "".join(rng.choice(WORDS, size=2)))
    if rng.random() < 0.1:
        words.insert(0, "☕ ¡“fresh”!")
    return " ".join(words).capitalize()
