"""``sharewise diff``: what changed between two runs of ``sharewise batch``, and why."""

from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from .options import format_option, output_option

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 20


@click.command()
@click.argument(
    "first", type=click.Path(path_type=Path), metavar="RUN1", help="Folder of a finished run."
)
@click.argument(
    "second", type=click.Path(path_type=Path), metavar="RUN2", help="Folder of a later one."
)
@format_option("text", "csv", "jsonl")
@output_option
def diff(first: Path, second: Path, form: str | None, output: Path | None) -> None:
    """Say what changed between two runs of batch, and why.

    A cause is what differs between the runs and can bring the change: input (what was read of
    the post), rules, model, settings, versions.

    \b
    Example:
      sharewise diff run-monday/ run-tuesday/
      sharewise diff run-monday/ run-tuesday/ -o changes.csv
    """
    from ..engine.content.writing import write_beside

    to_file = output is not None and str(output) != "-"
    form = form or (_form_of(output) if output is not None and to_file else "text")
    if output is None or not to_file:
        with click.open_file("-", "wb") as stream:
            _write(first, second, form, stream)
        return

    def fill(path: Path) -> None:
        with path.open("wb") as stream:
            _write(first, second, form, stream)

    write_beside(output, fill)
    click.echo(f"written to {output}")


def _form_of(output: Path) -> str:
    from ..engine.errors import WriteError

    forms = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".txt": "text"}
    if output.suffix.lower() not in forms:
        raise WriteError(f"{output}: {output.suffix or 'no ending'}; allowed: .csv .jsonl .txt")
    return forms[output.suffix.lower()]


def _write(first: Path, second: Path, form: str, target: IO[bytes]) -> None:
    from ..engine.advice.reports.cells import guarded
    from ..engine.batch.diff import CHANGE_SCHEMA, compare_runs

    summary = _Summary()
    if form == "csv":
        target.write(CHANGE_SCHEMA.to_frame().write_csv(line_terminator="\n").encode())
    for compared in compare_runs(first, second):
        if form == "csv":
            rows = guarded(compared.changes)
            target.write(rows.write_csv(include_header=False, line_terminator="\n").encode())
        elif form == "jsonl":
            target.write(compared.changes.write_ndjson().encode())
        else:
            summary.add(compared.rows, compared.moved, compared.changes)
    if form == "text":
        target.write("".join(f"{line}\n" for line in summary.lines()).encode())


class _Summary:
    """Counts over all changes, and the first few of them."""

    def __init__(self) -> None:
        self.rows = self.moved = self.total = 0
        self.causes: Counter[tuple[str, str]] = Counter()
        self.rules: Counter[tuple[str, str, str]] = Counter()
        self.first: list[dict[str, str | None]] = []

    def add(self, rows: int, moved: int, changes: "pl.DataFrame") -> None:
        """Count some more."""
        self.rows, self.moved = self.rows + rows, self.moved + moved
        self.total += changes.height
        kinds = changes.group_by("change", "cause").len().iter_rows()
        self.causes.update({(change, cause): count for change, cause, count in kinds})
        of_rules = changes.filter(change="finding").with_columns(way=_way())
        rules = of_rules.group_by("rule", "way", "cause").len().iter_rows()
        self.rules.update({(rule, way, cause): count for rule, way, cause, count in rules})
        self.first += changes.head(_SHOWN - len(self.first)).to_dicts()

    def lines(self) -> list[str]:
        """Return the summary, then the first changes."""
        if not self.total and not self.moved:
            return [f"{self.rows:,} rows, no change"]
        lines = [f"{self.rows:,} rows, {self.total:,} changes"]
        for (change, cause), count in sorted(self.causes.items()):
            lines.append(f"  {change:<8} {count:>10,}  by {cause}")
        if self.moved:
            lines.append(f"  {'rank':<8} {self.moved:>10,}  the score stayed, others' changed")
        if self.rules:
            lines += ["", "findings by rule"]
            for (rule, way, cause), count in sorted(self.rules.items())[:_SHOWN]:
                lines.append(f"  {rule:<8} {count:>10,}  {way}, by {cause}")
        if self.first:
            lines += ["", f"the first {len(self.first)} of {self.total:,}"]
            lines += [_told(one) for one in self.first]
        return lines


def _way() -> "pl.Expr":
    import polars as pl

    return (
        pl.when(pl.col("before").is_null())
        .then(pl.lit("new"))
        .when(pl.col("after").is_null())
        .then(pl.lit("gone"))
        .otherwise(pl.lit("changed"))
    )


def _told(change: dict[str, str | None]) -> str:
    from ..engine.advice.reports.plain_text import printable

    what = change["rule"] or change["change"] or ""
    before, after = change["before"] or "–", change["after"] or "–"
    post = printable(change["post"] or "")[:40]
    return f"  {post}  {change['platform']}  {what}: {before} → {after}  ({change['cause']})"
