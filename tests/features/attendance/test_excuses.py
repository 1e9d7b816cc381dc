"""What an excuse does: past Н get the reason, lessons to come are known, a closed term stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.excuses.decisions import (
    approve_leave,
    decide_excuse,
    end_excuse,
    enter_paper,
    revoke_excuse,
    set_leave_limit,
)
from journal.attendance.excuses.deeds import Deed
from journal.attendance.excuses.family import answer_excuse, submit_excuses, withdraw_excuse
from journal.attendance.models import Absence, Excuse
from journal.attendance.rules.excuses import ExcuseDraft
from journal.core.audit import AuditEntry
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.outbox import OutboxEvent
from journal.people.actors import load_actor
from tests.cast import NOW, TODAY, Cast


@pytest.fixture
def school(cast: Cast, db_session: Session) -> Any:
    """`school("parent")`: that member's deed."""

    def deed(name: str, now: datetime = NOW) -> Deed:
        member = cast[name]
        actor = load_actor(
            db_session,
            account_id=member.account_id,
            session_epoch=1,
            organisation_id=None,
            client_address=None,
            now=now,
        )
        assert actor is not None
        return Deed(db_session, actor, now)

    return deed


def draft(first: date, last: date | None, code: str = "b", text: str = "ОРВИ") -> ExcuseDraft:
    return ExcuseDraft(first=first, last=last, code=code, text=text)


WEEK = draft(date(2026, 11, 16), date(2026, 11, 20))


def absence(
    cast: Cast, session: Session, lesson: str, pupil: str = "pupil", code: str = "n"
) -> int:
    row = Absence(
        organisation_id=cast.school,
        lesson_id=cast.lessons[lesson],
        pupil_id=cast.pupils[pupil],
        code=code,
        entered_at=NOW,
    )
    session.add(row)
    session.flush()
    return row.id


def code_of(session: Session, row_id: int) -> tuple[str, int | None]:
    row = session.get_one(Absence, row_id, populate_existing=True)
    return row.code, row.excuse_id


def submit(school: Any, cast: Cast, what: ExcuseDraft = WEEK) -> int:
    (made,) = submit_excuses(school("parent"), pupil_ids=[cast.pupils["pupil"]], draft=what)
    return made


def test_a_confirmed_excuse_gives_past_absences_their_reason(
    school: Any, cast: Cast, db_session: Session
) -> None:
    inside = absence(cast, db_session, "recent")
    outside = absence(cast, db_session, "locked")
    known = absence(cast, db_session, "own", code="p")
    made = submit(school, cast)
    assert code_of(db_session, inside) == ("n", None)
    decide_excuse(school("class_teacher"), excuse_id=made, decision="confirm", note="")
    assert code_of(db_session, inside) == ("b", made)
    assert code_of(db_session, outside) == ("n", None)
    assert code_of(db_session, known) == ("p", None)
    log = list(db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))
    assert log == ["submit_excuse", "validate_excuse", "put_absence"]
    told = db_session.scalars(select(OutboxEvent.kind)).all()
    assert len(told) == 2


def test_a_closed_term_stays_as_it_is(school: Any, cast: Cast, db_session: Session) -> None:
    closed = absence(cast, db_session, "closed")
    paper = draft(date(2026, 10, 5), date(2026, 10, 12))
    enter_paper(school("class_teacher"), pupil_id=cast.pupils["pupil"], draft=paper)
    assert code_of(db_session, closed) == ("n", None)


def test_taking_back_and_shortening_take_the_reason_away(
    school: Any, cast: Cast, db_session: Session
) -> None:
    wednesday, friday = absence(cast, db_session, "recent"), absence(cast, db_session, "own")
    made = submit(school, cast, draft(date(2026, 11, 16), None))
    keeper = school("class_teacher")
    decide_excuse(keeper, excuse_id=made, decision="confirm", note="")
    assert code_of(db_session, friday) == ("b", made)
    end_excuse(keeper, excuse_id=made, last=date(2026, 11, 18))
    assert code_of(db_session, friday) == ("n", None)
    assert code_of(db_session, wednesday) == ("b", made)
    revoke_excuse(keeper, excuse_id=made, note="Справка чужая")
    assert code_of(db_session, wednesday) == ("n", None)
    assert db_session.get_one(Excuse, made).status == "refused"


