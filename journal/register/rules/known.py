"""What excuses say of lessons whose attendance is not taken: shown, never an entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journal.register.rules.facts import Announced, Facts, Known, LessonFacts


def known_cells(
    lessons: Sequence[LessonFacts], facts: Facts, excuses: Iterable[Announced]
) -> Known:
    """(lesson, pupil) -> (code, confirmed) of lessons neither taken nor cancelled in which nothing
    is entered of the pupil. A confirmed excuse outdoes an announcement, an illness a leave."""
    waiting = [one for one in lessons if one.taken_at is None and not one.cancelled]
    found: Known = {}
    # The strongest comes last and stays.
    for one in sorted(excuses, key=lambda one: (one.confirmed, one.code == "b")):
        entered = facts.absences.get(one.pupil_id, {})
        for lesson in waiting:
            if one.span.covers(lesson.held_on) and lesson.id not in entered:
                found[lesson.id, one.pupil_id] = (one.code, one.confirmed)
    return found
