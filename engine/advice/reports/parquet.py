"""Findings as Parquet, all columns, for tables too large for anything else."""

from pathlib import Path

from .report import Report


def write(report: Report, path: Path) -> None:
    """Write the findings shown to the file at ``path``."""
    report.findings.write_parquet(path, compression="zstd")