def test_ranges_that_wait_become_one_and_excused_days_are_not_sent_again(
    school: Any, cast: Cast, db_session: Session
) -> None:
    first = submit(school, cast)
    again = submit(school, cast, draft(date(2026, 11, 21), date(2026, 11, 24), text="Ещё болеет"))
    assert again == first
    row = db_session.get_one(Excuse, first)
    assert (row.starts_on, row.ends_before) == (date(2026, 11, 16), date(2026, 11, 25))
    assert "Ещё болеет" in row.text
    decide_excuse(school("class_teacher"), excuse_id=first, decision="confirm", note="")
    with pytest.raises(RuleViolation, match="already excused"):
        submit(school, cast, draft(TODAY, TODAY))


def test_the_class_teacher_asks_and_the_family_answers(
    school: Any, cast: Cast, db_session: Session
) -> None:
    made, keeper = submit(school, cast), school("class_teacher")
    with pytest.raises(RuleViolation) as refused:
        decide_excuse(keeper, excuse_id=made, decision="ask", note="")
    assert refused.value.field == "note"
    decide_excuse(keeper, excuse_id=made, decision="ask", note="Есть ли справка?")
    answer_excuse(school("parent"), excuse_id=made, text="Да, завтра")
    row = db_session.get_one(Excuse, made)
    assert (row.status, row.question, row.answer) == ("submitted", "Есть ли справка?", "Да, завтра")
    withdraw_excuse(school("parent"), excuse_id=made)
    assert row.status == "withdrawn"
    with pytest.raises(RuleViolation):
        decide_excuse(keeper, excuse_id=made, decision="confirm", note="")


def test_a_long_leave_goes_on_to_the_deputy(school: Any, cast: Cast, db_session: Session) -> None:
    row_id = absence(cast, db_session, "own")
    leave = draft(date(2026, 11, 18), date(2026, 11, 21), "u", "Соревнования")
    made = submit(school, cast, leave)
    decide_excuse(school("class_teacher"), excuse_id=made, decision="confirm", note="Согласна")
    assert db_session.get_one(Excuse, made).status == "endorsed"
    assert code_of(db_session, row_id) == ("n", None)
    approve_leave(school("deputy"), excuse_id=made, granted=True, note="")
    assert code_of(db_session, row_id) == ("u", made)


def test_the_limit_of_days_is_the_schools(school: Any, cast: Cast, db_session: Session) -> None:
    set_leave_limit(school("deputy"), days=10)
    made = submit(school, cast, draft(date(2026, 11, 18), date(2026, 11, 21), "u", "Отъезд"))
    decide_excuse(school("class_teacher"), excuse_id=made, decision="confirm", note="")
    assert db_session.get_one(Excuse, made).status == "confirmed"


def test_strangers_change_nothing(school: Any, cast: Cast, db_session: Session) -> None:
    made = submit(school, cast)
    with pytest.raises(NotFound):
        submit_excuses(school("stranger_parent"), pupil_ids=[cast.pupils["pupil"]], draft=WEEK)
    with pytest.raises(NotFound):
        withdraw_excuse(school("stranger_parent"), excuse_id=made)
    (other,) = submit_excuses(school("parent"), pupil_ids=[cast.pupils["sibling"]], draft=WEEK)
    with pytest.raises(Forbidden):
        decide_excuse(school("class_teacher"), excuse_id=other, decision="confirm", note="")
    with pytest.raises(Forbidden):
        enter_paper(school("class_teacher"), pupil_id=cast.pupils["sibling"], draft=WEEK)
    states = set(db_session.scalars(select(Excuse.status)))
    assert states == {"submitted"}


OPEN = draft(date(2026, 11, 16), None)


