"""A Markdown post with changed fields: front matter and words changed where they stand."""

from collections.abc import Mapping
from typing import Any

from ...errors import WriteError
from ..reading.column_names import map_columns
from ..reading.markdown_posts import FRONT, NoPostError, post_of
from ..safe_yaml import load_yaml
from .encoded_text import EncodedText
from .flat_cell import flat_cell
from .front_matter import with_value
from .list_text import READERS
from .markdown_body import described_images, image_count, with_words
from .media_alts import with_alts
from .unwritable import Rewritten, UnwritableError, Unwritten


def rewrite_markdown(
    file: EncodedText, name: str, changes: Mapping[int, Mapping[str, Any]]
) -> Rewritten:
    """Return a Markdown file with the changed fields of its post, which is row 1.

    Raises
    ------
    WriteError
        The file is no post any more, or ends its lines in two ways.
    """
    returns = file.text.count("\r\n")
    if returns not in (0, file.text.count("\n")):
        raise WriteError(f"{name}: not written: its lines end in two ways; save it with one")
    text = file.text.replace("\r\n", "\n")
    left: list[Unwritten] = []
    for field, value in changes.get(1, {}).items():
        try:
            new = _changed(text, field, value)
            file.refuse_foreign(new)
            text = new
        except UnwritableError as error:
            left.append(Unwritten(1, field, str(error)))
        except NoPostError as error:
            raise WriteError(f"{name}: not written: {error}") from None
    return Rewritten(file.encoded(text.replace("\n", "\r\n") if returns else text), tuple(left))


def _changed(text: str, field: str, value: Any) -> str:
    match = FRONT.match(text)
    front, body = (match["yaml"], match["body"]) if match else ("", text)
    written = load_yaml(front) if front.strip() else {}
    keys = {str(key): one for key, one in (written or {}).items()}
    key = map_columns(list(keys)).fields.get(field)
    if field == "media":
        new_body, rest = described_images(body, list(value or ()))
        changed = _put(text, front, new_body)
        if len(rest) == len(value or ()) - image_count(body) and key is not None:
            media = with_alts(keys[key], rest)
            return changed if media == keys[key] else _put(changed, with_value(front, key, media))
        return changed
    if key is None and field == "text":
        new = _put(text, front, with_words(body, str(value or "")))
    else:
        new = _put(text, with_value(front, key or field, _front_value(field, keys, key, value)))
    return _read_back(new, text, key or field)


def _put(text: str, front: str, body: str | None = None) -> str:
    """Return the file with another front matter and body; None: its own."""
    match = FRONT.match(text)
    if not match:
        fences = f"---\n{front}---\n" if front else ""
        return fences + (text if body is None else body)
    kept = match["body"] if body is None else body
    return (
        text[: match.start("yaml")] + front + text[match.end("yaml") : match.start("body")] + kept
    )


def _front_value(field: str, keys: Mapping[str, Any], key: str | None, value: Any) -> Any:
    old = keys.get(key) if key else None
    if field in READERS:
        if isinstance(old, str):
            return flat_cell(field, old, value)
        marked = field == "hashtags" and any(str(one).startswith("#") for one in old or ())
        return [f"#{one}" if marked else one for one in value or ()]
    if value is None or isinstance(value, bool | int):
        return value
    return flat_cell(field, str(old) if isinstance(old, str) else None, value)


def _read_back(new: str, old: str, key: str) -> str:
    """Return ``new`` where it reads as the old file but for ``key``."""
    before, after = post_of(old), post_of(new)
    if {**before, key: None} != {**after, key: None}:
        raise UnwritableError(f"{key} can't be changed alone; change it by hand")
    return new
