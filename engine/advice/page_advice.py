"""From pages to findings: the same rulebook, inference and findings as for posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from ..content.pages.page_files import PageFiles, read_pages
from ..content.pages.page_measures import EVERYWHERE, looked_at, measure_pages
from ..content.platform import Platform, PostForm
from ..content.platforms import load_platforms
from ..content.reading.post_files import PostFiles
from ..content.schema import POST_SCHEMA
from .findings import find, measures_needed
from .inference import Inference
from .recommending import Adviser
from .rule import Rulebook
from .subjects import PAGES, rules_about

_FORM = PostForm(body="text", links="attach", hashtags="separate", title="none")
EVERY_PLATFORM = Platform(
    EVERYWHERE, "All platforms", "network", _FORM, "characters", None, "name", facts={}, limits={}
)
"""What stands for a platform where a finding holds on all of them."""


@dataclass(frozen=True)
class PageAdviser:
    """The rules about pages and the platforms to look at, loaded once for any number of pages."""

    using: Adviser

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """The platforms asked for that draw a card; all of those when none is asked for."""
        return load_platforms(looked_at(tuple(self.using.platforms)))

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force about pages."""
        return rules_about(self.using.all_rules, PAGES)

    @cached_property
    def inference(self) -> Inference:
        """These rules as durable-rules decides them."""
        return Inference(self.rulebook.rules)

    def read(self, sources: Sequence[str | Path], root: Path | None = None) -> PageFiles:
        """Read pages, see `page_files.read_pages`."""
        return read_pages(sources, root)

    def measure(self, pages: pl.DataFrame) -> pl.DataFrame:
        """Return every measure of the pages, see `page_measures.measure_pages`."""
        return measure_pages(pages, self.platforms)

    def findings(self, pages: pl.DataFrame) -> pl.DataFrame:
        """Return the findings about pages, see `finding_schema.FINDING_SCHEMA`.

        ``post`` is the page's file, ``platform`` is `EVERYWHERE` where the card is not at stake.
        """
        return page_findings(pages, self.rulebook, self.platforms, self.inference)


def page_findings(
    pages: pl.DataFrame,
    rulebook: Rulebook,
    platforms: Mapping[str, Platform],
    inference: Inference | None = None,
) -> pl.DataFrame:
    """Return what the rules about pages say of ``pages``."""
    measured = measure_pages(pages, platforms, measures_needed(rulebook))
    known = {EVERYWHERE: EVERY_PLATFORM, **platforms}
    return find(measured, rulebook, known, pages_as_posts(pages), inference)


def pages_as_posts(pages: pl.DataFrame) -> pl.DataFrame:
    """Return pages as a posts frame, for findings and reports: a row a page, in its order.

    Its title is the text, its address the link; what a post alone has is null.
    """
    own = {
        "file": pl.col("file"),
        "id": pl.col("file"),
        "text": pl.col("shared_title"),
        "links": pl.when(pl.col("address").is_not_null()).then(pl.concat_list("address")),
        "ignore": pl.col("ignore"),
    }
    return pages.select(
        own[name].alias(name) if name in own else pl.lit(None, dtype).alias(name)
        for name, dtype in POST_SCHEMA.items()
    )


def page_post_files(files: PageFiles) -> PostFiles:
    """Return what was read as reports want it."""
    return PostFiles(pages_as_posts(files.pages), files.rejects, files.files)
