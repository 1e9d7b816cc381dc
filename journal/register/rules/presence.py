"""A mark of an absent pupil: allowed or not by the school's rule (EditPolicy.mark_with_absence).

• , н/а and осв are no answers given in the lesson; a late pupil was there. What already stands may
be corrected, and a retake is never written in the lesson itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from journal.core.messages import N_, Message

ABSENT = frozenset("nbup")
GIVEN_IN_THE_LESSON = frozenset({"5", "4", "3", "2", "1", "зач", "незач"})


def why_no_mark(*, allowed: bool, value: str, code: str | None) -> Message | None:
    """Why the value is no new mark of a pupil with this code of attendance; None when it is."""
    if allowed or code not in ABSENT or value not in GIVEN_IN_THE_LESSON:
        return None
    return N_(
        "By the school's rule an absent pupil gets no mark: enter •, or correct the attendance."
    )


def why_no_absence(*, allowed: bool, code: str, values: Iterable[str]) -> Message | None:
    """Why a pupil with these marks in the lesson is not entered as absent; None when he is."""
    if allowed or code not in ABSENT or GIVEN_IN_THE_LESSON.isdisjoint(values):
        return None
    return N_("By the school's rule who has a mark was present: erase the mark first.")
