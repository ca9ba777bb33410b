"""The words around links: what would hang without them."""

import re

from ...content.text.entity import Entity

_JOINED = re.compile(r"(?i)[\s,;|/&+·•]*(?:and|or|und|oder|y|o|et|ou|e)?\s*")
"""What stands between links that a sentence lists."""
_SIGNS = r"[:(\[→👉➡,–—-]\ufe0f?"
_HANGS = re.compile(
    rf"(?i)(?:{_SIGNS}|\b(?:at|on|via|from|to|see|visit|unter|auf|bei|von|sur|en|a|su))$"
)
"""The end of words that lead to a link, and mean nothing without it."""
_LEADS = re.compile(r"[ \t]*[:,→👉➡–—-]\ufe0f?[ \t]*$")
_ENDED = tuple(".!?…。！？")


def link_runs(text: str, urls: list[Entity]) -> list[list[Entity]]:
    """Return the URLs, those together that only a comma or an "or" parts on a line."""
    runs: list[list[Entity]] = []
    for url in urls:
        between = text[runs[-1][-1].end : url.start] if runs else "\n"
        if "\n" not in between and _JOINED.fullmatch(between):
            runs[-1].append(url)
        else:
            runs.append([url])
    return runs


def opens_line(text: str, run: list[Entity]) -> bool:
    """Return whether nothing stands before the links on their line."""
    return not text[: run[0].start].rsplit("\n", 1)[-1].strip()


def would_hang(text: str, run: list[Entity]) -> bool:
    """Return whether words lead to the links, or go on after them in the same sentence."""
    before = text[: run[0].start].rstrip()
    return _HANGS.search(before) is not None or goes_on(text, run)


def goes_on(text: str, run: list[Entity]) -> bool:
    """Return whether the sentence of the links goes on after them."""
    before, after = text[: run[0].start].rstrip(), text[run[-1].end :].split("\n", 1)[0].strip()
    if opens_line(text, run) or before.endswith(_ENDED):
        return after[:1].islower()
    return after[:1].isalnum() or after[:1] in (")", "]")


def without_lead(before: str) -> str:
    """Return the words before links without the colon or arrow that leads there."""
    return _LEADS.sub("", before)
