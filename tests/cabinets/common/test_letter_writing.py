"""Whom one may write to, templates, files: of teachers, class teachers and the administration."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.core.files import StoredFile
from journal.lessons.models import Lesson
from journal.messages.letter_rules import CLASS_PLACES, COURSE_PLACES, PLACES, STAFF_PLACES
from journal.messages.letter_templates import SAMPLES
from journal.messages.models import Letter, LetterCopy, LetterFile, LetterTemplate
from tests.cast import NOW, Cast
from tests.conftest import Client, Login

PDF = b"%PDF-1.4 a timetable of consultations"


def key(cast: Cast, pupil: str = "pupil", guardian: str = "parent") -> str:
    return f"{cast.pupils[pupil]}-{cast[guardian].person_id}"


def letter(*families: str, **changes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"about": "success", "subject": "Об успехах", "send": "1"}
    return form | {"text": "{родитель}", "families": list(families)} | changes


def look(browser: Client, address: str, *families: str, **changes: Any) -> str:
    form = letter(*families, look="1", **changes)
    form.pop("send")
    answer = browser.post(address, data=form, content_type="multipart/form-data")
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


def copies(session: Session) -> list[tuple[int, int | None]]:
    return [
        tuple(row) for row in session.execute(select(LetterCopy.person_id, LetterCopy.pupil_id))
    ]


def test_a_teacher_writes_to_families_of_his_pupils(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser, own = login("own_teacher"), cast.courses["own"]
    assert "5А, математика" in browser.get("/letters/course").text
    address = f"/letters/course?course={own}"
    assert key(cast) in browser.get(address).text
    text = "{ребёнок}, {предмет}: {отметки}; {средний балл}; пропущено {пропущено}"
    shown = look(browser, address, key(cast), text=text)
    assert "Ёлкин Артём, математика: 4, 5; 4,75; пропущено 0" in shown
    assert browser.post(address, data=letter(key(cast))).status_code == 302
    assert copies(db_session) == [(cast["parent"].person_id, cast.pupils["pupil"])]
    stranger = letter(key(cast, "stranger_pupil", "stranger_parent"))
    assert browser.post(address, data=stranger).status_code == 422


def test_every_course_that_is_offered_opens(login: Login, cast: Cast, db_session: Session) -> None:
    """A course one only substituted in is not offered: it is its teacher's."""
    lesson = db_session.get_one(Lesson, cast.lessons["other_class"])
    lesson.replaced_staff_id, lesson.staff_id = lesson.staff_id, cast["own_teacher"].staff_id
    db_session.commit()
    browser = login("own_teacher")
    page = browser.get("/letters/course").text
    offered = re.findall(r'href="(/letters/course\?course=\d+)"', page)
    assert offered == [f"/letters/course?course={cast.courses['own']}"]
    assert browser.get(offered[0]).status_code == 200


@pytest.mark.parametrize(
    ("who", "course", "status"),
    [
        ("own_teacher", "same_class", 403),
        ("own_teacher", "other_class", 403),
        ("class_teacher", "own", 403),  # reads it, does not teach it
        ("class_teacher", "keeper", 200),
        ("own_teacher", "foreign", 404),
        ("deputy", "own", 403),
        ("parent", "own", 403),
    ],
)
def test_a_teacher_writes_to_nobody_elses(
    login: Login, cast: Cast, db_session: Session, who: str, course: str, status: int
) -> None:
    address = f"/letters/course?course={cast.courses[course]}"
    assert login(who).get(address).status_code == status
    if status != 200:
        assert login(who).post(address, data=letter(key(cast))).status_code == status
        assert copies(db_session) == []


def test_a_course_is_offered_to_who_teaches_it_now(
    login: Login, cast: Cast, db_session: Session
) -> None:
    """Not after one lesson held instead of somebody else, as the address itself would refuse."""
    held = db_session.get_one(Lesson, cast.lessons["same_class"])
    held.replaced_staff_id, held.staff_id = held.staff_id, cast["own_teacher"].staff_id or 0
    db_session.commit()
    page = login("own_teacher").get("/letters/course").text
    offered = {int(one) for one in re.findall(r"course\?course=(\d+)", page)}
    assert cast.courses["own"] in offered and cast.courses["same_class"] not in offered


def test_a_file_that_is_no_file_is_left_out(login: Login, cast: Cast, db_session: Session) -> None:
    to = f"0-{cast['own_teacher'].person_id}"
    form = letter(to, text="Педсовет", files="справка.pdf")
    assert login("deputy").post("/letters/staff", data=form).status_code == 302
    assert db_session.scalars(select(LetterFile)).all() == []


