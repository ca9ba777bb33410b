"""Numbers in words."""


def plural(count: int, one: str, several: str) -> str:
    """Return a count with the word that fits it."""
    return f"{count:,} {one if count == 1 else several}"
