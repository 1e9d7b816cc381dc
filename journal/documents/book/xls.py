"""The .xls writer (BIFF8, Excel 97–2003): the only place that knows xlwt.

xlwt is the one library that writes BIFF8 from Python; it is frozen, and leaves the result of a
formula empty. The cells below fill it in, as the format has it: a number in the record itself, a
text in a record that follows.
"""

from __future__ import annotations

import io
from decimal import Decimal
from functools import cache
from struct import pack
from typing import Any

import xlwt
from xlwt.UnicodeUtils import upack2

from journal.documents.book.model import Book, BookSheet, Formula, Look, Placed

A3, A4 = 8, 9
_FONT = "Arial"
_VERY_HIDDEN = 2
_FIRST_COLOUR = 8
_ALIGN = {"left": 1, "center": 2, "right": 3}
_VALIGN = {"top": 0, "center": 1, "bottom": 2}
_STRING_RESULT = pack("<6BH", 0, 0, 0, 0, 0, 0, 0xFFFF)
_EMPTY_RESULT = pack("<6BH", 3, 0, 0, 0, 0, 0, 0xFFFF)
_FORMULA, _STRING = 0x0006, 0x0207


def write_xls(book: Book) -> bytes:
    """The workbook's bytes."""
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.protect = True
    workbook.wnd_protect = False
    looks = _Looks(workbook)
    # Formulas name sheets, so that all of them are there before the first cell.
    targets = [workbook.add_sheet(one.title, cell_overwrite_ok=True) for one in book.sheets]
    for target, sheet in zip(targets, book.sheets, strict=True):
        _write_sheet(target, sheet, looks)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


class _Looks:
    """Styles of the workbook, one for each look; its own colours in the palette."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._colours: dict[str, int] = {"000000": _FIRST_COLOUR, "FFFFFF": _FIRST_COLOUR + 1}
        self.of = cache(self._style)

    def _style(self, look: Look) -> Any:
        style = xlwt.XFStyle()
        style.font.name, style.font.height = _FONT, look.size * 20
        style.font.bold, style.font.italic = look.bold, look.italic
        style.font.colour_index = self._colour(look.colour)
        style.alignment.horz = _ALIGN[look.align]
        style.alignment.vert = _VALIGN[look.valign]
        style.alignment.wrap = int(look.wrap)
        style.num_format_str = look.number_format
        style.protection.cell_locked = int(look.locked)
        if look.fill:
            style.pattern.pattern = xlwt.Pattern.SOLID_PATTERN
            style.pattern.pattern_fore_colour = self._colour(look.fill)
        if look.border:
            _frame(style.borders, self._colour(look.border))
        return style

    def _colour(self, colour: str) -> int:
        """The palette's index of a colour; a new one takes the next place."""
        if colour not in self._colours:
            place = _FIRST_COLOUR + len(self._colours)
            self._colours[colour] = place
            red, green, blue = bytes.fromhex(colour)
            self._workbook.set_colour_RGB(place, red, green, blue)
        return self._colours[colour]


def _frame(borders: Any, colour: int) -> None:
    for side in ("left", "right", "top", "bottom"):
        setattr(borders, side, xlwt.Borders.THIN)
        setattr(borders, f"{side}_colour", colour)


def _write_sheet(target: Any, sheet: BookSheet, looks: _Looks) -> None:
    for placed in sheet.cells:
        _write(target, placed, looks.of(placed.look))
    for column, width in sheet.widths.items():
        target.col(column).width = int(width * 256)
    for row, height in sheet.heights.items():
        target.row(row).height_mismatch = True
        target.row(row).height = int(height * 20)
    if sheet.freeze:
        target.panes_frozen = True
        target.horz_split_pos, target.vert_split_pos = sheet.freeze
    target.protect = True
    _print_setup(target, sheet)
    if sheet.very_hidden:
        target.visibility = _VERY_HIDDEN


def _write(target: Any, placed: Placed, style: Any) -> None:
    row, column = placed.row, placed.column
    if placed.last != (row, column):
        last_row, last_column = placed.last
        target.write_merge(row, last_row, column, last_column, placed.value or "", style)
        return
    if isinstance(placed.value, Formula):
        target.write(row, column, "", style)
        target.row(row).insert_cell(column, _valued(target, placed, placed.value, style))
        return
    target.write(row, column, placed.value, style)


def _valued(target: Any, placed: Placed, given: Formula, style: Any) -> _Valued:
    workbook = target.get_parent()
    formula = xlwt.Formula(given.text)
    workbook.add_sheet_reference(formula)
    xf_index = workbook.add_style(style)
    return _Valued(placed.row, placed.column, xf_index, formula.rpn(), given.value)


class _Valued:
    """A formula's cell with its result."""

    def __init__(
        self, row: int, column: int, xf_index: int, tokens: bytes, value: int | Decimal | str
    ) -> None:
        self.rowx, self.colx = row, column
        self._head = pack("<3H", row, column, xf_index)
        self._tokens, self._value = tokens, value

    def get_biff_data(self) -> bytes:
        """The FORMULA record, and the STRING record of a text."""
        text = self._value if isinstance(self._value, str) else None
        if text is None:
            result = pack("<d", float(self._value))
        else:
            result = _STRING_RESULT if text else _EMPTY_RESULT
        record = _record(_FORMULA, self._head + result + pack("<HL", 0, 0) + self._tokens)
        return record + _record(_STRING, upack2(text)) if text else record


def _record(number: int, data: bytes) -> bytes:
    return pack("<2H", number, len(data)) + data


def _print_setup(target: Any, sheet: BookSheet) -> None:
    target.portrait = not sheet.landscape
    target.print_centered_horz = False
    target.paper_size_code = A3 if sheet.wide else A4
    target.fit_num_pages = 1
    target.fit_width_to_pages, target.fit_height_to_pages = 1, 0
    target.left_margin = target.right_margin = 0.4
    target.top_margin, target.bottom_margin = 0.5, 0.6
    target.header_str, target.footer_str = b"", b"&L&8&A&R&8&P / &N"
