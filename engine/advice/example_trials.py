"""Try the examples of rules: each must do what it says."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..content.measures.measuring import measure
from ..content.platforms import load_platforms, platform_names
from ..content.reading import PostFiles, from_frame
from ..content.reading.column_names import map_columns
from ..settings import settings_from_table
from .example_page_trials import wrong_page_examples
from .example_pages import ExamplePage
from .example_posts import ExamplePost, example_posts
from .findings import find, measures_needed
from .inference import Inference
from .recommending import measuring_context
from .rule import Rulebook
from .subjects import POSTS, rules_about


@dataclass(frozen=True)
class WrongExample:
    """An example that does not do what its rule says, and why."""

    example: ExamplePost | ExamplePage
    reason: str


def wrong_examples(rulebook: Rulebook) -> list[WrongExample]:
    """Return the examples that do the opposite of what they say, tried with the whole rulebook."""
    return [*_wrong_posts(rules_about(rulebook, POSTS)), *map(_told, wrong_page_examples(rulebook))]


def _told(wrong: tuple[ExamplePage, str]) -> WrongExample:
    return WrongExample(*wrong)


def _wrong_posts(rulebook: Rulebook) -> list[WrongExample]:
    needed = measures_needed(rulebook)
    inference = Inference(rulebook.rules)
    wrong: list[WrongExample] = []
    for examples in _by_settings(example_posts(rulebook)):
        files, measured = _measured(examples, needed)
        found = find(measured, rulebook, load_platforms(), files.posts, inference)
        fired = set(found.select("post", "rule").iter_rows())
        unread = {row["row"]: row["reason"] for row in files.rejects.iter_rows(named=True)}
        row = 1
        for example in examples:
            own = range(row, row := row + 1 + len(example.company))
            posts = (example.post, *example.company)
            unknown = map_columns(
                list(dict.fromkeys(name for one in posts for name in one))
            ).unknown
            rejected = next((unread[one] for one in own if one in unread), None)
            if unknown:
                wrong.append(WrongExample(example, f"no field of a post: {', '.join(unknown)}"))
            elif rejected:
                wrong.append(WrongExample(example, f"no post: {rejected}"))
            elif ((example.name, example.rule.id) in fired) != example.fires:
                what = "does not fire" if example.fires else "fires, though it should be quiet"
                wrong.append(WrongExample(example, what))
    return wrong


def _measured(
    examples: list[ExamplePost], names: Collection[str]
) -> tuple[PostFiles, pl.DataFrame]:
    settings = settings_from_table(examples[0].settings, "settings of the example")
    files = from_frame(example_frame(examples), "<examples>", platform_names=platform_names())
    context = measuring_context(settings)
    return files, measure(
        files.posts, load_platforms(), None, context, names, _company(examples, files.posts["row"])
    )


def _company(examples: Iterable[ExamplePost], rows: pl.Series) -> pl.Series:
    """Return which example the post of each of the ``rows`` belongs to: others are strangers."""
    numbers = [number for number, one in enumerate(examples) for _ in range(1 + len(one.company))]
    return pl.Series(numbers, dtype=pl.Int64)[rows - 1]


def example_frame(examples: Iterable[ExamplePost]) -> pl.DataFrame:
    """Return the examples as a file of theirs would give them: a cell a value, all texts."""
    rows = [
        {**post, "id": example.name if number == 0 else f"{example.name} with {number}"}
        for example in examples
        for number, post in enumerate((example.post, *example.company))
    ]
    columns = dict.fromkeys(name for row in rows for name in row)
    return pl.DataFrame(
        {name: [_cell(row.get(name)) for row in rows] for name in columns},
        schema=dict.fromkeys(columns, pl.String),
    )


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, default=str) if isinstance(value, bool | list | dict) else str(value)


def _by_settings(examples: Iterable[ExamplePost]) -> Iterable[list[ExamplePost]]:
    groups: dict[str, list[ExamplePost]] = {}
    for example in examples:
        groups.setdefault(json.dumps(example.settings, default=str), []).append(example)
    return groups.values()
