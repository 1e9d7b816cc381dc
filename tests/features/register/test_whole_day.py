"""«Нет весь день», what others changed since the last look, and who is unexplained."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence, DayLook, Excuse
from journal.core.audit import AuditEntry
from journal.lessons.models import Lesson
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client, Login
from tests.features.register.conftest import operation, save
from tests.features.register.test_class_day import DAY, absence, entered, save_day

SCREEN = re.compile(r"<[^>]+>")


@pytest.fixture
def keeper(login: Login) -> Client:
    """The class teacher of 5А."""
    return login("class_teacher")


@pytest.fixture
def ahead(db_session: Session, cast: Cast) -> int:
    """Today's lesson of mathematics, moved to the afternoon: not begun."""
    lesson = db_session.get_one(Lesson, cast.lessons["own"])
    lesson.starts_at, lesson.ends_at = NOW + timedelta(hours=2), NOW + timedelta(hours=3)
    db_session.commit()
    return lesson.id


def whole(cast: Cast, kind: str, lesson: int, **facts: Any) -> dict[str, Any]:
    plain = {"lesson": lesson, "pupil": cast.pupils["pupil"], "code": "b"}
    return operation(kind, **(plain | facts))


def excuses(session: Session) -> list[tuple[str, str, bool]]:
    rows = session.execute(select(Excuse.code, Excuse.status, Excuse.on_paper))
    return [(row[0], row[1], row[2]) for row in rows]


def words(client: Client, cast: Cast) -> str:
    page = client.get(f"/classes/{cast.classes['own']}/days/{DAY}").text
    return " ".join(SCREEN.sub(" ", page).split())


def test_lessons_ahead_are_excused_and_filled_when_taken(
    keeper: Client, login: Login, cast: Cast, db_session: Session, ahead: int
) -> None:
    own = cast.classes["own"]
    morning = [absence(cast, one, code="b") for one in ("keeper", "same_class")]
    answer = save_day(keeper, own, *morning, whole(cast, "put_day", ahead))
    assert answer.status_code == 200
    known = answer.json["results"][2]["excuse"][0]
    assert known["known"] == ["b", True]
    assert known["cells"][f"{ahead}:{cast.pupils['pupil']}"] == ["b", True]
    assert excuses(db_session) == [("b", "confirmed", True)]
    assert entered(db_session, ahead, cast.pupils["pupil"]) is None
    lesson = db_session.get_one(Lesson, ahead, populate_existing=True)
    lesson.starts_at = NOW - timedelta(minutes=5)
    db_session.commit()
    taking = operation("take_attendance", lesson=ahead)
    assert save(login("own_teacher"), cast.courses["own"], taking).status_code == 200
    assert entered(db_session, ahead, cast.pupils["pupil"]) == ("b", None)


def test_the_word_is_given_once_and_taken_back(
    keeper: Client, cast: Cast, db_session: Session, ahead: int
) -> None:
    own = cast.classes["own"]
    save_day(keeper, own, whole(cast, "put_day", ahead))
    save_day(keeper, own, whole(cast, "put_day", ahead))
    assert excuses(db_session) == [("b", "confirmed", True)]
    answer = save_day(keeper, own, whole(cast, "clear_day", ahead))
    assert answer.json["results"][0]["excuse"][0]["known"] is None
    assert excuses(db_session) == [("b", "refused", True)]
    logged = db_session.scalars(
        select(AuditEntry.action).where(AuditEntry.object_type == "excuse").order_by(AuditEntry.id)
    )
    assert list(logged) == ["load_excuse", "refuse_excuse"]


def test_taking_back_leaves_certificates_alone(
    keeper: Client, cast: Cast, db_session: Session, ahead: int
) -> None:
    db_session.add(
        Excuse(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            starts_on=TODAY,
            ends_before=TODAY + timedelta(days=1),
            code="b",
            text="Справка 17",
            submitted_by=cast["class_teacher"].person_id,
            submitted_at=NOW,
            status="confirmed",
            on_paper=True,
        )
    )
    db_session.commit()
    save_day(keeper, cast.classes["own"], whole(cast, "clear_day", ahead))
    assert excuses(db_session) == [("b", "confirmed", True)]


