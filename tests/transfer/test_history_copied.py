"""A history exported in the middle of a school day makes a copy that lacks no lesson."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from journal.core.db import db
from journal.core.tenancy import bind
from journal.lessons.models import Homework, Lesson
from journal.office.queries import existing_lessons
from journal.people.queries import organisation_by_code
from journal.school.models import AcademicYear, Course, StudyGroup, Subject
from tests.transfer.schooldata import school_folder

CODE = "230037"
FOLDER = school_folder("school-small")
# A Tuesday after the last day of the files, in Moscow: before lessons, in the second, after all.
MOMENTS = ("2026-11-24T04:00", "2026-11-24T06:30", "2026-11-24T20:00")
AHEAD = datetime(2026, 12, 8, 12, tzinfo=UTC)
Place = tuple[str, str | None, str, object, int]


def run(app: Flask, *args: str) -> None:
    answer = app.test_cli_runner().invoke(args=args)
    assert answer.exit_code == 0, answer.output


def lessons(app: Flask) -> dict[Place, tuple[bool, bool]]:
    """Every lesson by what both copies call it: anything written in it, a name of an import."""
    with app.app_context():
        session = db.session()
        school = organisation_by_code(session, CODE)
        assert school is not None
        bind(session, {school})
        year = session.scalars(select(AcademicYear.id)).one()
        courses = {
            row[0]: (row[1], row[2], row[3])
            for row in session.execute(
                select(Course.id, StudyGroup.classes_key, StudyGroup.name, Subject.name)
                .join(StudyGroup, StudyGroup.id == Course.study_group_id)
                .join(Subject, Subject.id == Course.subject_id)
            )
        }
        named = set(session.scalars(select(Lesson.id).where(Lesson.external_key.is_not(None))))
        found = {
            (*courses[one.key[0]], one.key[1], one.key[2]): (one.has_entries, one.id in named)
            for one in existing_lessons(session, year)
        }
        db.session.remove()
    return found


def set_homework_ahead(app: Flask) -> None:
    """A task of a lesson a fortnight away: the file's last lesson."""
    with app.app_context():
        session = db.session()
        school = organisation_by_code(session, CODE)
        assert school is not None
        bind(session, {school})
        lesson = session.scalars(
            select(Lesson).where(Lesson.held_on == AHEAD.date()).order_by(Lesson.id)
        ).first()
        assert lesson is not None
        session.add(
            Homework(organisation_id=school, lesson_id=lesson.id, text="Читать", entered_at=AHEAD)
        )
        session.commit()
        db.session.remove()


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
        set_homework_ahead(app)
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
