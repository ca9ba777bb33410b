"""The pages frame: one row a page, what every column is called and which type it has."""

import polars as pl

from ..measures.page_catalogue import PAGE_MEASURES
from ..schema import IGNORE_TYPE

_TEXT, _WHOLE = pl.String(), pl.Int64()

PAGE_SCHEMA: dict[str, pl.DataType] = {
    "file": _TEXT,
    "path": _TEXT,
    **{
        name.removeprefix("page."): measure.dtype
        for name, measure in PAGE_MEASURES.items()
        if name.startswith("page.")
    },
    **dict.fromkeys(("x_title", "x_description", "x_image", "card_type"), _TEXT),
    **dict.fromkeys(("og_title", "og_description", "site_name", "image_alt"), _TEXT),
    **dict.fromkeys(("heading", "paragraph", "picture", "picture_alt"), _TEXT),
    "card_types": _WHOLE,
    "card_type_known": pl.Boolean(),
    "card_sites": _WHOLE,
    "creators": _WHOLE,
    "ignore": IGNORE_TYPE,
}
"""``file`` is the page as it was named, ``path`` its absolute path, null without a file.

Then the ``page.*`` measures without their prefix, what its cards are made of, and what stands
in it that could fill a tag that is missing (null where the tag is there). ``ignore``
has the findings that the page sets aside, each with a reason.
"""


def empty_pages() -> pl.DataFrame:
    """Return a pages frame without rows."""
    return pl.DataFrame(schema=PAGE_SCHEMA)
