"""The formats a report can be written in: their names, file endings and writers."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TextIO

from ...content.writing import write_beside
from ...errors import WriteError
from .report import Report
from .style import Style, style_of


@dataclass(frozen=True)
class Format:
    """One format: the module that writes it, the endings of its files.

    A ``binary`` format goes to files only; a ``spoken`` one has the summary in it.
    """

    module: str
    endings: tuple[str, ...]
    binary: bool = False
    spoken: bool = False


FORMATS: dict[str, Format] = {
    "text": Format("terminal", (".txt",), spoken=True),
    "concise": Format("concise", ()),
    "full": Format("full", ()),
    "json": Format("json_document", (".json",)),
    "jsonl": Format("json_lines", (".jsonl", ".ndjson")),
    "csv": Format("csv_table", (".csv",)),
    "markdown": Format("markdown", (".md", ".markdown"), spoken=True),
    "html": Format("html_page", (".html", ".htm"), spoken=True),
    "sarif": Format("sarif", (".sarif",)),
    "github": Format("github", ()),
    "xlsx": Format("xlsx", (".xlsx",), binary=True),
    "parquet": Format("parquet", (".parquet",), binary=True),
}


def format_of(path: Path) -> str:
    """Return the name of the format that a file's ending asks for.

    Raises
    ------
    WriteError
        No format has that ending.
    """
    ending = path.suffix.lower()
    for name, form in FORMATS.items():
        if ending in form.endings:
            return name
    endings = ", ".join(ending for form in FORMATS.values() for ending in form.endings)
    raise WriteError(f"{path}: {ending or 'no ending'} says no format; allowed: {endings}")


_OTHER_ENDINGS = {"sarif": (".json",), "concise": (".txt",), "full": (".txt",), "github": (".txt",)}


def refuse_other_ending(name: str | None, path: Path | None) -> None:
    """Refuse a file whose ending says another format than the one asked for.

    Raises
    ------
    WriteError
        The ending is that of another format.
    """
    ending = path.suffix.lower() if path is not None else ""
    if not name or ending in (*FORMATS[name].endings, *_OTHER_ENDINGS.get(name, ())):
        return
    for other, form in FORMATS.items():
        if ending in form.endings:
            raise WriteError(
                f"-f {name} and -o {path} disagree: {ending} is for {other}; leave one of them out"
            )


def write_report(report: Report, name: str, path: Path) -> None:
    """Write the report in format ``name`` to a file, whole or not at all."""
    module = import_module(f"{__package__}.{FORMATS[name].module}")
    if FORMATS[name].binary:
        write: Callable[[Report, Path], None] = module.write
        write_beside(path, lambda beside: write(report, beside))
    else:
        text = "".join(f"{line}\n" for line in _lines(report, name, Style()))
        write_beside(path, text.encode("utf-8", "replace"))


def print_report(report: Report, name: str, stream: TextIO | None = None) -> None:
    """Print the report in format ``name``.

    Raises
    ------
    WriteError
        The format is for files only.
    """
    stream = stream or sys.stdout
    if FORMATS[name].binary:
        raise WriteError(f"{name} is no format to print; name a file: -o findings.{name}")
    for line in _lines(report, name, style_of(stream)):
        stream.write(f"{line}\n")


def _lines(report: Report, name: str, style: Style) -> Iterator[str]:
    module = import_module(f"{__package__}.{FORMATS[name].module}")
    lines: Callable[[Report, Style], Iterator[str]] = module.lines
    return lines(report, style)
