"""Length as a Mastodon server counts it.

Grapheme clusters, after every http(s) URL became 23 characters and every mention lost its
server. Source: app/validators/status_length_validator.rb, with the URL and mention patterns
of config/initializers/twitter_regex.rb and app/models/account.rb in github.com/mastodon/mastodon.
"""

from .entity import Entity, outside
from .graphemes import count_graphemes
from .mentions import extract_server_mentions
from .urls import extract_mastodon_urls

URL_LENGTH = 23


def mastodon_length(text: str) -> int:
    """Return the length of a post's text on Mastodon (500 unless the server changed it)."""
    pieces, position = [], 0
    for start, end, short in shortenings(text):
        pieces += [text[position:start], short]
        position = end
    return count_graphemes("".join([*pieces, text[position:]]))


def shortenings(text: str) -> list[tuple[int, int, str]]:
    """Return what is counted shorter or longer than written: (start, end, counted as)."""
    if "@" not in text and "://" not in text:
        return []
    urls = extract_mastodon_urls(text)
    mentions = [
        Entity("@" + at.value.partition("@")[0], at.start, at.end)
        for at in extract_server_mentions(text)
        if "@" in at.value
    ]
    counted = [(url.start, url.end, "x" * URL_LENGTH) for url in outside(urls, mentions)]
    counted += [(at.start, at.end, at.value) for at in outside(mentions, urls)]
    return sorted(counted)
