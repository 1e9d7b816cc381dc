"""Movement by order: what follows is shown, all pupils move or nobody, the report balances."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import Mark
from journal.people.models import Pupil, StaffMember
from journal.school.models import (
    ClassGroup,
    ClassMembership,
    GroupMembership,
    Movement,
    Subject,
)
from journal.school.queries import rosters
from tests.cast import Cast
from tests.conftest import Login
from tests.factories import SchoolBuilder

DAY = date(2026, 11, 23)


def order(cast: Cast, *pupils: str, **changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"kind": "transfer", "happens_on": DAY.isoformat(), "step": "confirm"}
    form |= {"class_id": str(cast.classes["other"]), "number": "12-к", "dated": "2026-11-20"}
    return {**form, "pupil": [str(cast.pupils[name]) for name in pupils], **changes}


def subgroup(session: Session, cast: Cast) -> int:
    """The pupil and his classmate are in a subgroup of 5А."""
    school = SchoolBuilder.of(session, cast.school)
    members = [school_pupil(session, cast, name) for name in ("pupil", "classmate")]
    course = school.course(
        session.get_one(ClassGroup, cast.classes["own"]),
        session.get_one(Subject, cast.subjects["russian"]),
        session.get_one(StaffMember, cast["other_teacher"].staff_id),
        subgroup="1 группа",
        members=members,
    )
    session.commit()
    return course.study_group_id


def school_pupil(session: Session, cast: Cast, name: str) -> Any:

    return session.get_one(Pupil, cast.pupils[name])


def moves(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Movement)) or 0


def test_what_follows_comes_first_and_writes_nothing(
    login: Login, cast: Cast, db_session: Session
) -> None:
    subgroup(db_session, cast)
    browser = login("administrator")
    page = browser.get(f"/school/movement?class={cast.classes['own']}").text
    assert "Ёлкин Артём" in page and "Рыбин" not in page
    answer = browser.post("/school/movement", data=order(cast, "pupil", step="preview"))
    assert answer.status_code == 200
    assert "русский язык (1" in answer.text and "Выполнить приказ" in answer.text
    assert "В новом классе: Математика" in answer.text
    assert moves(db_session) == 0


def test_a_transfer_moves_the_pupil_and_leaves_his_marks(
    login: Login, cast: Cast, db_session: Session
) -> None:
    group_id = subgroup(db_session, cast)
    marks = db_session.scalar(select(func.count()).select_from(Mark))
    answer = login("administrator").post("/school/movement", data=order(cast, "pupil", "classmate"))
    assert answer.status_code == 302
    row = db_session.scalars(select(Movement).filter_by(pupil_id=cast.pupils["pupil"])).one()
    assert (row.kind, row.order_number, row.happens_on) == ("transfer", "12-к", DAY)
    stays = db_session.scalars(
        select(ClassMembership)
        .filter_by(pupil_id=cast.pupils["pupil"])
        .order_by(ClassMembership.starts_on)
    ).all()
    assert [(one.class_group_id, one.ends_before) for one in stays] == [
        (cast.classes["own"], DAY),
        (cast.classes["other"], None),
    ]
    places = select(GroupMembership.ends_before).filter_by(study_group_id=group_id)
    assert set(db_session.scalars(places)) == {DAY}
    assert all(entry.span.ends_before == DAY for entry in rosters(db_session, [group_id]))
    assert db_session.scalar(select(func.count()).select_from(Mark)) == marks
    logged = select(AuditEntry.action, AuditEntry.about_id).order_by(AuditEntry.seq)
    assert [tuple(one) for one in db_session.execute(logged)] == [
        ("move_pupil", cast.pupils["pupil"]),
        ("move_pupil", cast.pupils["classmate"]),
    ]


def test_one_who_cannot_move_holds_all_back(login: Login, cast: Cast, db_session: Session) -> None:
    answer = login("administrator").post("/school/movement", data=order(cast, "pupil", "leaver"))
    assert answer.status_code == 422
    assert "Рыбин Глеб Маратович: Обучающийся в этот день не учится" in answer.text
    assert moves(db_session) == 0


@pytest.mark.parametrize(
    ("pupil", "changes", "sentence"),
    [
        ("pupil", {"happens_on": "2026-08-01"}, "не того учебного года"),
        ("pupil", {"happens_on": "2026-08-01", "kind": "leaving"}, "раньше даты зачисления"),
        ("pupil", {"happens_on": "2028-01-01"}, "не того учебного года"),
        ("pupil", {"class_id": ""}, "Выберите класс"),
        ("pupil", {"kind": "return"}, "уже учится"),
        ("sibling", {}, "уже"),
        ("leaver", {"happens_on": "2026-09-14"}, "более позднее движение"),
        ("pupil", {"pupil": []}, "Отметьте хотя бы одного"),
        ("pupil", {"kind": "vanishing"}, "field-error"),
    ],
)
def test_orders_that_cannot_be(
    login: Login,
    cast: Cast,
    db_session: Session,
    pupil: str,
    changes: dict[str, Any],
    sentence: str,
) -> None:
    data = order(cast, pupil, **changes)
    answer = login("administrator").post("/school/movement", data=data)
    assert answer.status_code == 422 and sentence in answer.text
    assert moves(db_session) == 0


def test_who_left_may_return(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("administrator")
    leaving = {"kind": "leaving", "destination": "в Школу № 3"}
    assert browser.post("/school/movement", data=order(cast, "pupil", **leaving)).location
    row = db_session.scalars(select(Movement).filter_by(pupil_id=cast.pupils["pupil"])).one()
    assert (row.class_group_id, row.destination) == (None, "в Школу № 3")
    back = {"kind": "return", "happens_on": "2026-11-30"}
    assert browser.post("/school/movement", data=order(cast, "pupil", **back)).location
    stays = select(ClassMembership.starts_on).filter_by(pupil_id=cast.pupils["pupil"])
    assert set(db_session.scalars(stays)) == {date(2026, 9, 1), date(2026, 11, 30)}


@pytest.mark.parametrize("who", ["deputy", "class_teacher", "parent"])
def test_movement_is_the_administrators(
    login: Login, cast: Cast, db_session: Session, who: str
) -> None:
    assert login(who).post("/school/movement", data=order(cast, "pupil")).status_code == 403
    assert moves(db_session) == 0


def test_pupils_next_door_are_not_moved(login: Login, cast: Cast, db_session: Session) -> None:
    answer = login("administrator").post("/school/movement", data=order(cast, "foreign_pupil"))
    assert answer.status_code == 404 and moves(db_session) == 0


def test_the_report_balances_on_screen_and_on_paper(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("administrator")
    browser.post("/school/movement", data=order(cast, "pupil"))
    span = "?from=2026-09-01&to=2026-11-30"
    text = " ".join(browser.get(f"/forms/movement{span}").text.split())
    sheet = load_workbook(io.BytesIO(browser.get(f"/forms/movement.xlsx{span}").data)).active
    assert sheet is not None
    rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert rows["5А"] == (4, 0, 0, 2, 1, 2)
    assert rows["5Б"] == (2, 1, 1, 0, 0, 3)
    assert rows["Вся школа"] == (6, 1, 1, 2, 1, 5)
    first = text.split('<th scope="row">5А</th>')[1].split("</tr>")[0]
    shown = [re.sub(r"<[^>]*>", "", cell).strip() for cell in first.split("</td>")[:6]]
    assert shown == ["4", "0", "0", "2", "1", "2"]
    pdf = PdfReader(io.BytesIO(browser.get(f"/forms/movement.pdf{span}").data))
    assert "Вся школа" in pdf.pages[0].extract_text()
