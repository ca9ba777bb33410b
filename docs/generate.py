"""Write the pages that are made from the code and the data: ``make docs``.

``docs/cli.md`` is the help of every command, ``docs/rules.md`` every rule of our packs,
``docs/platforms.md`` every limit with its source, ``docs/facts.md`` every fact with its rules or
why it has none, ``docs/measures.md`` every measure.
"""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from sharewise.cli import cli
from sharewise.engine.advice.facts_by_rule import rules_for_fact
from sharewise.engine.advice.fix_names import FIX_NAMES
from sharewise.engine.advice.reports.markdown import escaped
from sharewise.engine.advice.reports.rule_page import example_text
from sharewise.engine.advice.reports.told_fixes import who_fixes
from sharewise.engine.advice.rule import Rule
from sharewise.engine.advice.rule_sources import rule_sources
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.measures.catalogue import MEASURES
from sharewise.engine.content.measures.page_catalogue import PAGE_MEASURES
from sharewise.engine.content.platforms import LIMIT_UNITS, load_platforms, load_topics

FOLDER = Path(__file__).parent
NOTE = "<!-- Made by `make docs`; edit what it is made from. -->"
WIDTH = 88


def pages() -> dict[str, str]:
    """Return every made page by its file name."""
    return {
        "cli.md": "\n".join(cli_page()) + "\n",
        "rules.md": "\n".join(rules_page()) + "\n",
        "platforms.md": "\n".join(platforms_page()) + "\n",
        "facts.md": "\n".join(facts_page()) + "\n",
        "measures.md": "\n".join(measures_page()) + "\n",
    }


def cli_page() -> Iterator[str]:
    """Yield the command reference."""
    yield from ("# The command line", "", NOTE, "")
    yield "Exit codes: 0 done, 1 findings (`check`, `page`, `rules lint`, `model validate`),"
    yield "2 wrong usage or bad input, 3 an error of sharewise itself, 130 stopped,"
    yield "141 the reader of the output went away."
    for name, command in _commands("sharewise", cli):
        context = click.Context(command, info_name=name, terminal_width=WIDTH)
        context.help_option_names = ["-h", "--help"]
        yield from ("", f"## {name}", "", "```text", command.get_help(context), "```")


def rules_page() -> Iterator[str]:
    """Yield every rule, by category."""
    rules = sorted(load_rulebook().rules, key=lambda rule: (rule.category, rule.id))
    yield from ("# Rules", "", NOTE, "")
    yield f"{len(rules)} rules. A finding names its rule; `sharewise rules show ID` prints one."
    for category, some in groupby(rules, key=lambda rule: rule.category):
        yield from ("", f"## {category.capitalize()}")
        for rule in some:
            yield from _rule(rule)


def platforms_page() -> Iterator[str]:
    """Yield every limit of every platform, with its source."""
    yield from ("# Platforms", "", NOTE, "")
    yield "`sharewise platforms NAME` shows the same, and the facts that are no limits."
    for platform in load_platforms().values():
        yield from ("", f"## {platform.name}", "")
        yield "| limit | value | unit | kind | confidence | source |"
        yield "|---|---|---|---|---|---|"
        for limit in platform.limits.values():
            fact = limit.fact
            if fact is None:
                continue
            source = f"{fact.source.title}, {fact.source.year or 'undated'}"
            contested = " · sources disagree" if fact.contested else ""
            unit = fact.unit if limit.name == "text" else LIMIT_UNITS[limit.name]
            cells = [limit.name, f"{limit.value:,}", unit, fact.kind]
            cells += [fact.confidence, source + contested]
            yield f"| {' | '.join(escaped(cell) for cell in cells)} |"


def facts_page() -> Iterator[str]:
    """Yield every fact, with the rules that follow from it or the reason why none does."""
    covered = rules_for_fact(load_rulebook(), load_platforms())
    topics = {name.replace("_", " ").capitalize(): facts for name, facts in load_topics().items()}
    owners = {one.name: one.facts for one in load_platforms().values()} | topics
    yield from ("# Facts", "", NOTE, "")
    count = sum(map(len, owners.values()))
    yield f"{count} facts; each has the rules that follow from it, or the reason why none does."
    for name, facts in owners.items():
        yield from ("", f"## {name}", "", "| fact | what it says | rules, or why none |")
        yield "|---|---|---|"
        for fact in facts.values():
            rules = ", ".join(covered.get((fact.owner, fact.id), ()))
            cells = (fact.id, fact.statement, rules or fact.no_rule or "")
            yield f"| {' | '.join(escaped(cell) for cell in cells)} |"


def measures_page() -> Iterator[str]:
    """Yield every measure that a rule can use, less the limits."""
    yield from ("# Measures", "", NOTE, "")
    yield "What conditions in rule packs compare, and `sharewise measure` prints. Null: not known."
    yield "A platform's limits are measures too, as `limit.text`: see [platforms](platforms.md)."
    yield from ("", "| measure | type | unit | what it is |", "|---|---|---|---|")
    for measure in (MEASURES | PAGE_MEASURES).values():
        if not measure.name.startswith("limit."):
            cells = (measure.name, str(measure.dtype), measure.unit, measure.what)
            yield f"| {' | '.join(escaped(cell) for cell in cells)} |"


def _rule(rule: Rule) -> Iterator[str]:
    where = ", ".join(rule.platforms) or "all platforms"
    goal = f" · for the goal {rule.goal}" if rule.goal else ""
    yield from ("", f"### {rule.id} {rule.name}", "", f"{rule.severity} · {where}{goal}", "")
    yield f"> {escaped(rule.advice)}"
    yield from ("", escaped(rule.why), "")
    for name in rule.fix:
        safety, what = FIX_NAMES[name]
        yield f"- Fix: {escaped(what)} ({who_fixes(safety)})"
    seen = []
    for source in rule_sources(rule, load_platforms()):
        page = source.fact.source
        told = f"{page.title}, {page.year or 'undated'} (confidence {source.fact.confidence})"
        if told not in seen:
            seen.append(told)
            yield f"- Source: {escaped(told)}"
    yield f"- Fires on: {escaped(example_text(rule.examples.fires[0]))}"
    yield f"- Not on: {escaped(example_text(rule.examples.quiet[0]))}"


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from _commands(f"{name} {inner}", found)


if __name__ == "__main__":
    for file, text in pages().items():
        (FOLDER / file).write_text(text, encoding="utf-8")
