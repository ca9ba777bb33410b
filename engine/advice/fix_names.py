"""The closed list of fixes a rule may name: who can make each, how safe it is, what it does."""

SAFE, UNSAFE, PERSON = "safe", "unsafe", "person"

FIX_NAMES: dict[str, tuple[str, str]] = {
    # Safe: the words, the meaning and the reach stay the same.
    "camel_case_hashtags": (SAFE, "capitals at the words inside a hashtag"),
    "drop_repeated_hashtags": (SAFE, "keep each hashtag once"),
    "drop_repeated_links": (SAFE, "keep each link once"),
    "strip_invisible": (SAFE, "remove zero-width and direction-changing characters"),
    "plain_letters": (SAFE, "ordinary letters instead of styled ones"),
    "lowercase_utm": (SAFE, "utm parameters in lower case"),
    "add_scheme": (SAFE, "write https:// before a bare link"),
    "tidy_spaces": (SAFE, "single spaces and at most one blank line"),
    "unescape": (SAFE, "the characters themselves instead of HTML codes such as &amp;"),
    "move_disclosure": (SAFE, "move the label that is there to the start"),
    "add_utm": (SAFE, "tag own links with source, medium and campaign"),
    # Unsafe: a person has to agree, since words, links or reach change.
    "thread": (UNSAFE, "split into a numbered thread"),
    "shorten": (UNSAFE, "cut at the end of a sentence or word"),
    "shorten_title": (UNSAFE, "cut the title at a word"),
    "shorten_alt": (UNSAFE, "cut the alternative text at a word"),
    "add_hashtags": (UNSAFE, "add hashtags"),
    "drop_hashtags": (UNSAFE, "drop the least useful hashtags down to the limit"),
    "move_hashtags": (UNSAFE, "move hashtags to the end or the first comment"),
    "drop_links": (UNSAFE, "drop links down to the limit"),
    "link_to_comment": (UNSAFE, "move the link to the first comment"),
    "link_to_bio": (UNSAFE, "move the link to the profile"),
    "https": (UNSAFE, "https:// instead of http://"),
    "drop_mentions": (UNSAFE, "drop mentions down to the limit"),
    "drop_cashtags": (UNSAFE, "drop cashtags down to the limit"),
    "drop_tags": (UNSAFE, "drop the last tags down to the limit"),
    "drop_emoji": (UNSAFE, "drop emoji"),
    "sentence_case": (UNSAFE, "ordinary case instead of capitals"),
    "drop_exclamations": (UNSAFE, "one exclamation mark instead of many"),
    "add_alt": (UNSAFE, "put a note where the alternative text goes, for you to fill in"),
    "drop_media": (UNSAFE, "drop media items down to the limit"),
    "add_title": (UNSAFE, "add a title"),
    "add_disclosure": (UNSAFE, "add a label at the start that says it is an advertisement"),
    "add_label": (UNSAFE, "set the platform's own label"),
    "fewer_options": (UNSAFE, "drop options of the poll down to the limit"),
    "shorten_options": (UNSAFE, "cut options of the poll"),
    # For a person: they ask for what no machine knows or has.
    "hook_first": (PERSON, "bring the main point before the cut"),
    "add_link": (PERSON, "add the link"),
    "expand_link": (PERSON, "the full address instead of a shortened one"),
    "add_captions": (PERSON, "add captions"),
    "add_media": (PERSON, "add an image or a video"),
    "split_media": (PERSON, "spread the media over several posts"),
    "resize_image": (PERSON, "a smaller or larger image"),
    "crop_image": (PERSON, "another aspect ratio"),
    "trim_video": (PERSON, "a shorter video"),
    "compress_video": (PERSON, "a smaller video file"),
    "add_cover": (PERSON, "add a cover image"),
    "add_text": (PERSON, "write something beside the link or image"),
    "add_board": (PERSON, "name the board"),
    "add_flair": (PERSON, "name the flair"),
    "add_community": (PERSON, "name the community"),
    "add_question": (PERSON, "end with a question"),
    "drop_bait": (PERSON, "reword what asks for likes, shares, tags or comments"),
    "more_options": (PERSON, "add options to the poll"),
    "reschedule": (PERSON, "another time"),
    "link_series": (PERSON, "link the other parts of the series"),
}

OPPOSING: tuple[tuple[str, str], ...] = (
    ("add_hashtags", "drop_hashtags"),
    ("add_link", "drop_links"),
    ("add_link", "link_to_comment"),
    ("add_link", "link_to_bio"),
    ("add_media", "drop_media"),
    ("more_options", "fewer_options"),
)


def safety_of(fixes: tuple[str, ...]) -> str | None:
    """Return how safe those fixes are that a machine can make, None where none is named.

    ``safe`` if each of them is, ``unsafe`` if one is not, ``person`` where none is a machine's.
    """
    if not fixes:
        return None
    found = {FIX_NAMES[name][0] for name in fixes} - {PERSON}
    return PERSON if not found else UNSAFE if UNSAFE in found else SAFE
