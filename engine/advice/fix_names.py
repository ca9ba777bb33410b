"""The closed list of fixes a rule may name: how safe each is, and what it does."""

SAFE, UNSAFE = "safe", "unsafe"

FIX_NAMES: dict[str, tuple[str, str]] = {
    # Safe: the words, the meaning and the reach stay the same.
    "camel_case_hashtags": (SAFE, "capitals at the words inside a hashtag"),
    "drop_repeated_hashtags": (SAFE, "keep each hashtag once"),
    "drop_repeated_links": (SAFE, "keep each link once"),
    "strip_invisible": (SAFE, "remove zero-width and direction-changing characters"),
    "plain_letters": (SAFE, "ordinary letters instead of styled ones"),
    "lowercase_utm": (SAFE, "utm values in lower case"),
    "add_scheme": (SAFE, "write https:// before a bare link"),
    "tidy_spaces": (SAFE, "single spaces and at most one blank line"),
    "unescape": (SAFE, "the characters themselves instead of HTML codes such as &amp;"),
    "move_disclosure": (SAFE, "bring the label that is there to the start"),
    "add_utm": (SAFE, "tag own links with source, medium and campaign"),
    # Unsafe: a person has to agree, since words, links or reach change.
    "thread": (UNSAFE, "split into a numbered thread"),
    "shorten": (UNSAFE, "cut at the end of a sentence or word"),
    "shorten_title": (UNSAFE, "cut the title at a word"),
    "shorten_description": (UNSAFE, "cut the description at a word"),
    "shorten_alt": (UNSAFE, "cut the alternative text at a word"),
    "hook_first": (UNSAFE, "bring the main point before the cut"),
    "add_hashtags": (UNSAFE, "add hashtags"),
    "drop_hashtags": (UNSAFE, "drop the last hashtags down to the limit"),
    "move_hashtags": (UNSAFE, "move hashtags to the end or the first comment"),
    "add_link": (UNSAFE, "add the link"),
    "drop_links": (UNSAFE, "drop links down to the limit"),
    "link_to_comment": (UNSAFE, "move the link to the first comment"),
    "link_to_bio": (UNSAFE, "move the link to the profile"),
    "expand_link": (UNSAFE, "the full address instead of a shortened one"),
    "https": (UNSAFE, "https:// instead of http://"),
    "drop_mentions": (UNSAFE, "drop mentions down to the limit"),
    "add_mention": (UNSAFE, "mention an account"),
    "drop_cashtags": (UNSAFE, "drop cashtags down to the limit"),
    "drop_tags": (UNSAFE, "drop the last tags down to the limit"),
    "drop_emoji": (UNSAFE, "drop emoji"),
    "add_emoji": (UNSAFE, "add an emoji"),
    "sentence_case": (UNSAFE, "ordinary case instead of capitals"),
    "drop_exclamations": (UNSAFE, "one exclamation mark instead of many"),
    "add_alt": (UNSAFE, "write an alternative text"),
    "add_captions": (UNSAFE, "add captions"),
    "add_media": (UNSAFE, "add an image or a video"),
    "drop_media": (UNSAFE, "drop media items down to the limit"),
    "split_media": (UNSAFE, "spread the media over several posts"),
    "resize_image": (UNSAFE, "a smaller or larger image"),
    "crop_image": (UNSAFE, "another aspect ratio"),
    "trim_video": (UNSAFE, "a shorter video"),
    "compress_video": (UNSAFE, "a smaller video file"),
    "add_cover": (UNSAFE, "add a cover image"),
    "add_title": (UNSAFE, "add a title"),
    "add_description": (UNSAFE, "add a description"),
    "add_text": (UNSAFE, "write something beside the link or image"),
    "add_board": (UNSAFE, "name the board"),
    "add_flair": (UNSAFE, "name the flair"),
    "add_community": (UNSAFE, "name the community"),
    "add_question": (UNSAFE, "end with a question"),
    "add_disclosure": (UNSAFE, "say at the start that it is an advertisement"),
    "add_label": (UNSAFE, "set the platform's own label"),
    "add_location": (UNSAFE, "name the place"),
    "drop_bait": (UNSAFE, "reword what asks for likes, shares, tags or comments"),
    "fewer_options": (UNSAFE, "drop options of the poll down to the limit"),
    "more_options": (UNSAFE, "add options to the poll"),
    "shorten_options": (UNSAFE, "cut options of the poll"),
    "reschedule": (UNSAFE, "another time"),
    "link_series": (UNSAFE, "link the other parts of the series"),
}

OPPOSING: tuple[tuple[str, str], ...] = (
    ("add_hashtags", "drop_hashtags"),
    ("add_link", "drop_links"),
    ("add_link", "link_to_comment"),
    ("add_link", "link_to_bio"),
    ("add_media", "drop_media"),
    ("add_mention", "drop_mentions"),
    ("add_emoji", "drop_emoji"),
    ("more_options", "fewer_options"),
)


def safety_of(fixes: tuple[str, ...]) -> str | None:
    """Return ``safe`` if every fix is, ``unsafe`` if any is not, None where there is none."""
    if not fixes:
        return None
    return SAFE if all(FIX_NAMES[name][0] == SAFE for name in fixes) else UNSAFE
