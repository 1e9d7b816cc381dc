"""A table and what is signed under it: signatures never stand on a page without rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak
from reportlab.platypus.doctemplate import NullActionFlowable
from reportlab.platypus.flowables import NullDraw

from journal.documents.pdf.model import PdfColumn
from journal.documents.pdf.tables import EVERY_ROW, Sparse, page_height, rows_of, table
from journal.documents.pdf.tightening import Laid, laid

_ROWS = 4  # of the table that go over to the page of the signatures
_PAGES = 3  # of a table that is set closer for the sake of its last rows
_CLOSER = ((1, 0.5), (1, 1), (0.94, 1))  # of the size of letters, nearness of lines
_SMALLEST = 7  # points of letters that are made smaller
_HEADING = 12 * mm  # what may stand above a table that is not torn from it


def ended(
    columns: Sequence[PdfColumn],
    rows: Sequence[Sequence[str]],
    ending: Sequence[Flowable],
    *,
    width: float,
    size: float = 8,
    bold_rows: Collection[int] = (),
    groups: Sequence[int] = (),
) -> Flowable:
    """A `table`, then its ending. Where that does not fit any more, the last rows go along with it
    to the next page, under the heads of their columns. Of an ending longer than a page the last
    two go on together. Lines are set closer where only a few of them would have a page."""
    made = partial(table, columns, rows, width=width, bold_rows=bold_rows, groups=groups)
    least = min(size, _SMALLEST)
    closer = [partial(made, size=max(least, size * part), close=close) for part, close in _CLOSER]
    return _Ended(made(size=size), ending, closer)


class _Ended(NullDraw):
    """Draws nothing itself: it always gives way to what it is split into."""

    def __init__(
        self,
        body: Sparse,
        ending: Sequence[Flowable],
        closer: Sequence[Callable[[], Sparse]] = (),
    ) -> None:
        super().__init__()
        self._body, self._ending, self._closer = body, list(ending), closer

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (the library's names)
        """More than any page has, so that `split` is asked."""
        return aW, EVERY_ROW

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The table whole with its ending, its first part and the rest with it, or the rows."""
        ending = self._ending_height(aW, aH)
        self._body = self._chosen(aW, aH, ending)
        height = self._body.wrap(aW, aH)[1]
        if height > aH:
            parts = self._parts(aW, aH)
            if len(parts) == 2:
                rest = _Ended(parts[1], self._ending)
                return [NullActionFlowable(), parts[0], PageBreak(), rest]
            if aH < page_height(self, aH):
                return []  # not even one row: all of it on the next page
        if height <= aH < height + ending:
            return self._gone_over(aW, aH, height, ending)
        return [NullActionFlowable(), self._body, *self._ending]

    def _chosen(self, aW: float, aH: float, ending: float) -> Sparse:  # noqa: N803
        """The table, or one set closer that needs a page less."""
        own = self._laid(self._body, aW, aH, ending)
        if own.few and 1 < own.pages <= _PAGES:
            for make in self._closer:
                other = make()
                if self._laid(other, aW, aH, ending).pages < own.pages:
                    return other
        return self._body

    def _laid(self, body: Sparse, aW: float, aH: float, ending: float) -> Laid:  # noqa: N803
        body._frame = getattr(self, "_frame", None)  # type: ignore[attr-defined]
        body.wrap(aW, EVERY_ROW)
        return laid(body, aH, page_height(self, aH), ending, few=_ROWS)

    def _parts(self, aW: float, aH: float) -> list[Sparse]:  # noqa: N803
        """What fits and the rest, which is more than a row or two."""
        parts = self._split(aW, aH)
        if len(parts) == 2 and rows_of(parts[1]) < _ROWS:
            height = self._body.wrap(aW, EVERY_ROW)[1]
            earlier = self._split(aW, height - self._last_rows(aW))
            return earlier if len(earlier) == 2 else parts
        return parts

    def _split(self, aW: float, aH: float) -> list[Sparse]:  # noqa: N803
        return self._body.split_for(aW, aH, page_height(self._body, aH))

    def _gone_over(self, aW: float, aH: float, height: float, ending: float) -> list[Flowable]:  # noqa: N803
        """The ending does not fit under the table: it takes the last rows along, or all of them
        where they are few or not to be torn; a group that fills the page is torn."""
        whole = page_height(self, aH)
        movable = aH < whole - _HEADING and height + ending <= whole
        moved: list[Flowable] = [PageBreak(), self._body, *self._ending]
        if movable and rows_of(self._body) <= _ROWS:
            return moved
        left = height - self._last_rows(aW)
        parts = self._split(aW, left)
        if len(parts) < 2 and movable:
            return moved
        if len(parts) < 2:
            parts = self._body.split_for(aW, left, 0)
        if len(parts) < 2:
            return [NullActionFlowable(), self._body, *self._kept()]
        return [NullActionFlowable(), parts[0], PageBreak(), parts[1], *self._kept()]

    def _last_rows(self, width: float) -> float:
        """The height of the last rows, a hair less; one at least stays where it is."""
        heights = _row_heights(self._body, width)
        return sum(heights[max(1, len(heights) - _ROWS) :]) - 0.01

    def _ending_height(self, aW: float, aH: float) -> float:  # noqa: N803
        return sum(_height(one, aW, aH) for one in self._ending)

    def _kept(self) -> list[Flowable]:
        """The ending, its last two together."""
        parts = [part for one in self._ending[-2:] for part in getattr(one, "_content", [one])]
        return [*self._ending[:-2], KeepTogether(parts)]


def _row_heights(body: Sparse, width: float) -> list[float]:
    """Of a table's rows without its head."""
    body.wrap(width, EVERY_ROW)
    heights: list[float] = body._rowHeights  # type: ignore[attr-defined]
    return heights[1:]


def _height(one: Flowable, width: float, height: float) -> float:
    """Of what keeps together, the height of its parts."""
    inside = getattr(one, "_content", None)
    if inside is not None:
        return sum(_height(part, width, height) for part in inside)
    return one.wrap(width, height)[1] + one.getSpaceBefore() + one.getSpaceAfter()
