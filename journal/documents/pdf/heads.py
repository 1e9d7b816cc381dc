"""Heads of columns: lying ones of one size, upright ones in several lines, none cut."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from journal.documents.pdf.fonts import BOLD, text_width
from journal.documents.pdf.model import PdfColumn
from journal.documents.pdf.setting import Setting, balanced

PADDING = 2.2
_NARROW, _SLIGHT = 20, 0.7  # points: columns of dates leave their room to the marks
_SMALLEST = 5.0
_LEADING = 1.14
_MOST = 3  # lines of an upright head
_HIGH = 24 * mm  # upright heads that are no longer stay in one line
_HIGHEST = 36 * mm  # only more than three lines of it make a head higher


def padding(width: float) -> float:
    """Points on both sides of what stands in a column."""
    return _SLIGHT if width < _NARROW else PADDING


def room(width: float) -> float:
    """Points of a column for what stands in it."""
    return width - 2 * padding(width) - 0.5


class Upright(Flowable):
    """Lines of text from bottom to top, in the middle of a column."""

    def __init__(self, lines: Sequence[str], size: float, width: float) -> None:
        super().__init__()
        self._lines, self._size = lines, size
        self.width = width
        self.height = max(text_width(one, size, bold=True) for one in lines) + 2 * PADDING

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (the library's names)
        """The whole width of the column."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw on the canvas of the page."""
        leading = self._size * _LEADING
        first = (self.width - leading * len(self._lines)) / 2 + self._size * 0.95
        self.canv.saveState()
        self.canv.rotate(90)
        self.canv.setFont(BOLD, self._size)
        for place, line in enumerate(self._lines):
            self.canv.drawString(PADDING, -first - place * leading, line)
        self.canv.restoreState()


def head_size(columns: Sequence[PdfColumn], widths: Sequence[float], size: float) -> float:
    """The size of lying heads at which no word of theirs is torn."""
    whole = Setting(size, bold=True)
    fitting = [
        size * room(width) / longest
        for column, width in zip(columns, widths, strict=True)
        if not column.upright and (longest := whole.longest(column.title))
    ]
    return max(_SMALLEST, min([size, *fitting]))


def heads(
    columns: Sequence[PdfColumn], widths: Sequence[float], size: float
) -> list[Flowable | str]:
    """The row of heads; lying ones are set in `head_size`."""
    lying, upright = Setting(head_size(columns, widths, size), bold=True), Setting(size, bold=True)
    high = _height(columns, widths, upright)
    return [
        Upright(_fewest(column.title, upright, high, width), size, width)
        if column.upright
        else "\n".join(lying.lines(column.title, room(width)))
        for column, width in zip(columns, widths, strict=True)
    ]


def _height(columns: Sequence[PdfColumn], widths: Sequence[float], setting: Setting) -> float:
    """What the longest of the upright heads needs in as many lines as its column has room for."""
    needed = (
        _balanced(column.title, setting, _lines_in(width, setting))
        for column, width in zip(columns, widths, strict=True)
        if column.upright
    )
    return max(_HIGH, *needed, 0)


def _lines_in(width: float, setting: Setting) -> int:
    return max(1, min(_MOST, int(width / (setting.size * _LEADING))))


def _fewest(title: str, setting: Setting, high: float, width: float) -> list[str]:
    """As few lines as the height allows, all about as long."""
    most = min(len(setting.lines(title, high)), _lines_in(width, setting))
    return setting.lines(title, _balanced(title, setting, most))


def _balanced(title: str, setting: Setting, most: int) -> float:
    return balanced(title, setting, most, torn_from=_HIGHEST)
