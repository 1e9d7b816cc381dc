"""A table and what is signed under it: signatures never stand on a page without rows."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, PageBreak
from reportlab.platypus.doctemplate import NullActionFlowable
from reportlab.platypus.flowables import NullDraw

from journal.documents.pdf.tables import page_height, rows_of

_ROWS = 3  # of the table that go over to the page of the signatures
_HEADING = 12 * mm  # what may stand above a table that is not torn from it
_FORCED = 0xFFFFFF


def ended(body: Flowable, ending: Sequence[Flowable]) -> Flowable:
    """The table, then its ending. Where that does not fit any more, the last rows go along with it
    to the next page, under the heads of their columns. Of an ending longer than a page the last
    two go on together."""
    return _Ended(body, ending)


class _Ended(NullDraw):
    """Draws nothing itself: it always gives way to what it is split into."""

    def __init__(self, body: Flowable, ending: Sequence[Flowable]) -> None:
        super().__init__()
        self._body, self._ending = body, list(ending)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 (the library's names)
        """More than any page has, so that `split` is asked."""
        return aW, _FORCED

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """The table whole with its ending, its first part and the rest with it, or the rows."""
        self._body._frame = getattr(self, "_frame", None)  # type: ignore[attr-defined]
        height = self._body.wrap(aW, aH)[1]
        if height > aH:
            parts = self._parts(aW, aH)
            if len(parts) == 2:
                rest = _Ended(parts[1], self._ending)
                return [NullActionFlowable(), parts[0], PageBreak(), rest]
            if aH < page_height(self, aH):
                return []  # not even one row: all of it on the next page
        ending = self._ending_height(aW, aH)
        if height <= aH < height + ending:
            return self._gone_over(aW, aH, height, ending)
        return [NullActionFlowable(), self._body, *self._ending]

    def _parts(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """What fits and the rest, which is more than a row or two."""
        parts = self._body.split(aW, aH)
        if len(parts) == 2 and rows_of(parts[1]) < _ROWS:
            height = self._body.wrap(aW, _FORCED)[1]
            earlier = self._body.split(aW, height - self._last_rows(aW))
            return earlier if len(earlier) == 2 else parts
        return parts

    def _gone_over(self, aW: float, aH: float, height: float, ending: float) -> list[Flowable]:  # noqa: N803
        """The ending does not fit under the table: it takes the last rows along, or all of them
        where they are not to be torn."""
        last = self._last_rows(aW)
        parts = self._body.split(aW, height - last) if last else []
        if len(parts) == 2:
            return [NullActionFlowable(), parts[0], PageBreak(), parts[1], *self._kept()]
        whole = page_height(self, aH)
        if aH < whole - _HEADING and height + ending <= whole:
            return [PageBreak(), self._body, *self._ending]
        return [NullActionFlowable(), self._body, *self._kept()]

    def _last_rows(self, width: float) -> float:
        """The height of the last rows, a hair less; 0 where there are no others."""
        heights = _row_heights(self._body, width)
        return sum(heights[-_ROWS:]) - 0.01 if len(heights) > _ROWS else 0

    def _ending_height(self, aW: float, aH: float) -> float:  # noqa: N803
        return sum(_height(one, aW, aH) for one in self._ending)

    def _kept(self) -> list[Flowable]:
        """The ending, its last two together."""
        parts = [part for one in self._ending[-2:] for part in getattr(one, "_content", [one])]
        return [*self._ending[:-2], KeepTogether(parts)]


def _row_heights(body: Flowable, width: float) -> list[float]:
    """Of a table's rows without its head."""
    body.wrap(width, _FORCED)
    heights: list[float] = body._rowHeights  # type: ignore[attr-defined]
    return heights[1:]


def _height(one: Flowable, width: float, height: float) -> float:
    """Of what keeps together, the height of its parts."""
    inside = getattr(one, "_content", None)
    if inside is not None:
        return sum(_height(part, width, height) for part in inside)
    return one.wrap(width, height)[1] + one.getSpaceBefore() + one.getSpaceAfter()