def days_of(session: Session, excuse_id: int) -> tuple[date, date | None, str]:
    row = session.get_one(Excuse, excuse_id, populate_existing=True)
    return row.starts_on, row.ends_before, row.status


def test_a_last_day_told_later_ends_an_open_illness(
    school: Any, cast: Cast, db_session: Session
) -> None:
    """Told before the decision it is the same notice; told after, a second one to be confirmed."""
    wednesday, friday = absence(cast, db_session, "recent"), absence(cast, db_session, "own")
    first, keeper = submit(school, cast, OPEN), school("class_teacher")
    ended = draft(date(2026, 11, 16), date(2026, 11, 20))
    assert submit(school, cast, ended) == first
    assert days_of(db_session, first)[1] == date(2026, 11, 21)
    assert submit(school, cast, OPEN) == first
    decide_excuse(keeper, excuse_id=first, decision="confirm", note="")
    second = submit(school, cast, draft(date(2026, 11, 18), date(2026, 11, 18), text="Здоров"))
    assert days_of(db_session, first)[1] is None
    decide_excuse(keeper, excuse_id=second, decision="confirm", note="")
    assert days_of(db_session, first) == (date(2026, 11, 16), date(2026, 11, 19), "confirmed")
    assert code_of(db_session, wednesday) == ("b", first)
    assert code_of(db_session, friday) == ("n", None)


def test_a_certificate_ends_an_open_illness_and_confirms_what_was_announced(
    school: Any, cast: Cast, db_session: Session
) -> None:
    keeper, pupil = school("class_teacher"), cast.pupils["pupil"]
    ill = submit(school, cast, OPEN)
    decide_excuse(keeper, excuse_id=ill, decision="confirm", note="")
    enter_paper(keeper, pupil_id=pupil, draft=draft(date(2026, 11, 16), date(2026, 11, 19)))
    assert days_of(db_session, ill)[1] == date(2026, 11, 20)
    waits = submit(school, cast, draft(date(2026, 11, 23), date(2026, 11, 24)))
    longer = submit(school, cast, draft(date(2026, 11, 27), date(2026, 11, 30)))
    enter_paper(keeper, pupil_id=pupil, draft=draft(date(2026, 11, 23), date(2026, 11, 28)))
    assert days_of(db_session, waits)[2] == "confirmed"
    assert days_of(db_session, longer)[2] == "submitted"


def test_a_notice_between_two_that_wait_makes_one_of_all(
    school: Any, cast: Cast, db_session: Session
) -> None:
    monday = submit(school, cast, draft(date(2026, 11, 16), date(2026, 11, 16), text="Кашель"))
    friday = submit(school, cast, draft(date(2026, 11, 20), date(2026, 11, 20), text="Насморк"))
    between = draft(date(2026, 11, 17), date(2026, 11, 19), text="Жар")
    assert submit(school, cast, between) == monday
    assert days_of(db_session, monday) == (date(2026, 11, 16), date(2026, 11, 21), "submitted")
    assert days_of(db_session, friday)[2] == "withdrawn"
    assert set(db_session.get_one(Excuse, monday).text.split("\n")) == {"Кашель", "Насморк", "Жар"}


def test_days_that_another_excuse_covers_keep_a_reason(
    school: Any, cast: Cast, db_session: Session
) -> None:
    wednesday, friday = absence(cast, db_session, "recent"), absence(cast, db_session, "own")
    keeper, pupil = school("class_teacher"), cast.pupils["pupil"]
    ill = submit(school, cast)
    decide_excuse(keeper, excuse_id=ill, decision="confirm", note="")
    leave = draft(date(2026, 11, 18), date(2026, 11, 18), "u", "Олимпиада")
    other = enter_paper(keeper, pupil_id=pupil, draft=leave)
    assert code_of(db_session, wednesday) == ("b", ill)
    revoke_excuse(keeper, excuse_id=ill, note="Справка чужая")
    assert code_of(db_session, wednesday) == ("u", other)
    assert code_of(db_session, friday) == ("n", None)
