"""A school with years long past: their journals, term marks, a certified sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.core.audit.service import canonical
from journal.core.db import db
from journal.grading.models import TermMark
from journal.people.models import Pupil, StaffMember
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.model import digest_of
from journal.school.models import ClassMembership, Subject
from tests.cast import Cast
from tests.factories import SchoolBuilder
from tests.resting import wake_keeping

SIGNED = PaperForm(
    school="Школа № 17",
    title="Сводная ведомость",
    subtitle="1А, I четверть",
    columns=(FormColumn(title="Фамилия, имя", kind="text"), FormColumn(title="Чтение")),
    rows=(FormRow(cells=(FormCell("Ёлкин Артём"), FormCell("5")), key="Ёлкин Артём"),),
)


@dataclass(frozen=True)
class OldYear:
    """Ids of what a year long past holds."""

    name: str
    year: int
    class_group: int
    course: int
    lesson: int
    mark: int
    absence: int
    term_mark: int
    sheet: int


@pytest.fixture
def awake(app: Flask) -> Iterator[None]:
    """The triggers of keeping watch."""
    with app.app_context():
        wake_keeping(db.engine)
    yield


def old_year(session: Session, cast: Cast, first: int) -> OldYear:
    """The year `first`-`first + 1` with a lesson, a mark, an absence, a term mark, a sheet."""
    school = SchoolBuilder.of(session, cast.school)
    name = f"{first}-{first + 1}"
    school.academic_year(name, date(first, 9, 1), date(first + 1, 6, 1))
    group = school.class_group("5Я")
    subject = session.get_one(Subject, cast.subjects["maths"])
    teacher = session.get_one(StaffMember, cast["own_teacher"].staff_id or 0)
    pupil = session.get_one(Pupil, cast.pupils["pupil"])
    session.add(
        ClassMembership(
            organisation_id=cast.school,
            class_group_id=group.id,
            pupil_id=pupil.id,
            starts_on=date(first, 9, 1),
            ends_before=date(first + 1, 6, 1),
        )
    )
    school.term(1, date(first, 9, 1), date(first, 11, 1), marks_before=date(first, 11, 5))
    course = school.course(group, subject, teacher)
    lesson = school.lesson(course, teacher, date(first, 9, 10), 1, topic="Дроби")
    mark = school.mark(school.work(lesson), pupil, "5", lesson.ends_at)
    absence = school.absence(lesson, pupil)
    school.homework(lesson, "№ 5")
    term_mark = _term_mark(school, pupil, subject, lesson.ends_at)
    sheet = add_sheet(school, group.id, lesson.ends_at)
    ids = (group.id, course.id, lesson.id, mark.id, absence.id, term_mark, sheet)
    found = OldYear(name, school.year.id, *ids)
    session.commit()
    return found


def _term_mark(school: SchoolBuilder, pupil: Pupil, subject: Subject, at: datetime) -> int:
    keys = {"pupil_id": pupil.id, "subject_id": subject.id, "academic_year_id": school.year.id}
    place = {"kind": "quarter", "number": 1, "value": "5"}
    return school.add(TermMark, **keys, **place, entered_at=at).id


def add_sheet(school: SchoolBuilder, class_id: int, at: datetime) -> int:
    """The first edition of a sheet, certified by the director."""
    facts = canonical(SIGNED.facts()) or ""
    return school.add(
        CertifiedSheet,
        class_group_id=class_id,
        place="quarter-1",
        edition=1,
        code=f"{class_id:012}",
        facts=facts,
        sha256=digest_of(facts),
        certified_by=1,
        name="Громов Пётр Ильич",
        post="director",
        certified_at=at,
    ).id
