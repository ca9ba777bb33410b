"""Whether two conditions can hold together, as far as comparisons with numbers tell."""

from collections.abc import Iterable, Iterator, Mapping

from .condition_nodes import NUMBER, Compare, Literal, Logic, Name, Node, Not

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_WHOLES = {
    "media": ("images", "gifs", "videos", "documents", "kinds", "without_alt", "without_captions"),
    "links": ("unique", "repeated", "in_text", "attached", "insecure", "bare", "utm", "own"),
    "hashtags": ("unique", "repeated", "digits_only", "uncased_count", "inline"),
}
_WHOLE_OF = {f"{one}.{part}": f"{one}.count" for one, parts in _WHOLES.items() for part in parts}

Fact = tuple[str, str, float]


def exclusive(
    conditions: Iterable[Node], limits: Mapping[str, float], *, may_be_set: bool = False
) -> bool:
    """Return whether the conditions can't all hold on a platform with these limits, by name.

    Looks at conjunctions of ``measure operator number`` and ``measure operator limit``; a
    comparison with a limit that the platform has not never holds, unless it ``may_be_set`` for
    an account. False when nothing can be told.
    """
    facts = []
    for node in conditions:
        for measure, operator, value in _facts(node, True):
            number = limits.get(value.removeprefix("limit.")) if isinstance(value, str) else value
            if number is None and may_be_set:
                continue
            if number is None:
                return True
            facts += _with_whole((measure, operator, number))
    measures = {measure for measure, _, _ in facts}
    return any(_empty([fact for fact in facts if fact[0] == measure]) for measure in measures)


def _empty(facts: Iterable[Fact]) -> bool:
    """Return whether no number fulfils all the comparisons."""
    # An open end is moved by less than any two numbers in a pack differ.
    low, high, not_equal = float("-inf"), float("inf"), set()
    for _, operator, number in facts:
        step = 1e-9 * max(1.0, abs(number))
        if operator in (">", ">=", "=="):
            low = max(low, number + step * (operator == ">"))
        if operator in ("<", "<=", "=="):
            high = min(high, number - step * (operator == "<"))
        if operator == "!=":
            not_equal.add(number)
    return low > high or (low == high and low in not_equal)


def _with_whole(fact: Fact) -> list[Fact]:
    """Return the fact, and what it says of the whole: that is no less than its part."""
    measure, operator, number = fact
    if measure in _WHOLE_OF and operator in (">", ">=", "=="):
        return [fact, (_WHOLE_OF[measure], ">" if operator == ">" else ">=", number)]
    return [fact]


def _facts(node: Node, holds: bool) -> Iterator[tuple[str, str, float | str]]:
    """Yield (measure, operator, number or limit name) that follow from the node's value."""
    match node:
        case Not(part=part):
            yield from _facts(part, not holds)
        case Logic(operator=word, parts=parts) if (word == "and") is holds:
            for part in parts:
                yield from _facts(part, holds)
        case Name(name=name, kind="truth"):
            yield name, "==", float(holds)
        case Compare(operator=sign, left=left, right=right) if left.kind == NUMBER:
            sign = sign if holds else _OPPOSITE[sign]
            for side, against, operator in ((left, right, sign), (right, left, _MIRROR[sign])):
                if not isinstance(side, Name) or _is_limit(side):
                    continue
                if isinstance(against, Literal):
                    yield side.name, operator, float(against.value)
                elif isinstance(against, Name) and _is_limit(against):
                    yield side.name, operator, against.name


def _is_limit(node: Name) -> bool:
    return node.name.startswith("limit.")
