"""What cleaning set aside, for a reader at a terminal."""

from collections.abc import Iterator

from ..advice.reports.plain_text import printable, shorten
from .counted import plural
from .reading import InteractionFiles


def cleaning_lines(files: InteractionFiles) -> Iterator[str]:
    """Yield what cleaning set aside, a line each."""
    done = files.cleaning
    aside = [
        (done.self_loops, "on oneself"),
        (done.doubles, "there twice (one post counted as two kinds, or the same row again)"),
        (done.future, "dated in the future"),
    ]
    told = [f"{count:,} {words}" for count, words in aside if count]
    if told:
        yield f"  set aside   {'; '.join(told)}"
    if done.untimed:
        yield f"  no time     {plural(done.untimed, 'row', 'rows')}; counted as the oldest"
    if done.unknown_kinds:
        kinds = [f"{printable(name) or '(blank)'} {n:,}" for name, n in done.unknown_kinds.items()]
        yield f"  kinds       unknown, counted as any other act: {shorten(', '.join(kinds), 160)}"
    if done.merged_count:
        some = ", ".join(f"{printable(a)} = {printable(b)}" for a, b in done.merged)
        spelled = plural(done.merged_count, "spelling", "spellings")
        yield f"  one person  {spelled} joined: {shorten(some, 160)}"
    if done.lookalike_count:
        some = ", ".join(f"{printable(a)} / {_spelled(b)}" for a, b in done.lookalikes)
        apart = plural(done.lookalike_count, "pair is", "pairs are")
        yield f"  look-alike  {apart} kept apart: {shorten(some, 160)}"


def _spelled(handle: str) -> str:
    """Return a handle with its letters beyond ASCII as code points: the eye can't tell them."""
    return "".join(
        letter if letter.isascii() else f"[U+{ord(letter):04X}]" for letter in printable(handle)
    )
