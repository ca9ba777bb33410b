"""Posts that name an account the settings don't have, or one of another platform."""

from collections.abc import Mapping, Sequence

import polars as pl

from ..settings import Account


def account_notes(
    posts: pl.DataFrame, accounts: Mapping[str, Account], chosen: Sequence[str] | None
) -> tuple[str, ...]:
    """Return a sentence for each account that posts name in vain, with the first such post.

    ``chosen`` are the platforms asked for, which replace the posts' own. Without any account in
    the settings nothing is said: the column may be another tool's.
    """
    if not accounts:
        return ()
    known = {_key(name): account for name, account in accounts.items()}
    notes: dict[tuple[str, tuple[str, ...]], str] = {}
    named = posts.filter(pl.col("account").is_not_null())
    columns = ("file", "row", "id", "account", "platforms")
    for file, row, post, name, own in named.select(columns).iter_rows():
        platforms = tuple(chosen or own or ())
        account = known.get(_key(name))
        where = f"{file}:{row}" + (f" {post}" if post else "")
        if account is None:
            told = f"is not in the settings; they have {', '.join(accounts)}"
        elif platforms and account.platform not in platforms:
            told = f"is on {account.platform}, the post is for {', '.join(platforms)}"
        else:
            continue
        notes.setdefault((_key(name), platforms), f"{where}: account {name!r} {told}")
    return tuple(notes.values())


def _key(name: str) -> str:
    return name.lower().strip(" @")
