"""A summary sheet that was opened before shows whatever has been entered since, and costs less."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, Excuse, Exemption
from journal.cabinets.common.results.summary import forget_sheets
from journal.grading.models import TermMark
from journal.lessons.models import Lesson
from journal.people.models import Person, Pupil
from journal.results.queries import summary_content
from journal.school.models import ClassGroup, ClassMembership, Subject, Term
from tests.cabinets.results.conftest import mark_of
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder

Change = Callable[[Cast, Session], object]
WHEN = date(2026, 11, 11)


def _lesson(cast: Cast, session: Session) -> Lesson:
    of_day = Lesson.course_id == cast.courses["own"], Lesson.held_on == WHEN
    return session.scalars(select(Lesson).where(*of_day)).one()


def _pupil(cast: Cast, session: Session, name: str = "pupil") -> Pupil:
    return session.get_one(Pupil, cast.pupils[name])


def _absence(cast: Cast, session: Session) -> None:
    lesson = _lesson(cast, session)
    lesson.attendance_taken_at = lesson.ends_at
    SchoolBuilder.of(session, cast.school).absence(lesson, _pupil(cast, session), "b")


def _code(cast: Cast, session: Session) -> None:
    session.scalars(select(Absence)).first().code = "n"  # type: ignore[union-attr]


def _excuse(cast: Cast, session: Session) -> None:
    """Of a lesson whose register is empty a confirmed excuse tells the reason."""
    _lesson(cast, session).attendance_taken_at = None
    by = session.get_one(Person, _pupil(cast, session).person_id).id
    span = {"starts_on": WHEN, "ends_before": date(2026, 11, 12)}
    said = {"code": "b", "text": "болел", "status": "confirmed"}
    made = {"submitted_by": by, "submitted_at": NOW, "pupil_id": cast.pupils["pupil"]}
    session.add(Excuse(organisation_id=cast.school, **made, **span, **said))


def _mark(cast: Cast, session: Session) -> None:
    mark_of(cast, session, "classmate", "4")


def _other_mark(cast: Cast, session: Session) -> None:
    session.scalars(select(TermMark)).one().value = "3"


def _name(cast: Cast, session: Session) -> None:
    person = session.get_one(Person, _pupil(cast, session).person_id)
    person.surname, person.sort_key = "Ярцев", "ярцев артём"


def _subject(cast: Cast, session: Session) -> None:
    session.get_one(Subject, cast.subjects["maths"]).name = "Алгебра"


def _leaver(cast: Cast, session: Session) -> None:
    mine = ClassMembership.pupil_id == cast.pupils["classmate"]
    session.scalars(select(ClassMembership).where(mine)).one().ends_before = date(2026, 11, 16)


def _term(cast: Cast, session: Session) -> None:
    session.scalars(select(Term).where(Term.number == 2)).one().starts_on = date(2026, 11, 12)


def _cancelled(cast: Cast, session: Session) -> None:
    _lesson(cast, session).status = "cancelled"


def _released(cast: Cast, session: Session) -> None:
    session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["classmate"],
            subject_id=None,
            kind="attending",
            starts_on=date(2026, 11, 2),
            ends_before=None,
        )
    )


def _class_name(cast: Cast, session: Session) -> None:
    session.get_one(ClassGroup, cast.classes["own"]).name = "5Я"


CHANGES: tuple[Change, ...] = (
    _absence,
    _code,
    _excuse,
    _mark,
    _other_mark,
    _name,
    _subject,
    _leaver,
    _term,
    _cancelled,
    _released,
    _class_name,
)


def _table(client: Client, cast: Cast) -> str:
    text = client.get(f"/results/classes/{cast.classes['own']}/summary?at=quarter-2").text
    return text[text.index('<div class="table-scroll') : text.index("</main>")]


@pytest.fixture
def opened(cast: Cast, login: Login, db_session: Session) -> Client:
    """A sheet with a mark and an absence that somebody has just looked at."""
    mark_of(cast, db_session, "pupil", "5")
    lesson = _lesson(cast, db_session)
    lesson.attendance_taken_at = lesson.ends_at
    SchoolBuilder.of(db_session, cast.school).absence(
        lesson, _pupil(cast, db_session, "classmate"), "b"
    )
    db_session.commit()
    client = login("class_teacher")
    _table(client, cast)
    return client


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_change_is_seen_at_the_next_opening(
    change: Change, cast: Cast, opened: Client, db_session: Session
) -> None:
    before = _table(opened, cast)
    change(cast, db_session)
    db_session.commit()
    after = _table(opened, cast)
    assert after != before
    forget_sheets()
    assert _table(opened, cast) == after


def test_what_was_made_before_is_shown_again(cast: Cast, opened: Client, login: Login) -> None:
    made = summary_content.kept_sheet.cache_info().misses
    assert _table(login("deputy"), cast) == _table(opened, cast)
    assert summary_content.kept_sheet.cache_info().misses == made
