"""What a POST of the matrix carries: a body that would succeed, were the object allowed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from tests.access.archive import ARCHIVE_BODIES
from tests.access.monitoring import MONITORING_BODIES
from tests.access.planning import PLANNING_BODIES
from tests.access.results import RESULT_FORMS
from tests.cast import Cast
from tests.factories import PASSWORD

Given = Mapping[str, Any]
Body = dict[str, Any]
_numbers = count(1)


def _fresh(word: str) -> str:
    return f"{word}-of-the-matrix-{next(_numbers):05d}"


def _entry(given: Given, cast: Cast) -> Body:
    """One entry of the journal grid; a new 5 unless the line says otherwise."""
    operation: Body = {"op": _fresh("save"), "kind": "put_mark", "base": 0, "value": "5"}
    operation |= {"pupil": cast.pupils["pupil"], "work": None, "mark": None, **given}
    if operation["kind"] == "put_absence":
        operation["value"] = given.get("value", "n")
    if operation["kind"] == "put_lesson":
        operation |= {"topic": "Тема", "homework": "§ 1", "homework_none": False, "base": 1}
    operation = {key: int(v) if str(v).isdecimal() else v for key, v in operation.items()}
    operation["value"] = str(operation.get("value", ""))
    return {"json": {"operations": [operation]}}


def _unlock_request(given: Given, cast: Cast) -> Body:
    days = {"lessons_from": "2026-11-13", "lessons_to": "2026-11-13"}
    return {"data": {**days, "kinds": ["topic"], "reason": "Болезнь", **given}}


def _upload(given: Given, cast: Cast) -> Body:
    file = (io.BytesIO(b"PK\x03\x04 a workbook"), "school.xlsx")
    return {"data": {"check_school-file": file}, "content_type": "multipart/form-data"}


def _homework_file(given: Given, cast: Cast) -> Body:
    file = (io.BytesIO(b"%PDF-1.4 a task"), "task.pdf")
    return {"data": {"file": file}, "headers": {"Accept": "application/json"}}


def _own_task(given: Given, cast: Cast) -> Body:
    pupil = cast.pupils["pupil"]
    return {"json": {"text": "Карточка", "pupils": [pupil], "due": None, "minutes": None}}


def _release(given: Given, cast: Cast) -> Body:
    order = {"kind": "practice", "first": "2026-11-23", "order": "№ 46 от 20.11.2026"}
    subject = cast.subjects["maths"]
    return {"data": {"pupil": cast.pupils["pupil"], "subject_id": subject, **order, **given}}


def _json(given: Given, cast: Cast) -> Body:
    return {"json": {"text": "§ 14", "minutes": 20}}


def _form(**fields: Any) -> Callable[[Given, Cast], Body]:
    return lambda given, cast: {"data": fields | dict(given)}


def _subject(given: Given, cast: Cast) -> Body:
    name = _fresh("Предмет")
    return {"data": {"name": name, "short_name": name, "scale": "five_point", **given}}


def _organisation(given: Given, cast: Cast) -> Body:
    name = {"code": _fresh("code"), "full_name": "Лицей", "short_name": "Лицей"}
    return {"data": {**name, "time_zone": "Europe/Moscow", **given}}


def _course(given: Given, cast: Cast) -> Body:
    chosen = {"class_ids": cast.classes["own"], "subject_id": cast.subjects["reading"]}
    return {"data": {**chosen, "subgroup": _fresh("группа")[:100], **given}}


def _person(given: Given, cast: Cast) -> Body:
    """Fits staff, pupils and guardians: a form takes what it knows."""
    name = {"surname": "Новый", "given_name": "Человек", "sex": "", "relation": "other"}
    numbers = {"personnel_number": _fresh("number"), "personal_file": _fresh("file")}
    work = {"position": "Учитель", "roles": ["administrator", "teacher"]}
    entry = {"class_id": cast.classes["own"], "enrolled_on": "2026-11-09"}
    return {"data": {**name, **numbers, **work, **entry, **given}}


BELLS = {
    f"r{number}-{name}": value
    for number in range(1, 9)
    for name, value in (
        ("lesson_number", str(number)),
        ("starts_at", f"{7 + number:02}:30"),
        ("ends_at", f"{8 + number:02}:15"),
    )
}


def _windows(given: Given, cast: Cast) -> Body:
    """A version of the edit policy; without a day it cannot be saved."""
    kinds = ("marks", "attendance", "class_attendance", "topic", "homework")
    return {"data": {f"{kind}_days": "3" for kind in kinds} | {"counting": "school"} | dict(given)}


EXTENSION = {
    "lessons_from": "2026-11-10",
    "lessons_to": "2026-11-13",
    "last_day": "2026-11-27",
    "kinds": ["topic"],
    "reason": "Не было электричества",
}
_EXCUSE = {"code": "u", "first": "2026-11-23", "last": "2026-11-24", "text": "ОРВИ"}

BODIES: dict[str, Callable[[Given, Cast], Body]] = {
    "family_excuses.new": lambda given, cast: {
        "data": _EXCUSE | {"pupils": [cast.pupils[given.get("pupils", "pupil")]]}
    },
    "family_excuses.answer": _form(answer="Да, принесём"),
    "class_excuses.new": lambda given, cast: {
        "data": _EXCUSE | {"pupil": cast.pupils[given.get("of", "pupil")]}
    },
    "class_day.save": lambda given, cast: _entry({"kind": "put_absence", **given}, cast),
    "class_day.seen": _form(at="2026-11-20T07:42:00+00:00"),
    "class_excuses.decide": _form(decision="confirm"),
    "class_excuses.revoke": _form(note="Справка чужая"),
    "class_excuses.end": _form(last="2026-11-19"),
    "leaves.decide": _form(decision="confirm"),
    "releases.new": _release,
    "releases.edit": _form(last="2026-12-01", order="№ 45 от 20.11.2026"),
    "leaves.limit": _form(days="5"),
    "letter_templates.new": _form(about="other", subject="Вход", text="Адрес: {адрес}"),
    "letter_templates.change": _form(about="other", subject="Вход", text="{адрес}"),
    "cards.add": _form(text="Беседа с семьёй"),
    "cards.change": _form(text="Беседа с учеником", shared="y"),
    "alerts.telling": _form(tells_families="y", delay_minutes="10", until="17:00"),
    "alerts.add": _form(measure="lessons", bound="20", window_days="30", codes=["n", "p"]),
    "admin.item": _subject,
    "admin.new_bells": lambda given, cast: {
        "data": {"name": _fresh("Звонки"), "shift": "1", **BELLS, **given}
    },
    "admin.new_course": _course,
    "admin.new_item": _subject,
    "admin.one_bells": _form(name="Основной", shift="1", **BELLS),
    "admin.organisation": _organisation,
    "admin.extend_windows": _form(**EXTENSION),
    "admin.set_windows": _windows,
    "admin.upload": _upload,
    "common.password": _form(old_password="wrong", password=PASSWORD * 2, again=PASSWORD * 2),
    "credentials.send": lambda given, cast: {"data": {"operation": _fresh("letters"), **given}},
    "credentials.issue": lambda given, cast: {"data": {"operation": _fresh("slips"), **given}},
    "lessons.add_file": _homework_file,
    "lessons.drop_file": _json,
    "lessons.drop_template": _json,
    "lessons.give": _own_task,
    "lessons.keep_template": _json,
    "lessons.take_back": _json,
    "plans.bring": _form(pasted="Дроби\t2", base="0"),
    "plans.pin": _form(topic="999999", day=""),
    "plans.take": _form(plan="999999", how="copy"),
    "adoption.settings": _form(starts_on="2026-09-01"),
    "admin.rollover": _form(firsts="1А", step="preview"),
    "admin.movement": lambda given, cast: {
        "data": {
            "kind": "leaving",
            "happens_on": "2026-11-23",
            "step": "confirm",
            "pupil": cast.pupils["third"],
            **given,
        }
    },
    "persons.consent": _form(key="pupil", act="give", day="2026-09-02"),
    "persons.divide_class": _form(day="2026-11-20"),
    "persons.edit": _person,
    "persons.leaving": _form(left_on="2027-01-01"),
    "persons.link": _form(relation="other"),
    "persons.new_guardian": _person,
    "persons.new_pupil": _person,
    "persons.new_staff": _person,
    "register.save": _entry,
    "letters.administrator": _form(subject="Доступ", text="Не открывается дневник"),
    "letters.reply": _form(text="Спасибо"),
    "unlocks.revoke": _form(note="Ошибка"),
    "unlocks.decide": _form(decision="refuse", hours="2", note="Нет"),
    "unlocks.request_unlock": _unlock_request,
    **PLANNING_BODIES,
    **MONITORING_BODIES,
}


BODIES |= {endpoint: _form(**fields) for endpoint, fields in RESULT_FORMS.items()}
BODIES |= {endpoint: _form(**fields) for endpoint, fields in ARCHIVE_BODIES.items()}


def body_of(endpoint: str, given: Given, cast: Cast) -> Body:
    """Keyword arguments of the test client's request."""
    build = BODIES.get(endpoint)
    return build(given, cast) if build else {"data": dict(given)}
