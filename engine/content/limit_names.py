"""The closed list of limit names, with the unit that each is held in."""

_CHARACTERS = {
    "text": "the platform's unit",
    "text_bytes": "bytes",
    "text_background": "characters",
    "title": "characters",
    "description": "characters",
    "photo_title": "characters",
    "photo_text": "characters",
    "article_title": "characters",
    "article_text": "characters",
    "reel_title": "characters",
    "document_title": "characters",
    "fold": "characters",
    "fold_desktop": "characters",
    "title_fold": "characters",
    "comment": "characters",
}
_TAGS_AND_LINKS = {
    "hashtags": "hashtags",
    "hashtags_advised": "hashtags",
    "hashtags_ignored": "hashtags",
    "hashtag_characters": "characters",
    "tags": "tags",
    "tags_characters": "characters",
    "cashtags": "cashtags",
    "mentions": "mentions",
    "links": "links",
    "link_characters": "characters",
}
_MEDIA = {
    "media_items": "items",
    "images": "images",
    "images_plain": "images",
    "gifs": "GIFs",
    "videos": "videos",
    "carousel_min": "items",
    "image_bytes": "bytes",
    "gif_bytes": "bytes",
    "video_bytes": "bytes",
    "video_seconds": "seconds",
    "video_seconds_min": "seconds",
    "image_side_min": "pixels",
    "image_side_max": "pixels",
    "image_width_min": "pixels",
    "image_width_max": "pixels",
    "image_pixels": "pixels",
    "image_aspect_min": "width / height",
    "image_aspect_max": "width / height",
    "image_aspect_advised": "width / height",
    "video_aspect_min": "width / height",
    "video_aspect_max": "width / height",
    "video_aspect_advised": "width / height",
    "video_side_min": "pixels",
    "short_seconds": "seconds",
    "story_seconds": "seconds",
    "reel_seconds": "seconds",
    "reel_advised_seconds": "seconds",
    "document_bytes": "bytes",
    "document_pages": "pages",
    "cover_bytes": "bytes",
    "alt": "characters",
}
_POLLS_AND_LANGUAGES = {
    "poll_options_min": "options",
    "poll_options": "options",
    "poll_option_characters": "characters",
    "languages": "languages",
}
_CALENDAR = {
    "frequency_day_min": "posts a day",
    "frequency_day_max": "posts a day",
    "frequency_week_min": "posts a week",
    "frequency_week_max": "posts a week",
    "gap_hours": "hours",
    "cooldown_days": "days",
    "quota_three_hours": "posts in three hours",
    "quota_day": "posts in 24 hours",
    "link_posts_month": "posts in 30 days",
}
_CARDS = {
    "card_title": "characters",
    "card_description": "characters",
    "card_image_bytes": "bytes",
    "card_image_width_min": "pixels",
}
_YES_OR_NO = {
    "media_required": "yes or no",
    "board_required": "yes or no",
    "title_required": "yes or no",
    "alt_supported": "yes or no",
    "hashtag_letters_required": "yes or no",
    "links_clickable": "yes or no",
    "shorteners_blocked": "yes or no",
    "media_mixed": "yes or no",
}

LIMIT_UNITS: dict[str, str] = (
    _CHARACTERS | _TAGS_AND_LINKS | _MEDIA | _POLLS_AND_LANGUAGES | _CALENDAR | _CARDS | _YES_OR_NO
)
"""Limit name → unit of its value; yes is 1, no is 0; a megabyte is 1,000,000 bytes."""

LIMIT_NAMES: tuple[str, ...] = tuple(LIMIT_UNITS)
