"""Findings that a post's author has set aside, with the reason given."""

import polars as pl

NO_REASON = "no reason given"


def suppressions(findings: pl.DataFrame, ignore: pl.Series) -> pl.Series:
    """Return why each finding is set aside; null where it is not.

    Parameters
    ----------
    findings
        ``index`` (the post's position in ``ignore``) and ``rule`` (id).
    ignore
        A list of ``rule`` (an id or the start of one, in any case) and ``reason`` a post.

    Returns
    -------
    pl.Series
        ``suppressed``, as long as ``findings``; the first entry that fits counts.
    """
    if ignore.null_count() == ignore.len():
        return pl.repeat(None, findings.height, dtype=pl.String, eager=True).alias("suppressed")
    entries = (
        pl.DataFrame({"ignore": ignore})
        .with_row_index("index")
        .explode("ignore", empty_as_null=True)
        .drop_nulls("ignore")
        .unnest("ignore")
        .with_columns(pl.col("rule").str.strip_chars().str.to_uppercase().alias("start_of_id"))
        .filter(pl.col("start_of_id") != "")
        .select("index", "start_of_id", pl.col("reason").str.strip_chars().replace("", None))
    )
    fitting = (
        findings.with_row_index("finding")
        .join(entries, on="index", maintain_order="left_right")
        .filter(pl.col("rule").str.starts_with(pl.col("start_of_id")))
        .unique("finding", keep="first", maintain_order=True)
        .select("finding", pl.col("reason").fill_null(NO_REASON).alias("suppressed"))
    )
    return (
        findings.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("finding"))
        .join(fitting, on="finding", how="left", maintain_order="left")
        .get_column("suppressed")
    )
