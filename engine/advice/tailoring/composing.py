"""One source post put together as a platform takes it: title, words, links, hashtags."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...content.changed_posts import as_frame
from ...content.measures.measuring import measure
from ...content.platform import Platform
from ...content.schema import OUTCOMES, POST_SCHEMA
from ...content.text.entities import extract_hashtags
from ..fix_names import SAFE, UNSAFE
from ..recommending import Adviser

Post = Mapping[str, Any]
_GAP = "\n\n"


@dataclass(frozen=True)
class Draft:
    """A post put together for a platform; ``what`` was done with its title, None for nothing.

    ``safety`` is unsafe where words had to be left out.
    """

    post: Mapping[str, Any]
    what: str | None = None
    safety: str = SAFE


def drafts(post: Post, platform: Platform) -> Iterator[Draft]:
    """Yield how ``post`` could be put on ``platform``, the fullest way first.

    Where a platform shows no title, the title becomes the first line; or, where that leaves no
    room, it is left out; or it stands for the words.
    """
    words = _words(post, platform)
    own = {name: post.get(name) for name in POST_SCHEMA} | dict.fromkeys(OUTCOMES)
    own |= {"text": words, "description": None, "platforms": [platform.id]}
    title = (post.get("title") or "").strip()
    if not title or platform.post.title != "none":
        yield Draft(own)
        return
    own["title"] = None
    if words and title.casefold() in words.casefold():
        yield Draft(own, "title left out: the text says it")
    elif not words:
        yield Draft({**own, "text": title}, "title as the text")
    else:
        yield Draft({**own, "text": f"{title}{_GAP}{words}"}, "title as the first line")
        yield Draft(own, "title left out: no room for it", UNSAFE)
        yield Draft({**own, "text": title}, "title alone: no room for the text", UNSAFE)


def finished(post: Post, platform: Platform) -> list[dict[str, Any]]:
    """Return the post with the links and hashtags that belong in its text in there alone.

    Two ways, the roomier one first: set apart by a blank line, or by a line break, which costs
    what measuring counts for the space before them.
    """
    return [
        {**post, "text": _composed(post, platform, gap) or None, **_moved(platform)}
        for gap in (_GAP, "\n")
    ]


def first_fitting(groups: Sequence[Sequence[Post]], adviser: Adviser) -> list[int]:
    """Return, for each group, the place of the first post within its platform's length.

    The first place where none is. Each post goes to the platforms it names.
    """
    owners = [at for at, group in enumerate(groups) if len(group) > 1 for _ in group]
    places = [place for group in groups if len(group) > 1 for place in range(len(group))]
    found: dict[int, int] = {}
    if owners:
        frame = as_frame([post for group in groups if len(group) > 1 for post in group])
        names = ("text.length", "limit.text")
        sizes = measure(frame, adviser.platforms, None, adviser.context, names)
        for at, length, most in sizes.select("index", *names).sort("index").iter_rows():
            if most is None or length <= most:
                found.setdefault(owners[at], places[at])
    return [found.get(at, 0) for at in range(len(groups))]


def _moved(platform: Platform) -> dict[str, None]:
    """Return the fields that are empty once they stand in the text."""
    return {name: None for name in ("links", "hashtags") if _appends(platform, name)}


def _appends(platform: Platform, field: str) -> bool:
    how: str = getattr(platform.post, field)
    return how == "append"


def _composed(post: Post, platform: Platform, gap: str) -> str:
    words = (post.get("text") or "").strip()
    blocks = [words]
    if _appends(platform, "links"):
        links = dict.fromkeys(post.get("links") or ())
        blocks.append("\n".join(link for link in links if link not in words))
    if _appends(platform, "hashtags"):
        in_text = {one.value.casefold() for one in extract_hashtags(words)}
        tags = dict.fromkeys(post.get("hashtags") or ())
        blocks.append(" ".join(f"#{tag}" for tag in tags if tag.casefold() not in in_text))
    return gap.join(block for block in blocks if block)


def _words(post: Post, platform: Platform) -> str | None:
    first, second = ("description", "text") if platform.post.body == "description" else (
        "text", "description"
    )  # fmt: skip
    words = (post.get(first) or post.get(second) or "").strip()
    return words or None
