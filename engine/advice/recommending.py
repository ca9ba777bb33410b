"""The main job: from posts to findings, for a frame, for files, for a stream of millions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from ..content.measures.context import AccountContext, Context
from ..content.measures.measuring import measure
from ..content.platforms import Platform, load_platforms, platform_named, platform_names
from ..content.reading import PostFiles, from_frame, read_batches, read_posts
from ..settings import Settings
from .findings import find, measures_needed
from .inference import Inference
from .rulebook import Rulebook, load_rulebook
from .subjects import POSTS, rules_about

Posts = pl.DataFrame | str | Path | Sequence[str | Path]
"""A frame of posts, a file or folder of them, or several of these paths."""


@dataclass(frozen=True)
class Advice:
    """What was read, and the findings about it; ``platforms`` are those looked at."""

    files: PostFiles
    findings: pl.DataFrame
    platforms: tuple[str, ...]

    def __repr__(self) -> str:
        """Return the numbers alone; the frames would fill pages."""
        return (
            f"Advice(findings: {self.findings.height}, posts: {self.files.posts.height}, "
            f"rejected: {self.files.rejects.height}, platforms: {len(self.platforms)})"
        )


@dataclass(frozen=True)
class Adviser:
    """Platforms, rules and the brand's settings, loaded once and used for any number of posts."""

    settings: Settings
    chosen: tuple[str, ...] | None
    extra_packs: tuple[Path, ...] = ()

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """The platforms that can occur, by id, in the order of their output."""
        return load_platforms(self.chosen)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force about posts; those about pages are switched off in it."""
        return rules_about(self.all_rules, POSTS)

    @cached_property
    def all_rules(self) -> Rulebook:
        """The rules in force: ours, then the settings' packs, then those asked for."""
        return load_rulebook(
            extra=(*self.settings.packs, *self.extra_packs),
            severities=self.settings.severities,
            disabled=self.settings.ignore,
        )

    @cached_property
    def inference(self) -> Inference:
        """The rules as durable-rules decides them."""
        return Inference(self.rulebook.rules)

    @cached_property
    def context(self) -> Context:
        """The brand as the measures see it."""
        return measuring_context(self.settings)

    def measure(
        self,
        posts: pl.DataFrame,
        *,
        all_measures: bool = False,
        company: bool | pl.Series = True,
        also: Collection[str] = (),
    ) -> pl.DataFrame:
        """Return the measures that the rules need, and ``also``, or all; a row a post × platform.

        ``company``: which posts see each other in calendar and series, see `measure`. Give
        False for posts that are no calendar: a batch of a larger file, drafts of one post.
        """
        names = None if all_measures else measures_needed(self.rulebook) | frozenset(also)
        return measure(posts, self.platforms, self.chosen, self.context, names, company)

    def findings(self, posts: pl.DataFrame, *, company: bool | pl.Series = True) -> pl.DataFrame:
        """Return the findings about ``posts``, see `finding_schema.FINDING_SCHEMA`.

        ``company`` as in `measure`; with False no rule about calendar or series fires.
        """
        measured = self.measure(posts, company=company)
        return find(measured, self.rulebook, self.platforms, posts, self.inference)

    def read(
        self,
        posts: Posts,
        *,
        encoding: str | None = None,
        day_first: bool | None = None,
    ) -> PostFiles:
        """Read posts from a frame, files, folders or ``-``; times without a zone as settings say.

        ``encoding`` and ``day_first`` are those of files, see `reading.read_posts`.
        """
        if isinstance(posts, pl.DataFrame):
            return from_frame(
                posts, timezone=self.settings.timezone, platform_names=platform_names()
            )
        return read_posts(
            [posts] if isinstance(posts, str | Path) else posts,
            timezone=self.settings.timezone,
            encoding=encoding,
            day_first=day_first,
            platform_names=platform_names(),
        )

    def batches(self, source: str | Path, *, rows: int = 25_000) -> Iterator[PostFiles]:
        """Read one large file batch by batch."""
        return read_batches(
            source, rows=rows, timezone=self.settings.timezone, platform_names=platform_names()
        )


def adviser(
    platforms: Sequence[str] | None = None,
    settings: Settings | None = None,
    extra_packs: Sequence[Path] = (),
) -> Adviser:
    """Return an adviser for the platforms named, else the settings', else the posts' own.

    Raises
    ------
    PlatformError
        A name that is no platform's.
    """
    settings = settings or Settings()
    asked = platforms or settings.platforms
    ids = tuple(dict.fromkeys(platform_named(name) for name in asked)) or None
    return Adviser(settings, ids, tuple(extra_packs))


def recommend(
    posts: Posts,
    platforms: Sequence[str] | None = None,
    settings: Settings | None = None,
) -> Advice:
    """Return what to change in each post on each platform, and why.

    Parameters
    ----------
    posts
        A Polars frame, a file, a folder of Markdown files, or several of these paths.
    platforms
        Platform names; None: the settings', else each post's own, else all.
    settings
        The brand's settings; None: none.

    Examples
    --------
    >>> import polars as pl
    >>> from sharewise import recommend
    >>> posts = pl.DataFrame({"id": ["a"], "text": ["x" * 281]})
    >>> recommend(posts, ["x"]).findings.select("rule", "measured", "limit").row(0)
    ('LEN101', 281.0, 280.0)
    """
    using = adviser(platforms, settings)
    files = using.read(posts)
    return Advice(files, using.findings(files.posts), tuple(using.platforms))


def measuring_context(settings: Settings) -> Context:
    """Return the settings as the measures see them: lower case, handles without ``@``."""
    return Context(
        handles=tuple(name.lower().lstrip("@") for name in settings.brand.handles),
        domains=tuple(name.lower().removeprefix("www.") for name in settings.brand.domains),
        employees=tuple(name.lower().lstrip("@") for name in settings.employees),
        accounts={
            name: AccountContext(account.platform, account.limits, account.timezone)
            for name, account in settings.accounts.items()
        },
        timezone=settings.timezone,
    )
