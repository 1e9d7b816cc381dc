"""What the school's rules propose for a term in all subjects of a class: seven statements.

The same proposals as on the pages of the courses, made at once for everybody who has no mark yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import PupilState, tallies
from journal.core.clock import local_date
from journal.grading.progress import Expected
from journal.grading.rule_queries import rule_book
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.grading.school_entries import school_entries
from journal.lessons.queries.agenda import Days
from journal.results.rules.places import Place
from journal.school.class_reader import ReadClass
from journal.school.course_names import NamedCourse
from journal.school.stays import year_stays

Key = tuple[int, int]


def class_offers(
    session: Session,
    actor: Actor,
    *,
    group: ReadClass,
    place: Place,
    wanted: Mapping[Key, str],
    now: datetime,
) -> dict[Key, str]:
    """By (pupil, subject) of those `wanted`, which have their subject's scale; nothing for a term
    that has not begun, for the year and what follows, and where the rules propose nothing."""
    today = local_date(now, actor.current.time_zone)
    if place.term_id is None or place.span.starts_on > today or not wanted:
        return {}
    days = Days(place.span.starts_on, place.span.ends_before or date.max)
    pupils = {pupil_id for pupil_id, _ in wanted}
    marks = school_entries(session, first=days.starts_on, before=days.ends_before, pupil_ids=pupils)
    attended = _attended(session, group, pupils, days, now)
    rules = rule_book(session, actor.organisation_id, today=today).until(place.span.ends_before)
    found = {}
    for key, scale in wanted.items():
        entries, lessons = marks[key].entries if key in marks else (), attended.get(key, Attended())
        facts: dict[str, Any] = {"scale": scale, "grade": group.grade, "rules": rules}
        found[key] = propose_for_term(entries, lessons, **facts).value
    return {key: value for key, value in found.items() if value is not None}


def without_marks(
    expected: Iterable[Expected], courses: Mapping[int, NamedCourse]
) -> dict[Key, str]:
    """Who has no mark yet: (pupil, subject) and the subject's scale."""
    return {
        (one.pupil_id, courses[one.course_id].subject_id): courses[one.course_id].scale
        for one in expected
        if one.value is None and one.course_id in courses
    }


def _attended(
    session: Session, group: ReadClass, pupil_ids: set[int], days: Days, now: datetime
) -> dict[Key, Attended]:
    """In every class the pupils were in this year: a mover brings his lessons along."""
    stays = year_stays(session, group.year_id)
    classes = {one.class_group_id for one in stays if one.pupil_id in pupil_ids}
    facts = attendance_facts(session, Chosen(days, now, class_ids=classes, taken_only=True))

    def key(state: PupilState) -> Key:
        return state.pupil_id, state.lesson.subject_id

    found = tallies(facts, key=key, only=pupil_ids)
    return {place: Attended.of(tally) for place, tally in found.items()}
