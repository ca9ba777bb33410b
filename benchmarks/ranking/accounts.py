"""Real accounts, as the evaluation takes them; from the folder that SHAREWISE_DATA names."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from sharewise import read_posts
from sharewise.engine.ranking.features import feature_frame
from sharewise.engine.ranking.history import prepare_history
from sharewise.models.evaluation import AccountPosts

DATA = Path(os.environ.get("SHAREWISE_DATA", Path(__file__).parents[3] / "shared/data"))
TEN_PAGES = (
    *("BuzzFeedNews", "CBSNews", "FoxBusiness", "MSN.News", "bbcindia", "dallasmorningnews"),
    *("phillydotcom", "thechicagosuntimes", "thejapantimes", "usatoday"),
)


def news_posts(pages: Iterable[str] | None = None) -> pl.DataFrame:
    """Return the posts of Facebook news pages, all of them or those named."""
    table = pl.read_parquet(DATA / "facebook_news.parquet")
    if pages is not None:
        table = table.filter(pl.col("page").is_in(list(pages)))
    return read_posts(table).posts


def brand_posts() -> pl.DataFrame:
    """Return the posts of four insurers; dates before 2009 are invented."""
    parts = []
    for path in sorted((DATA / "facebook_brands").glob("*.csv")):
        posts = read_posts(path).posts.select(pl.exclude("account"))
        parts.append(posts.with_columns(account=pl.lit(path.stem)))
    start = datetime(2009, 1, 1, tzinfo=UTC)
    return pl.concat(parts, how="diagonal_relaxed").filter(pl.col("published_at") >= start)


def x_posts() -> pl.DataFrame:
    """Return the posts of 37 monthly X Analytics exports without replies."""
    posts = read_posts(sorted((DATA / "x_analytics").glob("*.csv"))).posts
    return posts.filter(~pl.col("text").fill_null("").str.starts_with("@"))


def accounts_of(posts: pl.DataFrame, platform: str, weights: str = "all") -> list[AccountPosts]:
    """Return the accounts of ``posts``, in order of their names."""
    history = prepare_history(posts, weights=weights, platform=platform)
    features = feature_frame(posts[history.frame["index"].to_list()], platform)
    rows = history.frame.with_row_index("place")
    found = []
    for (account,), own in rows.group_by("account", maintain_order=True):
        places = own["place"].to_list()
        targets, counted = own["target"].to_numpy(), own["engagement"].to_numpy()
        found.append(AccountPosts(platform, str(account), features[places], targets, counted))
    return found
