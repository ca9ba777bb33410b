"""The open engine for social media optimization: recommend, find ambassadors, rank.

    >>> import polars as pl, sharewise
    >>> drafts = pl.DataFrame({"id": ["teaser"], "text": ["x" * 300]})
    >>> advice = sharewise.recommend(drafts, platforms=["x"])
    >>> advice.findings["rule"][0]
    'LEN101'

The names below are loaded when they are first used, so that importing this costs nothing.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .engine.advice.python_interface import measure, read_posts
    from .engine.advice.recommending import recommend
    from .engine.community.graph.community import Community
    from .engine.community.python_interface import ambassadors
    from .engine.errors import SharewiseError
    from .engine.ranking.python_interface import rank
    from .engine.settings import load_settings

__version__ = "0.1.0"
__all__ = [
    "Community",
    "SharewiseError",
    "ambassadors",
    "load_settings",
    "measure",
    "rank",
    "read_posts",
    "recommend",
]

_HOMES = {
    "Community": "engine.community.graph.community",
    "SharewiseError": "engine.errors",
    "ambassadors": "engine.community.python_interface",
    "load_settings": "engine.settings",
    "measure": "engine.advice.python_interface",
    "rank": "engine.ranking.python_interface",
    "read_posts": "engine.advice.python_interface",
    "recommend": "engine.advice.recommending",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
