r"""The condition language: one line of text read into checked nodes.

``hashtags.count > limit.hashtags and not matches(text.body, '(?i)\bgiveaway\b')``

Python's grammar reads it (`ast`, never `eval`), a closed list of node types is let through,
and every name and type is checked against the measures. Texts are raw: ``'\b'`` is two
characters, as in a regular expression.
"""

import ast
import math
import re
from collections.abc import Mapping

from .condition_nodes import (
    NUMBER,
    TEXT,
    TEXTS,
    TRUTH,
    Arithmetic,
    Call,
    Compare,
    Literal,
    Logic,
    Member,
    Name,
    Node,
    Not,
)
from .did_you_mean import did_you_mean

MAX_CHARACTERS = 5_000
MAX_DEPTH = 30
MAX_NUMBER = 2**53

# function → (kinds of its subject, what its second argument is, kind of its value)
FUNCTIONS: dict[str, tuple[tuple[str, ...], str | None, str]] = {
    "matches": ((TEXT, TEXTS), "pattern", TRUTH),
    "count": ((TEXT, TEXTS), "pattern", NUMBER),
    "overlaps": ((TEXTS,), "list", TRUTH),
    "contains": ((TEXT, TEXTS), "text", TRUTH),
    "length": ((TEXT, TEXTS), None, NUMBER),
    "lower": ((TEXT, TEXTS), None, ""),
    "known": ((NUMBER, TEXT, TRUTH, TEXTS), None, TRUTH),
}

