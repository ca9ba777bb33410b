"""Cells of an Excel workbook replaced where they stand; all other parts stay as they are."""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from ...errors import WriteError
from ..reading.column_names import map_columns
from ..reading.xlsx_place import SheetPlace, posts_place
from ..reading.xlsx_safety import refuse_bombs
from .flat_cell import flat_cell, place_of
from .unwritable import Rewritten, UnwritableError, Unwritten
from .xlsx_xml import Cell, cells_of, string_cell

_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
MOST_CHARACTERS = 32_767


def rewrite_xlsx(content: bytes, name: str, changes: Mapping[int, Mapping[str, Any]]) -> Rewritten:
    """Return a workbook with the changed fields of its rows, by their number from 1.

    A changed cell keeps its style and holds its text itself; text with formats within loses
    these, a cell with a formula is left.

    Raises
    ------
    WriteError
        The sheet of posts is not found again, or its cells have no addresses.
    """
    refuse_bombs(io.BytesIO(content), name)
    found = posts_place(content)
    book = zipfile.ZipFile(io.BytesIO(content))
    part = _part(book, found.sheet) if found else None
    if found is None or part is None:
        raise WriteError(f"{name}: not written: no sheet of posts in it any more")
    xml = book.read(part).decode("utf-8")
    sheet = _Sheet(found, {(cell.row, cell.column): cell for cell in cells_of(xml)})
    if not sheet.cells:
        raise WriteError(f"{name}: not written: cells without addresses; save it with Excel first")
    edits: list[tuple[Cell, str]] = []
    left: list[Unwritten] = []
    for row, fields in changes.items():
        for field, value in fields.items():
            try:
                edits.append(sheet.edit(row, field, value))
            except UnwritableError as error:
                left.append(Unwritten(row, field, str(error)))
    for cell, text in sorted(edits, key=lambda edit: -edit[0].start):
        xml = xml[: cell.start] + string_cell(cell, text) + xml[cell.end :]
    return Rewritten(_packed(book, part, xml.encode()), tuple(left))


class _Sheet:
    """The cells of the sheet of posts by row and column from 1, and what each means."""

    def __init__(self, place: SheetPlace, cells: Mapping[tuple[int, int], Cell]) -> None:
        self.cells = cells
        self._texts = place.cells
        self._columns = map_columns(place.cells.columns).fields
        filled = [at for at, cell in cells.items() if cell.filled]
        self._header_row = min((row for row, _ in filled), default=1) + place.header_at
        self._first_column = min((column for _, column in filled), default=1)

    def edit(self, row: int, field: str, value: Any) -> tuple[Cell, str]:
        """Return the cell that holds a field, and its new text."""
        name = place_of(field, self._columns)
        column = self._first_column + self._texts.columns.index(name)
        cell = self.cells.get((self._header_row + row, column))
        if cell is None:
            raise UnwritableError("the cell is not there; write something into it first")
        if cell.formula:
            raise UnwritableError(f"the cell {cell.address} holds a formula; change it by hand")
        old = self._texts[name][row - 1]
        text = flat_cell(field, old, value, alts="media_alt" in self._columns)
        if len(text) > MOST_CHARACTERS:
            raise UnwritableError(f"{len(text)} characters; a cell holds {MOST_CHARACTERS}")
        return cell, text


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """Return the name of the part that holds a sheet."""
    identity = None
    for one in _attributes(_SHEET, book.read("xl/workbook.xml").decode()):
        if one.get("name") == sheet:
            identity = one.get("id")
    for one in _attributes(_RELATION, book.read("xl/_rels/workbook.xml.rels").decode()):
        if one.get("Id") == identity and "Target" in one:
            part = posixpath.normpath(posixpath.join("/xl", one["Target"])).lstrip("/")
            return part if part in book.namelist() else None
    return None


def _attributes(element: re.Pattern[str], xml: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of each such element, their names without prefix."""
    for found in element.finditer(xml):
        pairs = _ATTRIBUTE.findall(found[0])
        yield {key.rpartition(":")[2]: html.unescape(one or two) for key, one, two in pairs}


def _packed(book: zipfile.ZipFile, part: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.comment = book.comment
        for entry in book.infolist():
            packed.writestr(entry, content if entry.filename == part else book.read(entry))
    return buffer.getvalue()