@pytest.mark.parametrize("who", ["deputy", "director", "administrator"])
def test_the_administration_writes_to_any_class(
    login: Login, cast: Cast, db_session: Session, who: str
) -> None:
    browser = login(who)
    assert "Выберите, кому вы пишете" in browser.get("/letters/any-class").text
    address = f"/letters/any-class?class={cast.classes['other']}"
    shown = look(
        browser, address, key(cast, "sibling"), text="{средние баллы}; {пропуски}; {логин}"
    )
    assert "отметок пока нет; 0 уроков" in shown and cast["parent"].login in shown
    assert browser.post(address, data=letter(key(cast, "sibling"))).status_code == 302
    assert copies(db_session) == [(cast["parent"].person_id, cast.pupils["sibling"])]
    foreign = f"/letters/any-class?class={cast.classes['foreign']}"
    assert browser.get(foreign).status_code == 404


def test_the_administration_writes_to_the_staff(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("deputy")
    page = browser.get("/letters/staff").text
    assert "Соколова Анна Ивановна" in page and "Чужов" not in page
    assert "Орлова Марина Павловна" not in page  # not to oneself
    assert "checked" not in page[page.index("<aside") :]  # nobody is ticked at first
    to = f"0-{cast['own_teacher'].person_id}"
    shown = look(browser, "/letters/staff", to, text="{получатель}, педсовет в среду")
    assert "Соколова Анна Ивановна, педсовет в среду" in shown
    assert browser.post("/letters/staff", data=letter(to, text="Педсовет")).status_code == 302
    assert copies(db_session) == [(cast["own_teacher"].person_id, None)]
    answer = browser.post("/letters/staff", data=letter(to, text="{ребёнок}"))
    assert answer.status_code == 422 and "Подстановки «{ребёнок}» нет" in answer.text
    outsider = letter(f"0-{cast['foreign_teacher'].person_id}", text="Педсовет")
    assert browser.post("/letters/staff", data=outsider).status_code == 422


@pytest.mark.parametrize("path", ["any-class", "staff", "templates", "templates/new"])
@pytest.mark.parametrize("who", ["own_teacher", "class_teacher", "specialist", "parent", "pupil"])
def test_what_is_the_administrations_alone(login: Login, path: str, who: str) -> None:
    browser = login(who)
    assert browser.get(f"/letters/{path}").status_code == 403
    assert browser.post(f"/letters/{path}", data=letter("0-1")).status_code in (403, 405)


def test_averages_and_absences_of_the_whole_class(login: Login, cast: Cast) -> None:
    browser = login("class_teacher")
    text = "{средние баллы} / {пропуски} / {логин}"
    shown = look(browser, "/letters/class", key(cast), text=text)
    assert "математика 4,75 / 0 уроков" in shown


def test_samples_are_offered_until_the_school_has_its_own(
    login: Login, db_session: Session
) -> None:
    teacher, deputy = login("class_teacher"), login("deputy")
    assert "template=sample-access" in teacher.get("/letters/class").text
    begun = teacher.get("/letters/class?template=sample-access").text
    assert "{логин}" in begun[begun.index("<textarea") :]
    sample = deputy.get("/letters/templates/new?sample=sample-access").text
    assert "{логин}" in sample
    form = {"about": "access", "subject": "Вход в дневник", "text": "Адрес: {адрес}"}
    assert deputy.post("/letters/templates/new", data=form).status_code == 302
    row = db_session.scalars(select(LetterTemplate)).one()
    page = teacher.get("/letters/class").text
    assert f"template={row.id}" in page and "template=sample-access" not in page
    assert "Адрес: {адрес}" in teacher.get(f"/letters/class?template={row.id}").text
    changed = form | {"text": "Наш адрес: {адрес}"}
    assert deputy.post(f"/letters/templates/{row.id}", data=changed).status_code == 302
    assert "Наш адрес" in deputy.get("/letters/templates").text
    assert deputy.post(f"/letters/templates/{row.id}/drop").status_code == 302
    assert "template=sample-access" in teacher.get("/letters/class").text
    log = db_session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)).all()
    assert log == ["create", "change", "delete"]


def test_a_template_is_offered_where_its_places_can_be_filled(login: Login, cast: Cast) -> None:
    staff = login("deputy").get("/letters/staff").text
    assert "template=sample" not in staff
    course = f"/letters/course?course={cast.courses['own']}"
    offered = login("own_teacher").get(course).text
    assert "template=sample-subject" in offered and "template=sample-success" not in offered


