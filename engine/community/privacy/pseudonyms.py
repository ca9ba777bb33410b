"""Pseudonyms for people: a keyed hash, one for each person, not to be undone without the key."""

import hmac
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from ...errors import RewardsError
from ..handles import handle_key
from ..reading.files import InteractionFiles

VARIABLE = "SHAREWISE_PSEUDONYM_KEY"
PREFIX = "p_"
LEAST_BYTES = 16
_DIGITS = 24
_MENTION = re.compile(r"(?<![\w@＠])[@＠]([\w.\-]*\w)")
_MAX_BYTES = 10_000


def pseudonym_key(file: Path | None) -> bytes:
    """Return the key from a file, else from the environment variable `VARIABLE`.

    White space around it does not count. The key is never an argument of a command: other
    people on the machine can read those, and shells keep them.

    Raises
    ------
    RewardsError
        There is neither, the file can't be read, or the key is shorter than `LEAST_BYTES`.
    """
    if file is not None:
        try:
            with file.open("rb") as opened:
                key = opened.read(_MAX_BYTES).strip()
        except OSError as error:
            raise RewardsError(f"{file}: can't be read: {error.strerror}") from None
        where = str(file)
    else:
        key, where = os.environb.get(VARIABLE.encode(), b"").strip(), VARIABLE
        if not key:
            raise RewardsError(
                f"no key for pseudonyms: name a file with --key-file, or set {VARIABLE}"
            )
    if len(key) < LEAST_BYTES:
        raise RewardsError(
            f"{where}: {len(key)} bytes are too few for a key; needed are {LEAST_BYTES}. "
            "To make one: openssl rand -hex 32"
        )
    return key


def pseudonym(handle: str, key: bytes) -> str:
    """Return the pseudonym of a handle, however it is spelled.

    References
    ----------
    RFC 2104, HMAC (1997), with SHA-256; the first 96 bits, which of a thousand million people
    leaves two alike with a chance of one in 10^11.
    """
    return next(iter(_pseudonyms([handle], key).values()))


def pseudonymised(
    interactions: pl.DataFrame, key: bytes, *, kept: Iterable[str] = ()
) -> pl.DataFrame:
    """Return an interactions frame with pseudonyms for all people but ``kept``.

    ``from`` and ``to`` are replaced, so are mentions inside ``text`` and the ids in ``post``,
    which may name their author. The words of a text stay: they can still betray who wrote them.
    A row's ``file`` and ``row`` stay too, and lead back to the source for whoever has it.
    """
    own = set(_keys(kept).to_list())
    people = pl.concat([interactions["from"], interactions["to"].rename("from")])
    names = _pseudonyms(people.drop_nulls().unique().to_list(), key, own)
    posts = interactions["post"].drop_nulls().unique().to_list()
    ids = {post: _hashed(f"post:{post}", key) for post in posts}
    return interactions.with_columns(
        pl.col("from", "to").replace_strict(names, default=None, return_dtype=pl.String),
        pl.col("post").replace_strict(ids, default=None, return_dtype=pl.String),
        _with_pseudonyms(interactions["text"], key, own),
    )


def pseudonymised_files(
    files: InteractionFiles, key: bytes, *, kept: Sequence[str] = ()
) -> InteractionFiles:
    """Return what was read with pseudonyms for all people but ``kept``, its edge table too.

    What was said of spellings is left out, the counts stay. ``rejects`` stay as they are: they
    are there to mend the source.
    """
    own = set(_keys(kept).to_list())
    people = files.edges.people
    names = _pseudonyms(people.to_list(), key, own)
    hidden = people.replace_strict(names, default=None, return_dtype=pl.String)
    told = files.interactions
    if "from" in told.columns:
        told = pseudonymised(told, key, kept=kept)
    else:
        told = told.with_columns(_with_pseudonyms(told["text"], key, own))
    return replace(
        files,
        interactions=told,
        edges=replace(files.edges, people=hidden),
        cleaning=replace(files.cleaning, merged=(), lookalikes=()),
    )


def _with_pseudonyms(texts: pl.Series, key: bytes, own: Iterable[str]) -> pl.Series:
    """Return texts with pseudonyms for the people mentioned in them."""
    mentioning = texts.filter(texts.str.contains("[@＠]").fill_null(False)).unique().to_list()
    mentioned = {found[1] for text in mentioning for found in _MENTION.finditer(text)}
    mentions = _pseudonyms(list(mentioned), key, own)
    changed = {
        text: _MENTION.sub(lambda found: f"@{mentions[found[1]]}", text) for text in mentioning
    }
    return texts.replace(changed)


def _pseudonyms(handles: list[str], key: bytes, kept: Iterable[str] = ()) -> dict[str, str]:
    own = set(kept)
    keys = _keys(handles).to_list()
    return {
        handle: handle if spelled in own else PREFIX + _hashed(f"person:{spelled}", key)
        for handle, spelled in zip(handles, keys, strict=True)
    }


def _hashed(text: str, key: bytes) -> str:
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:_DIGITS]


def _keys(handles: Iterable[str]) -> pl.Series:
    frame = pl.DataFrame({"name": list(handles)}, schema={"name": pl.String})
    return frame.select(handle_key(pl.col("name"))).to_series()
