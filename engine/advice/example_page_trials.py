"""Try the examples of rules about pages: each must do what it says."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from ..content.pages.page_files import read_pages
from ..content.pages.page_measures import EVERYWHERE
from ..content.platforms import load_platforms
from .example_pages import ExamplePage, example_pages, write_files
from .page_advice import page_findings
from .rule import Rulebook
from .subjects import PAGES, rules_about


def wrong_page_examples(rulebook: Rulebook) -> list[tuple[ExamplePage, str]]:
    """Return the examples that do the opposite of what they say, with what they do."""
    pages = rules_about(rulebook, PAGES)
    examples = list(example_pages(rulebook))
    if not examples:
        return []
    fired, unread = _fired(examples, pages)
    wrong = []
    for example in examples:
        platform = example.platform or EVERYWHERE
        if example.name in unread:
            wrong.append((example, f"no page: {unread[example.name]}"))
        elif ((example.name, example.rule.id, platform) in fired) != example.fires:
            what = "does not fire" if example.fires else "fires, though it should be quiet"
            wrong.append((example, what))
    return wrong


def _fired(
    examples: list[ExamplePage], rulebook: Rulebook
) -> tuple[set[tuple[str, str, str]], dict[str, str]]:
    """Return (example, rule, platform) of what fired, and why an example is no page."""
    unread = {}
    frames = []
    with TemporaryDirectory() as folder:
        for example in examples:
            own = Path(folder) / example.name
            own.mkdir()
            files = read_pages([write_files(example, own)])
            if files.pages.height:
                frames.append(files.pages.with_columns(pl.lit(example.name).alias("file")))
            else:
                unread[example.name] = files.rejects["reason"][0]
    found = page_findings(pl.concat(frames), rulebook, load_platforms())
    return set(found.select("post", "rule", "platform").iter_rows()), unread
