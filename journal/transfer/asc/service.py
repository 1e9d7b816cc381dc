"""A file of aSc Timetables into a draft: all of it, or nothing and a list of what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.core.audit import Change
from journal.core.db import bulk_insert
from journal.core.errors import Forbidden, JournalError
from journal.core.messages import N_, Message
from journal.people.directory import NAME_COLUMNS
from journal.people.models import Person, StaffMember
from journal.school.directory import class_choices, room_rows
from journal.school.models import Course, CourseTeacher, StudyGroup, Subject
from journal.school.planning import planned_classes
from journal.timetable.models import TimetableSlot
from journal.timetable.service import DraftDates, Planner, create_draft
from journal.transfer.asc.matching import KnownCourse, KnownSchool, match_asc
from journal.transfer.asc.parsing import parse_asc


class AscRefused(JournalError):
    """Nothing was written; `faults` say everything that stands against the file."""

    status = 422

    def __init__(self, faults: Sequence[Message]) -> None:
        super().__init__(N_("The file was not taken: %(count)s errors.", count=len(faults)))
        self.faults = tuple(faults)


def import_asc(planner: Planner, *, academic_year_id: int, data: bytes, dates: DraftDates) -> int:
    """A draft with the lessons of the file; returns its id. Raises UnreadableFile, AscRefused."""
    rows = parse_asc(data)
    if planned_classes(planner.session, planner.actor, academic_year_id).names is not None:
        raise Forbidden(N_("A file holds every class: it is taken by who plans all of them."))
    known = known_school(planner.session, academic_year_id, dates)
    matched = match_asc(rows, known)
    if matched.faults:
        raise AscRefused(matched.faults)
    draft_id = create_draft(planner, academic_year_id=academic_year_id, dates=dates, copy_of=None)
    own = {"organisation_id": planner.actor.organisation_id, "timetable_id": draft_id}
    bulk_insert(planner.session, TimetableSlot, [{**own, **asdict(one)} for one in matched.slots])
    facts = {"slots": len(matched.slots), "source": "aSc Timetables"}
    planner.log(
        Change(action="import_asc", object_type="timetable", object_id=draft_id, after=facts)
    )
    return draft_id


def known_school(session: Session, academic_year_id: int, dates: DraftDates) -> KnownSchool:
    """The names of the school and its load in the days of the draft. Five queries."""
    staff = session.execute(
        select(StaffMember.id, *NAME_COLUMNS).join(Person, Person.id == StaffMember.person_id)
    )
    subjects = session.execute(select(Subject.id, Subject.name, Subject.short_name))
    return KnownSchool(
        classes=[name for _, name in class_choices(session, academic_year_id)],
        staff={row.id: (row.surname, row.given_name, row.patronymic or "") for row in staff},
        subjects={row.id: (row.name, row.short_name) for row in subjects},
        rooms={one.id: one.name for one in room_rows(session)},
        courses=_courses(session, academic_year_id, dates),
    )


def _courses(session: Session, academic_year_id: int, dates: DraftDates) -> list[KnownCourse]:
    rows = session.execute(_teaching(academic_year_id, dates)).all()
    teachers: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        teachers[row.id].add(row.staff_id)
    first = {row.id: row for row in reversed(rows)}
    return [
        KnownCourse(
            id=row.id,
            classes=frozenset(row.classes_key.split(",")),
            subject_id=row.subject_id,
            group=row.name,
            teachers=frozenset(teachers[row.id]),
        )
        for row in first.values()
    ]


def _teaching(academic_year_id: int, dates: DraftDates) -> Any:
    """One row for each course and teacher of those days."""
    return (
        select(
            Course.id,
            Course.subject_id,
            StudyGroup.classes_key,
            StudyGroup.name,
            CourseTeacher.staff_id,
        )
        .join(StudyGroup, StudyGroup.id == Course.study_group_id)
        .join(CourseTeacher, CourseTeacher.course_id == Course.id)
        .where(
            Course.academic_year_id == academic_year_id,
            CourseTeacher.starts_on < dates.ends_before,
            or_(CourseTeacher.ends_before.is_(None), CourseTeacher.ends_before > dates.starts_on),
        )
        .order_by(Course.id)
    )