@pytest.mark.parametrize(
    "change", [{"text": ""}, {"text": "{оценка}"}, {"subject": " "}, {"about": "support"}]
)
def test_no_template_of_nonsense(login: Login, db_session: Session, change: Any) -> None:
    form = {"about": "access", "subject": "Вход", "text": "Адрес: {адрес}"} | change
    assert login("deputy").post("/letters/templates/new", data=form).status_code == 422
    assert db_session.scalars(select(LetterTemplate)).all() == []


def test_the_neighbours_template(login: Login, cast: Cast, db_session: Session) -> None:
    row = LetterTemplate(organisation_id=cast.school, about="other", subject="Наше", text="Тайна")
    db_session.add(row)
    db_session.commit()
    browser = login("foreign_administrator")
    assert browser.get(f"/letters/templates/{row.id}").status_code == 404
    assert browser.post(f"/letters/templates/{row.id}/drop").status_code == 404
    assert "Тайна" not in browser.get("/letters/templates").text


def test_every_sample_can_be_filled() -> None:
    assert PLACES.keys() == CLASS_PLACES | COURSE_PLACES | STAFF_PLACES
    for one in SAMPLES:
        named = {name for name in PLACES if "{" + name + "}" in str(one.text)}
        assert named <= CLASS_PLACES or named <= COURSE_PLACES, one.key


def test_files_are_kept_while_the_letter_is_looked_at(
    login: Login, cast: Cast, db_session: Session
) -> None:
    browser = login("class_teacher")
    shown = look(browser, "/letters/class", key(cast), files=[(io.BytesIO(PDF), "план.pdf")])
    kept = re.findall(r'name="kept" value="(\d+)"', shown)
    assert len(kept) == 1 and "план.pdf" in shown
    sent = browser.post("/letters/class", data=letter(key(cast), kept=kept))
    assert sent.status_code == 302
    copy = db_session.scalars(select(LetterCopy)).one()
    file = f"/letters/{copy.id}/files/{kept[0]}"
    assert "план.pdf" in login("parent").get(f"/letters/{copy.id}").text
    for who, status in (("parent", 200), ("class_teacher", 200), ("deputy", 404), ("pupil", 404)):
        answer = login(who).get(file)
        assert answer.status_code == status, who
        if status == 200:
            assert answer.data == PDF
        answer.close()
    assert login("parent").get(f"/letters/{copy.id}/files/999999").status_code == 404


def test_files_that_are_not_ones_own_are_not_sent(
    login: Login, cast: Cast, db_session: Session
) -> None:
    facts = {"sha256": "0" * 64, "size": 3, "media_type": "application/pdf", "name": "чужой.pdf"}
    row = StoredFile(organisation_id=cast.school, uploaded_by=1, uploaded_at=NOW, **facts)
    db_session.add(row)
    db_session.commit()
    form = letter(key(cast), kept=[str(row.id), "x", "999999"])
    assert login("class_teacher").post("/letters/class", data=form).status_code == 302
    assert db_session.scalars(select(LetterFile)).all() == []


@pytest.mark.parametrize(
    "files",
    [
        [(b"#!/bin/sh", "план.pdf")],
        [(b"", "пусто.pdf")],
        [(PDF, f"{number}.pdf") for number in range(6)],
    ],
)
def test_files_that_are_refused(
    login: Login, cast: Cast, db_session: Session, files: list[tuple[bytes, str]]
) -> None:
    uploads = [(io.BytesIO(content), name) for content, name in files]
    form = letter(key(cast), files=uploads)
    answer = login("class_teacher").post(
        "/letters/class", data=form, content_type="multipart/form-data"
    )
    assert answer.status_code == 422 and "field-error" in answer.text
    assert db_session.scalars(select(Letter)).all() == []


def test_a_letter_to_one_family(login: Login, cast: Cast, db_session: Session) -> None:
    browser = login("class_teacher")
    page = browser.get("/class/pupils").text
    assert "Нет ни телефона, ни почты семьи: Абрамова Дарья, Ёлкин Артём, Жуков Иван" in page
    assert f"pupil={cast.pupils['pupil']}" in page
    ticked = f'value="{key(cast)}" checked'
    assert ticked in browser.get(f"/letters/class?pupil={cast.pupils['pupil']}").text
    assert ticked not in browser.get(f"/letters/class?pupil={cast.pupils['classmate']}").text
