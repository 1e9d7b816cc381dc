"""«Предметы», «Кабинеты», «Классы», «Сотрудники», «Обучающиеся», «Движение», «Представители»."""

from __future__ import annotations

from datetime import date

from journal.access.roles import Role
from journal.transfer.celltypes import CLASS, DAY, EMAIL, LETTER, YES_NO, choice, integer, several
from journal.transfer.celltypes import text as line
from journal.transfer.references import Ref
from journal.transfer.school.rows import (
    ClassRow,
    GuardianRow,
    MovementRow,
    PupilRow,
    RoomRow,
    StaffRow,
    SubjectRow,
)
from journal.transfer.school.sheets.calendar import SHIFT
from journal.transfer.specification import SheetSpec, defining, optional, required, telling

_SCALES = {"5-балльная": "five_point", "зачёт": "pass_fail", "без отметок": "none"}
_FORMS = {"очная": "full_time", "очно-заочная": "part_time", "заочная": "extramural"}
_ROLES = {
    "администратор": Role.ADMINISTRATOR,
    "директор": Role.DIRECTOR,
    "заместитель директора": Role.DEPUTY_DIRECTOR,
    "учитель": Role.TEACHER,
    "классный руководитель": Role.CLASS_TEACHER,
    "специалист": Role.SPECIALIST,
    "координатор мониторинга": Role.MONITORING_COORDINATOR,
}
_MOVEMENTS = {"перевод": "transfer", "выбытие": "leaving", "зачисление": "return"}
_RELATIONS = {"мать": "mother", "отец": "father", "опекун": "guardian", "иной": "other"}

NAME = line(100)
CODE = line(40, width=12)
SUBJECT = line(200, width=28)
ROOM = line(60)
_LINE = line(200, width=26)
_PHONE = line(60)

SUBJECTS = SheetSpec(
    title="Предметы",
    build=SubjectRow,
    key=("name",),
    repeated_at="Предмет",
    columns=(
        defining("Предмет", "name", SUBJECT, "Математика", names=Ref.SUBJECT),
        required("Кратко", "short_name", line(60), "Мат."),
        optional("Область", "area", _LINE, "Математика и информатика"),
        optional("Оценивание", "scale", choice(_SCALES), "5-балльная", default="five_point"),
    ),
)
ROOMS = SheetSpec(
    title="Кабинеты",
    build=RoomRow,
    key=("name",),
    repeated_at="Кабинет",
    columns=(
        defining("Кабинет", "name", ROOM, "101", names=Ref.ROOM),
        optional("Вместимость", "capacity", integer(0, 10000), 30),
        optional("Назначение", "purpose", _LINE, "математика"),
    ),
)
CLASSES = SheetSpec(
    title="Классы",
    build=ClassRow,
    key=("name",),
    repeated_at="Класс",
    columns=(
        defining("Класс", "name", CLASS, "5А", names=Ref.CLASS),
        required("Параллель", "grade", integer(1, 12), 5),
        optional("Литера", "letter", LETTER, "А"),
        optional("Форма обучения", "study_form", choice(_FORMS), "очная", default="full_time"),
        optional("Смена", "shift", SHIFT, 1, default=1),
        optional("Набор звонков", "bell_set", line(60), "Основной", names=Ref.BELLS),
        optional("Классный руководитель", "class_teacher", CODE, "1001", names=Ref.STAFF),
        optional("Кабинет", "room", ROOM, "101", names=Ref.ROOM),
        optional("Дней в неделе", "days_per_week", integer(5, 6), 5, default=5),
    ),
)
STAFF = SheetSpec(
    title="Сотрудники",
    build=StaffRow,
    key=("personnel_number",),
    repeated_at="Таб. №",
    columns=(
        defining("Таб. №", "personnel_number", CODE, "1001", names=Ref.STAFF),
        required("Фамилия", "surname", NAME, "Образцова"),
        required("Имя", "given_name", NAME, "Мария"),
        optional("Отчество", "patronymic", NAME, "Петровна"),
        optional("Дата рождения", "born_on", DAY, date(1980, 5, 20)),
        required("Должность", "position", _LINE, "Учитель математики"),
        required("Роли", "roles", several(_ROLES), "учитель, классный руководитель"),
        optional("E-mail", "email", EMAIL, "obraztsova@example.org"),
        optional("Телефон", "phone", _PHONE, "+7 900 000-00-00"),
    ),
)
PUPILS = SheetSpec(
    title="Обучающиеся",
    build=PupilRow,
    key=("personal_file",),
    repeated_at="Личное дело",
    columns=(
        defining("Личное дело", "personal_file", CODE, "О-0001", names=Ref.PUPIL),
        required("Фамилия", "surname", NAME, "Образцов"),
        required("Имя", "given_name", NAME, "Иван"),
        optional("Отчество", "patronymic", NAME, "Сергеевич"),
        required("Пол", "sex", choice({"м": "m", "ж": "f"}, width=6), "м"),
        required("Дата рождения", "born_on", DAY, date(2015, 4, 12)),
        required("Класс", "class_name", CLASS, "5А", names=Ref.CLASS),
        required("Дата зачисления", "enrolled_on", DAY, date(2022, 9, 1)),
        optional("Приказ о зачислении", "enrolment_order", _LINE, "№ 12-у от 25.08.2022"),
        optional("E-mail", "email", EMAIL),
        optional("Согласие на ПДн", "consent_on", DAY, date(2026, 8, 25)),
    ),
)
MOVEMENTS = SheetSpec(
    title="Движение",
    build=MovementRow,
    key=("personal_file", "happens_on"),
    repeated_at="Дата",
    columns=(
        telling("Личное дело", "personal_file", CODE, "О-0001", names=Ref.PUPIL),
        required("Дата", "happens_on", DAY, date(2026, 10, 12)),
        required("Вид", "kind", choice(_MOVEMENTS), "выбытие"),
        optional("Класс", "class_name", CLASS, names=Ref.CLASS),
        optional("Приказ", "order_number", line(100), "15-у"),
        optional("Дата приказа", "order_date", DAY, date(2026, 10, 9)),
        optional("Куда", "destination", line(300, width=30), "в другой регион"),
    ),
)
GUARDIANS = SheetSpec(
    title="Представители",
    build=GuardianRow,
    key=("personal_file", "surname", "given_name", "patronymic", "relation"),
    repeated_at="Фамилия",
    columns=(
        telling("Личное дело", "personal_file", CODE, "О-0001", names=Ref.PUPIL),
        required("Фамилия", "surname", NAME, "Образцова"),
        required("Имя", "given_name", NAME, "Ольга"),
        optional("Отчество", "patronymic", NAME, "Ивановна"),
        required("Степень родства", "relation", choice(_RELATIONS), "мать"),
        optional("Телефон", "phone", _PHONE, "+7 900 000-00-01"),
        optional("E-mail", "email", EMAIL, "mama@example.org"),
        optional("Отказ от электронной услуги", "declined_e_service", YES_NO, "нет", default=False),
        optional("Согласие на ПДн", "consent_on", DAY, date(2026, 8, 25)),
    ),
)
