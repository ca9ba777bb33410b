"""The empty files to fill in."""

from ..schema import OUTCOMES, POST_SCHEMA

COLUMNS = (
    *("id", "text", "title", "link", "hashtags", "media", "alt_text", "platform", "type"),
    *("scheduled_at", "campaign", "author", "account", "goal", "ignore"),
)
HISTORY_COLUMNS = (
    *("id", "text", "title", "link", "hashtags", "media", "platform", "type", "account"),
    *("published_at", *OUTCOMES),
)
TESTS_COLUMNS = ("test", "group", "text", "impressions", "clicks", "published_at")


def empty_posts_template(*, every_column: bool = False) -> str:
    """Return a CSV file for posts: a header of the usual columns or of all, no rows."""
    known = [name for name in POST_SCHEMA if name not in ("file", "row")]
    return ",".join(known if every_column else COLUMNS) + "\n"


def empty_history_template() -> str:
    """Return a CSV file for published posts with their outcomes: a header, no rows."""
    return ",".join(HISTORY_COLUMNS) + "\n"


def empty_tests_template() -> str:
    """Return a CSV file for randomised tests of wordings: a header, no rows."""
    return ",".join(TESTS_COLUMNS) + "\n"