_STRING = re.compile(r"""([A-Za-z]*)('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.DOTALL)
_COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class ConditionError(ValueError):
    """A condition that is wrong; the message says what, and what is allowed."""


def parse_condition(
    text: str,
    kinds: Mapping[str, str],
    lists: Mapping[str, tuple[str | float, ...]] | None = None,
    expect: str = TRUTH,
) -> Node:
    """Read a condition; ``kinds`` gives each measure's kind, ``lists`` the ``list.<name>``.

    ``expect`` is the kind that the whole must have: ``truth`` for an observation, ``number``
    for a rule's evidence.

    Raises
    ------
    ConditionError
        Not of the language, an unknown measure, function or list, kinds that don't go
        together, nested deeper than `MAX_DEPTH` or longer than `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise ConditionError(f"{len(text)} characters long; at most {MAX_CHARACTERS}")
    source = _raw_strings(" ".join(text.split("\n"))).strip()
    try:
        tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError):
        raise ConditionError(f"not a condition: {text!r}") from None
    except (RecursionError, MemoryError):
        raise ConditionError(f"nested deeper than {MAX_DEPTH} levels") from None
    node = _Reader(kinds, lists or {}).read(tree.body, MAX_DEPTH)
    if node.kind != expect:
        raise ConditionError(f"a {_said(node.kind)} where a {_said(expect)} is needed: {text!r}")
    return node


def _raw_strings(text: str) -> str:
    def raw(found: re.Match[str]) -> str:
        prefix, literal = found.groups()
        if prefix.lower() in ("b", "br", "rb", "f", "fr", "rf", "u", "t", "rt", "tr"):
            raise ConditionError(f"{prefix}{literal}: a text has no prefix here")
        return f"{prefix if prefix != 'r' else ''} r{literal}"

    return _STRING.sub(raw, text)


def _said(kind: str) -> str:
    return {NUMBER: "number", TEXT: "text", TRUTH: "yes/no", TEXTS: "list of texts"}[kind]


class _Reader:
    """Turns Python's syntax tree into nodes, for one set of measures and lists."""

    def __init__(
        self, kinds: Mapping[str, str], lists: Mapping[str, tuple[str | float, ...]]
    ) -> None:
        self._kinds = kinds
        self._lists = lists

    def read(self, tree: ast.expr, depth: int) -> Node:
        if depth == 0:
            raise ConditionError(f"nested deeper than {MAX_DEPTH} levels")
        match tree:
            case ast.BoolOp(op=op, values=values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Logic(word, tuple(self._truth(part, depth, word) for part in values))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self._truth(operand, depth, "not"))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
                number = _literal(value).value
                if isinstance(number, str | bool):
                    return _refuse(tree)
                return Literal(-number, NUMBER)
            case ast.BinOp(op=op, left=left, right=right) if type(op) in _ARITHMETIC:
                sign = _ARITHMETIC[type(op)]
                sides = self.read(left, depth - 1), self.read(right, depth - 1)
                for side in sides:
                    if side.kind != NUMBER:
                        raise ConditionError(f"{_said(side.kind)} {sign} …: only numbers go there")
                return Arithmetic(sign, *sides)
            case ast.Compare():
                return self._comparison(tree, depth)
            case ast.Call():
                return self._call(tree, depth)
            case ast.Constant(value=value):
                return _literal(value)
            case ast.Name() | ast.Attribute():
                return self._named(tree)
            case _:
                return _refuse(tree)

    def _truth(self, tree: ast.expr, depth: int, word: str) -> Node:
        node = self.read(tree, depth - 1)
        if node.kind != TRUTH:
            raise ConditionError(
                f"{word!r} takes yes/no, {ast.unparse(tree)!r} is a {_said(node.kind)}"
            )
        return node

    def _named(self, tree: ast.expr) -> Node:
        name = _dotted(tree)
        if name in ("true", "false"):
            return Literal(name == "true", TRUTH)
        kind = self._kinds.get(name)
        if kind is None:
            if name in ("null", "none"):
                raise ConditionError(f"{name!r} compares with nothing; write known(measure)")
            if name.startswith("list."):
                raise ConditionError(f"{name!r} stands only after 'in' and in overlaps()")
            raise ConditionError(f"unknown measure {name!r}{did_you_mean(name, self._kinds)}")
        return Name(name, kind)

    def _comparison(self, tree: ast.Compare, depth: int) -> Node:
        parts: list[Node] = []
        left = self.read(tree.left, depth - 1)
        for op, right in zip(tree.ops, tree.comparators, strict=True):
            if isinstance(op, ast.In | ast.NotIn):
                if len(tree.ops) > 1:
                    raise ConditionError("'in' can't be chained with other comparisons")
                member = self._member(left, right)
                return Not(member) if isinstance(op, ast.NotIn) else member
            if type(op) not in _COMPARE:
                return _refuse(tree)
            side = self.read(right, depth - 1)
            parts.append(_compare(_COMPARE[type(op)], left, side))
            left = side
        return parts[0] if len(parts) == 1 else Logic("and", tuple(parts))

    def _member(self, item: Node, tree: ast.expr) -> Member:
        values = self._values(tree)
        wrong = [
            value for value in values if (TEXT if isinstance(value, str) else NUMBER) != item.kind
        ]
        if wrong:
            raise ConditionError(f"a {_said(item.kind)} is never in a list with {wrong[0]!r}")
        return Member(item, values)

    def _values(self, tree: ast.expr) -> tuple[str | float, ...]:
        if isinstance(tree, ast.List | ast.Tuple):
            return tuple(_listed(element) for element in tree.elts)
        name = _dotted(tree) if isinstance(tree, ast.Name | ast.Attribute) else ""
        if not name.startswith("list."):
            raise ConditionError(f"{ast.unparse(tree)!r} is no list; write [..] or list.<name>")
        values = self._lists.get(name.removeprefix("list."))
        if values is None:
            known = [f"list.{key}" for key in self._lists]
            raise ConditionError(f"unknown list {name!r}{did_you_mean(name, known)}")
        return values

    def _call(self, tree: ast.Call, depth: int) -> Node:
        function = tree.func.id if isinstance(tree.func, ast.Name) else ast.unparse(tree.func)
        if function not in FUNCTIONS:
            raise ConditionError(
                f"unknown function {function!r}; allowed: {', '.join(FUNCTIONS)}"
                + did_you_mean(function, FUNCTIONS)
            )
        subjects, wanted, kind = FUNCTIONS[function]
        if tree.keywords or len(tree.args) != (1 if wanted is None else 2):
            shape = function + ("(measure)" if wanted is None else f"(measure, {wanted})")
            raise ConditionError(f"{ast.unparse(tree)!r}: write {shape}")
        subject = self.read(tree.args[0], depth - 1)
        if subject.kind not in subjects or isinstance(subject, Literal):
            raise ConditionError(
                f"{function}() reads a {' or '.join(map(_said, subjects))} measure, "
                f"{ast.unparse(tree.args[0])!r} is a {_said(subject.kind)}"
            )
        argument = None if wanted is None else self._argument(function, wanted, tree.args[1])
        return Call(function, subject, argument, kind or subject.kind)

    def _argument(
        self, function: str, wanted: str, tree: ast.expr
    ) -> str | tuple[str | float, ...]:
        if wanted == "list":
            values = self._values(tree)
            if not all(isinstance(value, str) for value in values):
                raise ConditionError(f"{function}() needs a list of texts")
            return values
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str) and tree.value:
            return tree.value
        raise ConditionError(f"{function}() needs a {wanted} in quotes, not {ast.unparse(tree)!r}")


def _compare(operator: str, left: Node, right: Node) -> Compare:
    if left.kind != right.kind:
        raise ConditionError(
            f"a {_said(left.kind)} {operator} a {_said(right.kind)} can't be compared"
        )
    if left.kind == TEXTS or (left.kind == TRUTH and operator not in ("==", "!=")):
        raise ConditionError(f"a {_said(left.kind)} can't be compared with {operator}")
    return Compare(operator, left, right)


def _literal(value: object) -> Literal:
    if isinstance(value, bool):
        return Literal(value, TRUTH)
    if isinstance(value, str):
        return Literal(value, TEXT)
    if isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > MAX_NUMBER:
            raise ConditionError(f"the number {value} is out of range; at most 2^53")
        return Literal(value, NUMBER)
    raise ConditionError(f"{value!r} is no number, text, true or false")


def _listed(tree: ast.expr) -> str | float:
    if isinstance(tree, ast.Constant) and not isinstance(tree.value, bool):
        value = _literal(tree.value).value
        return value
    raise ConditionError(f"{ast.unparse(tree)!r} in a list: only texts and numbers stand there")


def _dotted(tree: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(tree, ast.Attribute):
        parts.append(tree.attr)
        tree = tree.value
    if not isinstance(tree, ast.Name):
        _refuse(tree)
    else:
        parts.append(tree.id)
    return ".".join(reversed(parts))


def _refuse(tree: ast.AST) -> Node:
    raise ConditionError(
        f"{ast.unparse(tree)!r} is not of the language; allowed: measures, numbers, texts, "
        "and or not, == != < <= > >=, in, + - * /, " + ", ".join(f"{name}()" for name in FUNCTIONS)
    )