@pytest.mark.parametrize(
    ("facts", "status"), [({"code": "n"}, 422), ({"code": "p"}, 422), ({"pupil": 0}, 403)]
)
def test_what_is_no_excuse(
    keeper: Client, cast: Cast, db_session: Session, ahead: int, facts: dict[str, Any], status: int
) -> None:
    """Н and п explain nothing: lessons ahead are entered when they begin."""
    answer = save_day(keeper, cast.classes["own"], whole(cast, "put_day", ahead, **facts))
    assert answer.status_code == status
    assert excuses(db_session) == []


def test_a_pupil_of_another_class_has_no_day_here(
    keeper: Client, cast: Cast, db_session: Session, ahead: int
) -> None:
    strange = whole(cast, "put_day", ahead, pupil=cast.pupils["sibling"])
    assert save_day(keeper, cast.classes["own"], strange).status_code == 403
    assert excuses(db_session) == []


def test_unexplained_stand_first(
    keeper: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    teacher = login("own_teacher")
    for pupil, code in (("third", "b"), ("pupil", "u"), ("classmate", "n")):
        save(teacher, cast.courses["own"], absence(cast, pupil=pupil, code=code))
    text = words(keeper, cast)
    listed = text[text.index("Отсутствуют 3") :]
    order = [listed.index(name) for name in ("Жуков Иван", "Абрамова Дарья", "Ёлкин Артём")]
    assert order == sorted(order)
    assert "причина не указана" in listed


def test_what_others_changed_since_the_last_look(
    keeper: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    own, page = cast.classes["own"], f"/classes/{cast.classes['own']}/days/{DAY}"
    save(login("own_teacher"), cast.courses["own"], absence(cast, pupil="classmate"))
    save_day(keeper, own, absence(cast, pupil="third", code="b"))
    text = words(keeper, cast)
    assert "Отметили другие 2" in text  # the absence and the taking; his own entry is none
    assert "Жуков Иван , 3-й урок : н" in text.replace("Жуков Иван,", "Жуков Иван ,")
    assert "Соколова А. И." in text or "Соколова Анна Ивановна" in text
    answer = keeper.post(f"{page}/seen", data={"at": (NOW + timedelta(days=1)).isoformat()})
    assert answer.status_code == 302
    assert db_session.scalars(select(DayLook.seen_at)).all() == [NOW]
    text = words(keeper, cast)
    assert "Изменилось с" in text and "Ничего не изменилось" in text
    logged = select(func.count()).select_from(AuditEntry)
    before = db_session.scalar(logged)
    keeper.post(f"{page}/seen", data={"at": (NOW - timedelta(hours=1)).isoformat()})
    assert db_session.scalars(select(DayLook.seen_at)).all() == [NOW]
    assert db_session.scalar(logged) == before
    assert keeper.post(f"{page}/seen", data={"at": "soon"}).status_code == 404
    assert keeper.get(f"{page}/seen").status_code == 405


def test_a_change_of_yesterday_is_no_news(
    keeper: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    save(login("own_teacher"), cast.courses["own"], absence(cast, pupil="classmate"))
    place = {"organisation_id": cast.school, "account_id": cast["class_teacher"].account_id}
    earlier = DayLook(**place, class_group_id=cast.classes["own"], day=TODAY, seen_at=NOW)
    db_session.add(earlier)
    db_session.commit()
    assert "Ничего не изменилось" in words(keeper, cast)
    earlier.seen_at = NOW - timedelta(minutes=1)
    db_session.commit()
    assert "Изменилось с 20.11 10:41 2" in words(keeper, cast)
    assert db_session.scalar(select(func.count()).select_from(Absence)) == 3
