"""The page about one rule, and the table of all, for a reader at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...content.platform import Platform
from ..fix_names import FIX_NAMES, SAFE, UNSAFE, safety_of
from ..rule import Rule, Rulebook
from ..rule_sources import RuleSource, rule_sources
from .plain_text import pad, printable, shorten, wrap
from .style import Style
from .told_fixes import who_fixes

LABEL_COLUMNS = 15
SHOWN_EXAMPLES = 4
EXAMPLE_COLUMNS = 200


def rule_page(
    rule: Rule, rulebook: Rulebook, platforms: Mapping[str, Platform], style: Style
) -> Iterator[str]:
    """Yield the page about ``rule`` line by line."""
    yield _title(rule, rulebook, style)
    yield ""
    parts = (
        *_conditions(rule, rulebook),
        ("It says", rule.advice),
        ("Why", rule.why),
        *(("Fix", f"{FIX_NAMES[name][1]} ({who_fixes(FIX_NAMES[name][0])})") for name in rule.fix),
        *_sources(rule, platforms),
        *(("Fires on", example_text(post)) for post in rule.examples.fires[:SHOWN_EXAMPLES]),
        *(("Not on", example_text(post)) for post in rule.examples.quiet[:SHOWN_EXAMPLES]),
    )
    before = ""
    for label, text in parts:
        yield from _part("" if label == before else label, text, style)
        before = label


def rule_table(rules: Sequence[Rule], off: Sequence[Rule], style: Style) -> Iterator[str]:
    """Yield a line a rule, those switched off last."""
    names = max((len(rule.name) for rule in (*rules, *off)), default=0)
    room = style.width - 8 - 3 - names - 2 - 15
    for rule in (*rules, *off):
        sign = style.sign(rule.severity) if rule in rules else "-"
        where = ",".join(rule.platforms) or "all"
        line = f"{rule.id}  {sign} {pad(rule.name, names)}  {pad(rule.category, 13)}  "
        yield (line + shorten(where, max(room, 12))).rstrip()
    signs = [f"{style.sign(name)} {name}" for name in ("error", "warning", "suggestion")]
    switched = f" · {len(off)} switched off (-)" if off else ""
    yield ""
    yield f"{len(rules)} rules{switched} · {' '.join(signs)} · more: sharewise rules show ID"


def _title(rule: Rule, rulebook: Rulebook, style: Style) -> str:
    safety = safety_of(rule.fix)
    parts = [
        f"{style.paint(rule.id, 'bold')} {rule.name}",
        style.paint(rule.severity, rule.severity),
        rule.category,
        ", ".join(rule.platforms) or "all platforms",
        *([f"{safety} fix"] if safety in (SAFE, UNSAFE) else []),
        *([f"for the goal {rule.goal}"] if rule.goal else []),
        *(["switched off"] if rule in rulebook.switched_off else []),
        *(
            []
            if rule.pack is None or rule.pack.ours
            else [f"from {printable(str(rule.pack.file))}"]
        ),
    ]
    return " · ".join(parts)


def _conditions(rule: Rule, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for label, names in (("Fires when", rule.when), ("and not", rule.unless)):
        for name in names:
            yield label, f"{name}: {rulebook.observations[name].condition}"
    if rule.needs:
        yield "and when", f"{', '.join(rule.needs)} was found"
    if rule.blocked_by:
        yield "not when", f"{' or '.join(rule.blocked_by)} was found"
    if rule.concludes:
        yield "Concludes", rule.concludes


def _sources(rule: Rule, platforms: Mapping[str, Platform]) -> Iterator[tuple[str, str]]:
    for source in rule_sources(rule, platforms):
        yield "Sources", _source_text(source)
        if source.fact.contested:
            yield "Sources", f"  sources disagree: {source.fact.contested}"


def _source_text(source: RuleSource) -> str:
    fact = source.fact
    value = _value(source)
    page = fact.source
    address = f", {page.address}" if page.address else ""
    year = page.year or "undated"
    return (
        f"{value}{page.title}{address}, {year} (confidence {fact.confidence}) "
        f"· checked {fact.checked:%Y-%m}"
    )


def _value(source: RuleSource) -> str:
    if not source.reference.startswith("limit."):
        return ""
    value = source.fact.limits[source.reference.removeprefix("limit.")]
    return f"{source.fact.owner} {value:,}: "


def example_text(post: Mapping[str, Any]) -> str:
    """Return an example on one line, cut where it is long."""
    told = ", ".join(f"{name} {_shown(value)}" for name, value in post.items())
    return shorten(printable(told), EXAMPLE_COLUMNS)


def _shown(value: Any) -> str:
    """Return a value of an example as a person would note it: ``“a” × 281``."""
    if isinstance(value, Mapping):
        if value.keys() == {"repeat", "times"}:
            return f"“{value['repeat']}” × {value['times']}"
        return "(" + ", ".join(f"{name} {_shown(part)}" for name, part in value.items()) + ")"
    if isinstance(value, list | tuple):
        return " + ".join(map(_shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if isinstance(value, str) and " " in value else str(value)


def _part(label: str, text: str, style: Style) -> Iterator[str]:
    first = style.paint(pad(label, LABEL_COLUMNS), "dim")
    for line in wrap(printable(text), max(30, min(style.width, 120) - LABEL_COLUMNS)):
        yield f"{first}{line}"
        first = " " * LABEL_COLUMNS
