"""Nothing is lost: rows and sums of real exports are those of the raw files."""

import csv
from pathlib import Path

import fastexcel
import polars as pl
import pytest

from sharewise.engine.content.reading import read_posts

DATA = Path(__file__).parent.parent.parent / "shared/data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the shared data is not here")
TWEETS = {
    **{"impressions": "impressions", "retweets": "reposts", "replies": "replies"},
    **{"likes": "likes", "url clicks": "clicks"},
}
INSTAGRAM = {
    name.capitalize(): name for name in ("impressions", "saves", "comments", "shares", "likes")
}
FACEBOOK = {
    "Lifetime Post Total Impressions": "impressions",
    "Lifetime Post Total Reach": "reach",
    "Lifetime Post Consumptions": "clicks",
}


def files(pattern: str) -> list[Path]:
    return sorted(DATA.glob(pattern))


def sums_of(path: Path, columns: dict[str, str], encoding: str) -> tuple[int, dict[str, int]]:
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.DictReader(file))
    return len(rows), {
        ours: sum(round(float(row[theirs])) for row in rows if row[theirs] != "-")
        for theirs, ours in columns.items()
    }


@pytest.mark.parametrize("path", files("x_analytics/*.csv"), ids=lambda path: path.stem[-22:])
def test_x_analytics(path: Path) -> None:
    rows, sums = sums_of(path, TWEETS, "utf-8")
    read = read_posts([path])
    assert read.posts.height == rows == read.files[0].rows
    assert read.posts.select(list(sums)).sum().row(0, named=True) == sums
    assert read.posts["account"].unique().to_list() == ["rOpenSci"]
    assert read.posts["published_at"].null_count() == 0


def test_instagram_insights() -> None:
    path = DATA / "instagram_insights.csv"
    rows, sums = sums_of(path, INSTAGRAM, "latin-1")
    read = read_posts([path])
    assert read.posts.height == rows == 119
    assert read.posts.select(list(sums)).sum().row(0, named=True) == sums
    assert read.posts.select("text", *sums).unique().height == 102
    assert not read.posts["hashtags"].list.join(" ").str.contains("\u00a0").any()


@pytest.mark.parametrize("path", files("facebook_insights_xlsx/*.xlsx"), ids=lambda path: path.stem)
def test_facebook_insights(path: Path) -> None:
    book = fastexcel.read_excel(path)
    raw = book.load_sheet("Key Metrics", header_row=0, dtypes="string").to_polars()
    raw = raw.filter(pl.col("Post ID").str.contains(r"\S"))
    stories = book.load_sheet("Lifetime Post Stories by act...", dtypes="string").to_polars()
    read = read_posts([path])
    assert read.posts.height == raw.height
    for theirs, ours in FACEBOOK.items():
        assert read.posts[ours].sum() == raw[theirs].cast(pl.Int64).sum(), theirs
    for theirs in ("like", "comment", "share"):
        assert (
            read.posts[f"{theirs}s"].sum() == stories[theirs].cast(pl.Int64, strict=False).sum()
        ), theirs
