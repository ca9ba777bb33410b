"""``sharewise rules``: every rule with its reason, threshold, source and examples."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import config_option, format_option, platform_option, rules_option, settings_from

if TYPE_CHECKING:
    from ..engine.advice.rule import Rule, Rulebook

FOUND = 1


@click.group(invoke_without_command=True)
@format_option("text", "json", default="text")
@platform_option
@rules_option
@config_option
@click.pass_context
def rules(
    context: click.Context,
    form: str,
    platforms: tuple[str, ...],
    packs: tuple[Path, ...],
    config: Path | None,
) -> None:
    """List the rules, explain one, check packs.

    \b
    Example:
      sharewise rules --platform linkedin
      sharewise rules show LEN101
      sharewise rules lint --rules our-rules/
    """
    context.obj = (packs, config)
    if context.invoked_subcommand is not None:
        return
    from ..engine.advice.reports.rule_page import rule_table
    from ..engine.advice.reports.style import style_of
    from ..engine.content.platforms import platform_named

    rulebook = _rulebook(packs, config)
    wanted = {platform_named(name) for name in platforms}
    chosen = [rule for rule in rulebook.rules if _meant_for(rule, wanted)]
    if form == "json":
        _print_json(chosen)
    else:
        off = [rule for rule in rulebook.switched_off if _meant_for(rule, wanted)]
        _print(rule_table(chosen, off, style_of(sys.stdout)))


@rules.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...", help="Ids or beginnings of ids.")
@format_option("text", "json", default="text")
@rules_option
@config_option
@click.pass_obj
def show(
    outer: tuple[tuple[Path, ...], Path | None],
    ids: tuple[str, ...],
    form: str,
    packs: tuple[Path, ...],
    config: Path | None,
) -> None:
    """Show a rule: what fires it, why, its sources.

    \b
    Example:
      sharewise rules show TAG104
    """
    from ..engine.advice.reports.rule_page import rule_page
    from ..engine.advice.reports.style import style_of
    from ..engine.content.platforms import load_platforms

    rulebook = _rulebook((*outer[0], *packs), config or outer[1])
    chosen = [rule for name in ids for rule in _named(name, rulebook)]
    if form == "json":
        _print_json(chosen)
        return
    style = style_of(sys.stdout)
    for number, rule in enumerate(dict.fromkeys(chosen)):
        if number:
            click.echo()
        _print(rule_page(rule, rulebook, load_platforms(), style))


@rules.command()
@click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PACK]...", help="Packs."
)
@rules_option
@config_option
@click.pass_obj
@click.pass_context
def lint(
    context: click.Context,
    outer: tuple[tuple[Path, ...], Path | None],
    paths: tuple[Path, ...],
    packs: tuple[Path, ...],
    config: Path | None,
) -> None:
    """Check packs of rules and try every example.

    Beyond what loading checks: observations that no rule uses, rules that can never fire or say
    the same twice, advice that contradicts other advice, examples that do the opposite of what
    they say. Yours and ours together; this exits with 1 on a fault.

    \b
    Example:
      sharewise rules lint our-rules/
    """
    from ..engine.advice.example_trials import wrong_examples
    from ..engine.advice.rulebook_lint import lint_rulebook
    from ..engine.errors import RulebookError

    try:
        rulebook = _rulebook((*outer[0], *packs, *paths), config or outer[1], thorough=True)
    except RulebookError as error:
        click.echo(str(error))
        context.exit(FOUND)
    problems = lint_rulebook(rulebook, wrong_examples(rulebook))
    for one in problems:
        click.echo(f"{one.file}:{one.line}: {one.subject}: {one.what}")
    examples = sum(len(rule.examples.fires) + len(rule.examples.quiet) for rule in rulebook.rules)
    faults = f"{len(problems)} fault{'' if len(problems) == 1 else 's'}"
    told = faults if problems else "all as they say"
    click.echo(
        f"{len(rulebook.packs)} packs, {len(rulebook.rules)} rules, {examples} examples: {told}"
    )
    context.exit(FOUND if problems else 0)


def _rulebook(
    packs: tuple[Path, ...], config: Path | None, *, thorough: bool = False
) -> "Rulebook":
    from ..engine.advice.rulebook import load_rulebook

    settings = settings_from(config)
    return load_rulebook(
        (*settings.packs, *packs), settings.severities, settings.ignore, thorough=thorough
    )


def _named(name: str, rulebook: "Rulebook") -> list["Rule"]:
    """Return the rules whose id or name this is, else those whose id starts so."""
    from ..engine.settings_values import nearest

    known = (*rulebook.rules, *rulebook.switched_off)
    wanted = name.upper()
    exact = [rule for rule in known if rule.id == wanted or rule.name == name.lower()]
    found = exact or [rule for rule in known if rule.id.startswith(wanted)]
    if not found:
        ids, names = zip(*((rule.id, rule.name) for rule in known), strict=True)
        near = nearest(wanted, ids) or nearest(name.lower(), names, cutoff=0.75)
        raise click.UsageError(f"{name!r} is no rule{near}; all: sharewise rules")
    return found


def _meant_for(rule: "Rule", platforms: set[str]) -> bool:
    return not platforms or not rule.platforms or bool(platforms & set(rule.platforms))


def _print_json(chosen: list["Rule"]) -> None:
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.rule_data import rule_data
    from ..engine.content.platforms import load_platforms

    platforms = load_platforms()
    click.echo(json_text([rule_data(rule, platforms) for rule in chosen], indent=2))


def _print(lines: Any) -> None:
    for line in lines:
        click.echo(line)
