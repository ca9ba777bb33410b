"""The empty file to fill in."""

COLUMNS = (
    *("id", "text", "title", "link", "hashtags", "media", "alt_text", "platform", "type"),
    *("scheduled_at", "campaign", "author", "account", "goal", "ignore"),
)


def empty_posts_template() -> str:
    """Return a CSV file for posts: a header, no rows."""
    return ",".join(COLUMNS) + "\n"
