"""A table and what is signed under it: signatures never stand on a page without rows."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, PageBreak
from reportlab.platypus.doctemplate import NullActionFlowable
from reportlab.platypus.flowables import NullDraw

_ROWS = 3  # of the table that go over to the page of the signatures
_FORCED = 0xFFFFFF


def ended(body: Flowable, ending: Sequence[Flowable]) -> Flowable:
    """The table, then its ending. Where that does not fit any more, the last rows go along with it
    to the next page, under the heads of their columns."""
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
        height = self._body.wrap(aW, aH)[1]
        if height > aH:
            parts = self._body.split(aW, aH)
            if len(parts) == 2:
                return [NullActionFlowable(), parts[0], _Ended(parts[1], self._ending)]
        elif height + self._ending_height(aW, aH) > aH:
            parts = self._body.split(aW, height - self._last_rows())
            if len(parts) == 2:
                return [NullActionFlowable(), parts[0], PageBreak(), parts[1], *self._ending]
        return [NullActionFlowable(), self._body, *self._ending]

    def _ending_height(self, aW: float, aH: float) -> float:  # noqa: N803
        return sum(_height(one, aW, aH) for one in self._ending)

    def _last_rows(self) -> float:
        heights: list[float] = self._body._rowHeights  # type: ignore[attr-defined]
        return sum(heights[1:][-_ROWS:]) - 0.01 if len(heights) > _ROWS + 1 else 0


def _height(one: Flowable, width: float, height: float) -> float:
    """Of what keeps together, the height of its parts."""
    inside = getattr(one, "_content", None)
    if inside is not None:
        return sum(_height(part, width, height) for part in inside)
    return one.wrap(width, height)[1] + one.getSpaceBefore() + one.getSpaceAfter()
