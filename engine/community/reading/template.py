"""The empty file of interactions to fill in."""

COLUMNS = ("from", "to", "kind", "at", "post", "text", "sentiment", "followers")


def empty_interactions_template() -> str:
    """Return a CSV file for interactions: a header, no rows."""
    return ",".join(COLUMNS) + "\n"
