"""What a rule shows as proof: the numbers it compared and the words it found."""

from collections.abc import Iterator

from .condition_nodes import NUMBER, TEXT, TEXTS, Call, Compare, Literal, Name, Node, Not, children
from .rule import Mark, Rule, Rulebook

TEXT_MEASURES = ("text.body", "text.hook", "text.first_line", "text.first_sentence")
"""Measures that are (a part of) the text, so that what matches in them stands in it."""


def evidence_of(rule: Rule, rulebook: Rulebook) -> tuple[Node | None, Node | None]:
    """Return what is measured and the limit: the rule's own, else its first comparison's sides.

    None where the rule compares no numbers.
    """
    left, right = rule.measured, rule.limit
    if left is None and right is None:
        for part in _parts(rule, rulebook):
            if isinstance(part, Compare) and part.left.kind == NUMBER:
                swapped = isinstance(part.left, Literal)
                return (part.right, part.left) if swapped else (part.left, part.right)
    return left, right


def mark_of(rule: Rule, rulebook: Rulebook) -> Mark | None:
    """Return what to point at: the rule's ``mark``, else the pattern it matches first."""
    if rule.mark is not None:
        return rule.mark
    for part in _parts(rule, rulebook):
        match part:
            case Call("matches", Name(name=name, kind=kind), str(pattern)):
                if kind == TEXTS:
                    return Mark(pattern, name)
                if kind == TEXT and name in TEXT_MEASURES:
                    return Mark(pattern)
    return None


def _parts(rule: Rule, rulebook: Rulebook) -> Iterator[Node]:
    for name in rule.when:
        yield from _asserted(rulebook.observations[name].node)


def _asserted(node: Node) -> Iterator[Node]:
    """Yield the node and those beneath, but nothing under a ``not``."""
    if isinstance(node, Not):
        return
    yield node
    for child in children(node):
        yield from _asserted(child)
