"""The name of a column without what differs from tool to tool."""

import re

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def plain_name(column: str) -> str:
    """Return a column's name without case, word breaks and punctuation: ``tweet_text``."""
    parted = _CAMEL.sub("_", column.strip("\ufeff \t\"'"))
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")
