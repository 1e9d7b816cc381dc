"""A history exported in the middle of a school day makes a copy that lacks no lesson."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.db import db
from journal.core.tenancy import bind
from journal.lessons.models import Homework, Lesson
from journal.office.models import Substitution
from journal.office.queries import existing_lessons
from journal.people.models import StaffMember
from journal.people.queries import organisation_by_code
from journal.school.models import AcademicYear, Course, StudyGroup, Subject
from tests.transfer.schooldata import school_folder

CODE = "230037"
FOLDER = school_folder("school-small")
# A Tuesday after the last day of the files, in Moscow: before lessons, in the second, after all.
MOMENTS = ("2026-11-24T04:00", "2026-11-24T06:30", "2026-11-24T20:00")
AHEAD = datetime(2026, 12, 9, 12, tzinfo=UTC)
Place = tuple[str, str | None, str, object, int]


def run(app: Flask, *args: str) -> None:
    answer = app.test_cli_runner().invoke(args=args)
    assert answer.exit_code == 0, answer.output


@contextmanager
def school_of(app: Flask) -> Iterator[tuple[Session, int]]:
    """A session that sees the school alone, and its id."""
    with app.app_context():
        session = db.session()
        school = organisation_by_code(session, CODE)
        assert school is not None
        bind(session, {school})
        yield session, school
        db.session.remove()


def lessons(app: Flask) -> dict[Place, tuple[bool, str, str, str | None]]:
    """Every lesson by what both copies call it: whether it may still move with the timetable,
    and how it was arranged."""
    with school_of(app) as (session, _):
        course = select(Course.id, StudyGroup.classes_key, StudyGroup.name, Subject.name)
        course = course.join(StudyGroup, StudyGroup.id == Course.study_group_id)
        named = session.execute(course.join(Subject, Subject.id == Course.subject_id))
        courses = {row[0]: (row[1], row[2], row[3]) for row in named}
        staff = dict(session.execute(select(StaffMember.id, StaffMember.personnel_number)).all())
        arranged = {
            one.id: (one.status, staff[one.staff_id], staff.get(one.replaced_staff_id or 0))
            for one in session.scalars(select(Lesson))
        }
        year = session.scalars(select(AcademicYear.id)).one()
        return {
            (*courses[one.key[0]], one.key[1], one.key[2]): (one.has_entries, *arranged[one.id])
            for one in existing_lessons(session, year)
        }


def arrange_ahead(app: Flask) -> None:
    """A task a fortnight away, a later substitution, and a lesson moved to a still later day."""
    with school_of(app) as (session, school):
        found = session.scalars(
            select(Lesson).where(Lesson.held_on >= AHEAD.date()).order_by(Lesson.held_on, Lesson.id)
        ).all()
        set_in = found[0]
        replaced = next(one for one in found if one.held_on > set_in.held_on)
        moved = next(one for one in found if one.held_on > replaced.held_on)
        other = next(one for one in found if one.staff_id != replaced.staff_id)
        session.add(
            Homework(organisation_id=school, lesson_id=set_in.id, text="Читать", entered_at=AHEAD)
        )
        replaced.replaced_staff_id, replaced.staff_id = replaced.staff_id, other.staff_id
        moved.status = "cancelled"
        made = Lesson(
            organisation_id=school,
            course_id=moved.course_id,
            held_on=moved.held_on + timedelta(days=1),
            lesson_number=moved.lesson_number,
            starts_at=moved.starts_at + timedelta(days=1),
            ends_at=moved.ends_at + timedelta(days=1),
            staff_id=moved.staff_id,
        )
        session.add(made)
        session.flush()
        facts = {"planned_staff_id": moved.staff_id, "planned_mode": "on_site", "made_at": AHEAD}
        places = {"lesson_id": moved.id, "made_lesson_id": made.id}
        session.add(Substitution(organisation_id=school, **facts, **places))
        session.commit()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_copy_made_at_any_hour_has_every_lesson(
    app: Flask, copy: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Lessons that nobody has filled yet stay lessons of the timetable, which may still move."""
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr("journal.cli.transfer.utc_now", lambda: now)
    run(app, "import", "school", str(FOLDER / "school.xlsx"))
    run(app, "import", "history", str(FOLDER / "history"), "--school", CODE)
    if moment == MOMENTS[1]:
        arrange_ahead(app)
    book, first, again = (str(tmp_path / name) for name in ("school.xlsx", "first", "again"))
    export = ("export", "history", "--school", CODE, "--year", "2026-2027", "--out")
    run(app, "export", "school", "--school", CODE, "--out", book)
    run(app, *export, first)
    run(copy, "import", "school", book)
    run(copy, "import", "history", first, "--school", CODE)
    here = lessons(app)
    assert len(here) > 5500
    assert lessons(copy) == here
    run(copy, "import", "history", first, "--school", CODE)
    assert lessons(copy) == here
    run(copy, *export, again)
    for file in Path(first).iterdir():
        assert (Path(again) / file.name).read_bytes() == file.read_bytes(), file.name
