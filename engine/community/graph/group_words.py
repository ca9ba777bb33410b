"""The words that are typical of a group: those its people use and the others don't."""

import polars as pl

LEAST_PEOPLE = 3
"""A word that fewer people of a group use is theirs, not the group's."""

_NO_WORDS = r"https?://\S+|www\.\S+|[@＠][\p{L}\p{N}_.@-]+"
_WORD = r"#?\p{L}[\p{L}\p{M}\p{N}]{2,29}"
_PRIOR = 0.1
_Z = 1.96


def typical_words(texts: pl.DataFrame, people: pl.DataFrame, count: int) -> pl.DataFrame:
    """Return ``group`` and ``words``: for each group up to ``count``, the most typical first.

    A word counts once for each person who uses it, so that nobody can name a group alone. It is
    typical when its log-odds in the group against all others are above chance (z > 1.96), with
    the whole community as the prior; groups without such a word have no row.

    Parameters
    ----------
    texts : ``person``, ``text``
    people : ``person``, ``group``

    References
    ----------
    Monroe, Colaresi, Quinn: Fightin' Words (2008), the informative Dirichlet prior.
    """
    used = (
        texts.lazy()
        .join(people.lazy(), on="person")
        .select(
            "group",
            "person",
            word=pl.col("text")
            .str.replace_all(_NO_WORDS, " ")
            .str.to_lowercase()
            .str.extract_all(_WORD),
        )
        .explode("word", empty_as_null=True)
        .drop_nulls()
        .group_by("group", "word")
        .agg(users=pl.col("person").n_unique().cast(pl.Float64))
        .collect()
    )
    inside, everyone = pl.col("users"), pl.col("users").sum().over("word")
    total_inside, total = pl.col("users").sum().over("group"), pl.col("users").sum()
    prior = _PRIOR * total
    of_word = prior * everyone / total
    here = inside + of_word
    there = everyone - inside + of_word
    odds = (here / (total_inside + prior - here)).log() - (
        there / (total - total_inside + prior - there)
    ).log()
    scored = used.with_columns(z=odds / (1 / here + 1 / there).sqrt())
    return (
        scored.filter(pl.col("z") > _Z, pl.col("users") >= LEAST_PEOPLE)
        .sort("z", "word", descending=[True, False])
        .group_by("group", maintain_order=True)
        .agg(words=pl.col("word").head(count))
        .sort("group")
    )
