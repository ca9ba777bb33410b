"""The top-level domains X turns into links; the home of twitter_text."""

import ast
import importlib.util
import re
from functools import cache
from pathlib import Path

_ASCII_RUN = re.compile(r"[0-9A-Za-z]+")
_PUNYCODE = re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE | re.ASCII)
_NOT_AFTER_DOMAIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@+-")


@cache
def top_level_domains() -> tuple[str, ...]:
    """Return the generic, then the country domains known to twitter-text 3.1.0, in its order."""
    return _listed("valid_gtld") + _listed("valid_cctld")


def domain_end(text: str, start: int) -> int:
    """Return where the top-level domain that begins at ``start`` ends, or 0 if none does.

    A domain counts when no ASCII letter, digit, '@', '+' or '-' follows; punycode always does.
    """
    ascii_domains, others = _tables()
    run = _ASCII_RUN.match(text, start)
    if run and run.group().lower() in ascii_domains and _may_end(text, run.end()):
        return run.end()
    other = others.match(text, start)
    if other:
        return other.end()
    punycode = _PUNYCODE.match(text, start)
    return punycode.end() if punycode else 0


@cache
def _tables() -> tuple[frozenset[str], re.Pattern[str]]:
    domains = top_level_domains()
    others = "|".join(re.escape(name) for name in domains if not name.isascii())
    return (
        frozenset(name for name in domains if name.isascii()),
        re.compile(f"(?:{others})(?![0-9a-zA-Z@+-])", re.IGNORECASE),
    )


def _may_end(text: str, end: int) -> bool:
    return end == len(text) or text[end] not in _NOT_AFTER_DOMAIN


def _listed(module: str) -> tuple[str, ...]:
    """Read the names out of the source of one of the library's patterns.

    Importing it would load pkg_resources, which Python 3.12 and new setuptools no longer
    bring, and compile patterns nobody here uses.
    """
    spec = importlib.util.find_spec("twitter_text")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("twitter-text-parser is not installed", name="twitter_text")
    source = Path(spec.submodule_search_locations[0], "regexp", f"{module}.py").read_text("utf-8")
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    strings.sort(key=lambda node: (node.lineno, node.col_offset))
    pattern = "".join(str(node.value) for node in strings)
    return tuple(re.findall(r"[^|()?:]+", pattern.partition(")(?=")[0]))
