"""Which fixes a machine can do, by their names in `fix_names`."""

from collections.abc import Mapping

from ..fix_names import FIX_NAMES
from .alt_texts import add_alt, shorten_alt
from .disclosure import add_disclosure, add_label, move_disclosure
from .fewer_emoji import drop_emoji
from .fewer_mentions import drop_cashtags, drop_mentions
from .fix_context import FixFunction, SplitFunction
from .hashtag_cases import camel_case_hashtags
from .hashtag_suggestions import add_hashtags
from .hashtags import drop_hashtags, drop_repeated_hashtags, move_hashtags
from .link_places import link_to_bio, link_to_comment
from .links import add_scheme, drop_links, drop_repeated_links, https
from .shorter_fields import shorten_text, shorten_title
from .shorter_lists import drop_media, drop_tags, fewer_options, shorten_options
from .threads import thread
from .titles import add_title, drop_exclamations
from .utm import add_utm, lowercase_utm
from .wording import plain_letters, sentence_case, strip_invisible, tidy_spaces, unescape

FIXES: Mapping[str, FixFunction] = {
    "add_alt": add_alt,
    "add_disclosure": add_disclosure,
    "add_hashtags": add_hashtags,
    "add_label": add_label,
    "add_scheme": add_scheme,
    "add_title": add_title,
    "add_utm": add_utm,
    "camel_case_hashtags": camel_case_hashtags,
    "drop_cashtags": drop_cashtags,
    "drop_emoji": drop_emoji,
    "drop_exclamations": drop_exclamations,
    "drop_hashtags": drop_hashtags,
    "drop_links": drop_links,
    "drop_media": drop_media,
    "drop_mentions": drop_mentions,
    "drop_repeated_hashtags": drop_repeated_hashtags,
    "drop_repeated_links": drop_repeated_links,
    "drop_tags": drop_tags,
    "fewer_options": fewer_options,
    "https": https,
    "link_to_bio": link_to_bio,
    "link_to_comment": link_to_comment,
    "lowercase_utm": lowercase_utm,
    "move_disclosure": move_disclosure,
    "move_hashtags": move_hashtags,
    "plain_letters": plain_letters,
    "sentence_case": sentence_case,
    "shorten": shorten_text,
    "shorten_alt": shorten_alt,
    "shorten_options": shorten_options,
    "shorten_title": shorten_title,
    "strip_invisible": strip_invisible,
    "tidy_spaces": tidy_spaces,
    "unescape": unescape,
}
"""Fix name → the function that changes the post."""

SPLITS: Mapping[str, SplitFunction] = {"thread": thread}
"""Fix name → the function that makes several posts of one."""

MACHINE_FIXES = frozenset(FIXES) | frozenset(SPLITS)
"""What a machine can do; the other names of `FIX_NAMES` are advice to a person."""

FIX_ORDER: Mapping[str, int] = {name: place for place, name in enumerate(FIX_NAMES)}
"""The order in which fixes are tried on a post."""
