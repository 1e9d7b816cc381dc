"""A timetable of aSc Timetables: matched by names, taken whole or refused with everything wrong."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.documents.guards import UnreadableFile
from journal.school.models import Room
from journal.timetable.models import Timetable, TimetableSlot
from journal.transfer.asc.matching import AscSlot, KnownCourse, KnownSchool, match_asc
from journal.transfer.asc.parsing import parse_asc
from tests.cast import Cast
from tests.conftest import Login

SCHOOL = KnownSchool(
    classes=["5А", "5Б"],
    staff={
        1: ("Соколова", "Анна", "Ивановна"),
        2: ("Лебедев", "Олег", "Петрович"),
        3: ("Лебедев", "Олег", "Юрьевич"),
    },
    subjects={1: ("Математика", "Мат"), 2: ("Английский язык", "Англ")},
    rooms={7: "201"},
    courses=[
        KnownCourse(
            id=10, classes=frozenset({"5А"}), subject_id=1, group="", teachers=frozenset({1})
        ),
        KnownCourse(
            id=11,
            classes=frozenset({"5А"}),
            subject_id=2,
            group="1 группа",
            teachers=frozenset({2}),
        ),
        KnownCourse(
            id=12,
            classes=frozenset({"5А"}),
            subject_id=2,
            group="2 группа",
            teachers=frozenset({3}),
        ),
        KnownCourse(
            id=13, classes=frozenset({"5А", "5Б"}), subject_id=1, group="", teachers=frozenset({1})
        ),
    ],
)


def asc(cards: str, lessons: str, encoding: str = "utf-8", **more: str) -> bytes:
    parts = {
        "teachers": '<teacher id="T1" name="Соколова А.И." short="Сок"/>'
        '<teacher id="T2" firstname="Олег Петрович" lastname="Лебедев" name="Лебедев О"/>'
        '<teacher id="T3" name="Лебедев Олег Юрьевич"/><teacher id="T9" name="Никто Н. Н."/>',
        "classes": '<class id="C1" name="5 «А»" short="5A"/><class id="C2" name="5Б"/>'
        '<class id="C9" name="11Я"/>',
        "subjects": '<subject id="S1" name="математика" short="М"/>'
        '<subject id="S2" name="Иностранный" short="Англ"/>',
        "classrooms": '<classroom id="R1" name="каб. 201" short="201"/>',
        "groups": '<group id="G1" name="Весь класс" classid="C1" entireclass="1"/>'
        '<group id="G2" name="Группа 1" classid="C1" entireclass="0"/>'
        '<group id="G3" name="2 группа" classid="C1" entireclass="0"/>',
    } | more
    body = "".join(f"<{name}>{rows}</{name}>" for name, rows in parts.items())
    text = f'<?xml version="1.0" encoding="{encoding}"?><timetable ascttversion="2021.6.2">'
    text += f"{body}<lessons>{lessons}</lessons><cards>{cards}</cards></timetable>"
    return text.encode(encoding)


def lesson(id_: str, **attributes: str) -> str:
    plain = {"classids": "C1", "subjectid": "S1", "teacherids": "T1", "groupids": "G1"}
    named = plain | {"periodspercard": "1"} | attributes
    return f'<lesson id="{id_}" ' + " ".join(f'{k}="{v}"' for k, v in named.items()) + "/>"


def card(lesson_id: str, **attributes: str) -> str:
    named = {"period": "3", "days": "10000", "weeks": "1", "classroomids": ""} | attributes
    words = " ".join(f'{k}="{v}"' for k, v in named.items())
    return f'<card lessonid="{lesson_id}" {words}/>'


def said(data: bytes) -> list[str]:
    return [str(one) for one in match_asc(parse_asc(data), SCHOOL).faults]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_names_are_forgiven_and_groups_are_found_by_name_or_teacher(encoding: str) -> None:
    lessons = lesson("L1") + lesson("L2", classids="C1,C2")
    lessons += lesson("L3", subjectid="S2", groupids="G2", teacherids="T2", periodspercard="2")
    lessons += lesson("L4", subjectid="S2", groupids="G3", teacherids="T3")
    cards = card("L1", classroomids="R1") + card("L2", days="01000", weeks="10", period="1")
    cards += card("L3", days="00001", period="5") + card("L4", days="00001", weeks="01", period="5")
    found = match_asc(parse_asc(asc(cards, lessons, encoding)), SCHOOL)
    assert found.faults == ()
    assert found.slots == (
        AscSlot(10, 1, 1, 3, "every", 7),
        AscSlot(11, 2, 5, 5, "every", None),
        AscSlot(11, 2, 5, 6, "every", None),
        AscSlot(12, 3, 5, 5, "even", None),
        AscSlot(13, 1, 2, 1, "odd", None),
    )


def test_older_files_number_the_days() -> None:
    old = card("L1").replace('days="10000"', 'day="2"')
    (slot,) = match_asc(parse_asc(asc(old, lesson("L1"))), SCHOOL).slots
    assert slot.weekday == 3


def test_everything_wrong_is_said_once() -> None:
    lessons = lesson("L1", classids="C9") + lesson("L2", teacherids="T9") + lesson("L3")
    lessons += lesson("L4", classids="C2") + lesson("L5", teacherids="T2")
    cards = "".join(card(f"L{n}") for n in range(1, 6)) + card("L3", weeks="100")
    faults = said(asc(cards, lessons))
    assert [one.split(" ")[:5] for one in faults] == [
        ["The", "school", "has", "no", "class"],
        ["The", "school", "has", "no", "teacher"],
        ["The", "load", "has", "no", "course"],
        ["By", "the", "load", "Лебедев", "О"],
        ["A", "card", "of", "«математика»,", "5"],
    ]
    assert said(asc(cards * 2, lessons)) == faults


def test_a_file_of_another_school_is_told_so() -> None:
    strangers = "".join(f'<class id="X{n}" name="{n}Щ"/>' for n in range(9))
    lessons = "".join(lesson(f"L{n}", classids=f"X{n}") for n in range(9))
    cards = "".join(card(f"L{n}") for n in range(9))
    first, *rest = said(asc(cards, lessons, classes=strangers))
    assert "seems to be of another school: 0 of its 9 classes" in first
    assert len(rest) == 9


def test_two_teachers_of_one_surname_want_a_full_name() -> None:
    two = '<teacher id="T1" name="Лебедев О."/>'
    faults = said(asc(card("L1"), lesson("L1"), teachers=two))
    assert faults == ["Several teachers of the school may be «Лебедев О.»: give the full name."]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no xml",
        b"<timetable></timetable>",
        b"<html><card/></html>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><timetable><card lessonid="&b;"/></timetable>',
    ],
)
def test_what_is_no_export_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        parse_asc(data)


@given(data=st.binary(max_size=300), cut=st.integers(0, 400))
def test_nonsense_never_fails_otherwise(data: bytes, cut: int) -> None:
    for bad in (data, asc(card("L1"), lesson("L1"))[:cut] + data):
        try:
            found = match_asc(parse_asc(bad), SCHOOL)
        except UnreadableFile:
            continue
        assert not (found.slots and found.faults), "with faults nothing is left to be written"


def send(login: Login, data: bytes, name: str = "deputy") -> Any:
    form = {"first_day": "2026-12-01", "last_day": "2026-12-25", "note": "aSc"}
    file = (io.BytesIO(data), "asctt2012.xml")
    return login(name).post(
        "/planning/import", data=form | {"file": file}, content_type="multipart/form-data"
    )


OWN = {
    "teachers": '<teacher id="T1" name="Соколова Анна Ивановна"/>',
    "subjects": '<subject id="S1" name="Математика"/>',
    "groups": "",
}


def test_a_file_becomes_a_draft(login: Login, cast: Cast, db_session: Session) -> None:
    db_session.add(Room(organisation_id=cast.school, name="201"))
    db_session.commit()
    data = asc(card("L1", classroomids="R1") + card("L1", days="00100"), lesson("L1"), **OWN)
    answer = send(login, data)
    assert answer.status_code == 302
    draft = db_session.scalars(select(Timetable).where(Timetable.status == "draft")).one()
    slots = db_session.execute(
        select(TimetableSlot.course_id, TimetableSlot.weekday, TimetableSlot.lesson_number).where(
            TimetableSlot.timetable_id == draft.id
        )
    ).all()
    own = cast.courses["own"]
    assert [tuple(one) for one in slots] == [(own, 1, 3), (own, 3, 3)]


def test_a_refused_file_writes_nothing(login: Login, db_session: Session) -> None:
    answer = send(login, asc(card("L1"), lesson("L1", classids="C9"), **OWN))
    assert answer.status_code == 422
    assert "другой школы" in answer.text and "нет класса «11Я»" in answer.text
    assert "Файл повреждён" in send(login, b"nonsense").text
    assert send(login, b"x", "own_teacher").status_code == 403
    assert db_session.scalars(select(Timetable.id).where(Timetable.status == "draft")).all() == []
