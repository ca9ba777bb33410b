"""Look a post's links up among given pages, so that its findings include its page's barriers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import polars as pl

from ..content.pages.addresses import page_key
from ..content.pages.page_measures import EVERYWHERE
from ..content.text.entities import extract_urls
from .finding_schema import FINDING_SCHEMA
from .page_advice import PageAdviser
from .recommending import Adviser
from .rule import SEVERITIES
from .suppression import suppressions

_WHOLE = re.compile(r"(?i)https?://[^\s<>\"]+")


@dataclass(frozen=True)
class LinkedFindings:
    """Findings about the pages that posts link to, as findings about these posts.

    ``posts`` have a link that was found among the pages, of the ``linking`` that have any.
    """

    findings: pl.DataFrame
    posts: int
    linking: int
    pages: int

    @property
    def told(self) -> str:
        """How many links were found, in a sentence."""
        given = "1 page" if self.pages == 1 else f"{self.pages:,} pages"
        return f"{self.posts:,} of {self.linking:,} posts with links lead to one of {given} given"

    def merged(self, findings: pl.DataFrame, platforms: Sequence[str]) -> pl.DataFrame:
        """Return these with ``findings`` about the posts, in reading order."""
        order = [*platforms, EVERYWHERE]
        both = pl.concat([findings, self.findings])
        return (
            both.with_columns(
                _place("platform", order).alias("place"),
                _place("severity", SEVERITIES).alias("rank"),
            )
            .sort("index", "place", "rank", "rule", maintain_order=True)
            .select(FINDING_SCHEMA.names())
        )


def linked_findings(
    posts: pl.DataFrame, pages: pl.DataFrame, page_adviser: PageAdviser, adviser: Adviser
) -> LinkedFindings:
    """Return the findings about the pages that ``posts`` link to.

    A link means the page whose canonical address or og:url it is, else the one whose file its
    path names (``/winter`` is winter.html, winter/index.html or winter). A finding stands once
    a post, or at each of the post's platforms where that draws the card. What a post or its
    page sets aside stays so.
    """
    known = dict(_keys(pages))
    paths = dict(_paths(pages))
    rows: list[tuple[int, int]] = []
    linking = 0
    for index, links in enumerate(_links(posts)):
        linking += bool(links)
        found = (_page_of(link, known, paths) for link in links)
        rows += [(index, page) for page in dict.fromkeys(found) if page is not None]
    pairs = pl.DataFrame(rows, schema={"index": pl.UInt32, "page": pl.UInt32}, orient="row")
    own = page_adviser.findings(pages).rename({"index": "page", "post": "page_file"})
    joined = _meant(pairs.join(own, on="page", maintain_order="left_right"), posts, adviser)
    named = pl.coalesce("id", pl.concat_str("file", pl.lit(":"), pl.col("row").cast(pl.String)))
    where = posts.with_row_index("index").select("index", named.alias("post"), "file", "row")
    findings = (
        joined.drop("file", "row")
        .join(where, on="index", how="left", maintain_order="left")
        .with_columns(pl.format("{}: {}", "page_file", "message").alias("message"))
    )
    aside = suppressions(findings.select("index", "rule"), posts["ignore"])
    findings = findings.with_columns(pl.coalesce("suppressed", aside).alias("suppressed"))
    return LinkedFindings(
        findings.select(FINDING_SCHEMA.names()).cast(FINDING_SCHEMA),
        pairs["index"].n_unique(),
        linking,
        pages.height,
    )


def _meant(found: pl.DataFrame, posts: pl.DataFrame, adviser: Adviser) -> pl.DataFrame:
    """Return the findings on platforms that each post is meant for."""
    if adviser.chosen:
        return found
    own = posts.with_row_index("index").select("index", "platforms")
    joined = found.join(own, on="index", how="left", maintain_order="left")
    platforms = pl.col("platforms")
    everywhere = (platforms.list.len().fill_null(0) == 0) | (pl.col("platform") == EVERYWHERE)
    return joined.filter(everywhere | platforms.list.contains(pl.col("platform"))).drop("platforms")


def _links(posts: pl.DataFrame) -> Iterator[list[str]]:
    for text, given in posts.select("text", "links").iter_rows():
        # X takes no host with an unknown ending for a link; a page of one's own may have one.
        bare = [one.value for one in extract_urls(text or "")]
        whole = [one.rstrip(".,;:!?)'\"") for one in _WHOLE.findall(text or "")]
        yield list(dict.fromkeys([*(given or ()), *whole, *bare]))


def _keys(pages: pl.DataFrame) -> Iterator[tuple[str, int]]:
    """Yield what the addresses of each page have in common with links to it; first come last."""
    named = pages.select("canonical", "og_url", "address").rows()
    for page, addresses in reversed(list(enumerate(named))):
        for address in addresses:
            if address and "//" in address:
                yield page_key(address), page


def _paths(pages: pl.DataFrame) -> Iterator[tuple[str, int]]:
    for page, file in reversed(list(enumerate(pages["file"]))):
        parts = PurePosixPath(file.replace("\\", "/")).with_suffix("").parts
        if parts and parts[-1] == "index":
            parts = parts[:-1]
        for start in range(len(parts)):
            yield "/".join(parts[start:]).lower(), page


def _page_of(link: str, known: dict[str, int], paths: dict[str, int]) -> int | None:
    whole = link if "//" in link else f"https://{link}"
    page = known.get(page_key(whole))
    if page is not None:
        return page
    try:
        path = unquote(urlsplit(whole).path)
    except ValueError:
        return None
    parts = PurePosixPath(path.strip("/").lower())
    if parts.suffix in (".html", ".htm", ".xhtml"):
        parts = parts.with_suffix("")
    name = str(parts).removesuffix("/index")
    return paths.get(name) if name not in ("", ".", "index") else None


def _place(column: str, order: Sequence[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        list(order), list(range(len(order))), default=len(order), return_dtype=pl.UInt8
    )
