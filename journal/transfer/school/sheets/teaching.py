"""«Нагрузка», «Подгруппы», «Расписание», «КТП»."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from journal.transfer.celltypes import CLASSES, DAY, LAST_DAY, choice, decimal, integer, text
from journal.transfer.references import Ref
from journal.transfer.school.rows import LoadRow, SlotRow, SubgroupRow, TopicRow
from journal.transfer.school.sheets.calendar import LESSON_NUMBER
from journal.transfer.school.sheets.people import CODE, NAME, ROOM, SUBJECT
from journal.transfer.specification import Column, SheetSpec, optional, required, telling

_WEEKDAYS = {"Пн": 1, "Вт": 2, "Ср": 3, "Чт": 4, "Пт": 5, "Сб": 6}
_WEEKS = {"каждая": "every", "нечётная": "odd", "чётная": "even"}

_CLASSES = telling("Классы", "classes", CLASSES, "5А", names=Ref.CLASS)
_SUBJECT = telling("Предмет", "subject", SUBJECT, "Математика", names=Ref.SUBJECT)
_TEACHER = required("Таб. №", "teacher", CODE, "1001", names=Ref.STAFF)
_SUBGROUP = Column(
    "Подгруппа", "subgroup", NAME, default="", names=Ref.SUBGROUP, defines=True, example=None
)

LOADS = SheetSpec(
    title="Нагрузка",
    build=LoadRow,
    key=("classes", "subgroup", "subject", "teacher", "starts_on"),
    repeated_at="Предмет",
    columns=(
        required("Классы", "classes", CLASSES, "5А", names=Ref.CLASS),
        _SUBGROUP,
        required("Предмет", "subject", SUBJECT, "Математика", names=Ref.SUBJECT),
        _TEACHER,
        required("Часов в неделю", "weekly_hours", decimal(Decimal(0), Decimal(99)), 5),
        optional("С", "starts_on", DAY),
        optional("По", "ends_before", LAST_DAY),
    ),
)
SUBGROUPS = SheetSpec(
    title="Подгруппы",
    build=SubgroupRow,
    key=("classes", "subject", "subgroup", "personal_file", "starts_on"),
    repeated_at="Личное дело",
    columns=(
        _CLASSES,
        _SUBJECT,
        Column("Подгруппа", "subgroup", NAME, True, True, None, Ref.SUBGROUP, True, "1 группа"),
        telling("Личное дело", "personal_file", CODE, "О-0001", names=Ref.PUPIL),
        optional("С", "starts_on", DAY),
        optional("По", "ends_before", LAST_DAY),
    ),
)
SLOTS = SheetSpec(
    title="Расписание",
    build=SlotRow,
    key=(
        "starts_on",
        "ends_before",
        "classes",
        "weekday",
        "week_kind",
        "lesson_number",
        "subject",
        "subgroup",
        "teacher",
    ),
    repeated_at="Классы",
    columns=(
        telling("С", "starts_on", DAY, date(2026, 9, 1)),
        telling("По", "ends_before", LAST_DAY, date(2026, 12, 30)),
        _CLASSES,
        telling("День", "weekday", choice(_WEEKDAYS, width=7), "Пн"),
        optional("Неделя", "week_kind", choice(_WEEKS, width=10), "каждая", default="every"),
        telling("№ урока", "lesson_number", LESSON_NUMBER, 1),
        _SUBJECT,
        _SUBGROUP,
        _TEACHER,
        optional("Кабинет", "room", ROOM, "101", names=Ref.ROOM),
    ),
)
TOPICS = SheetSpec(
    title="КТП",
    build=TopicRow,
    key=("classes", "subgroup", "subject", "position"),
    repeated_at="№",
    columns=(
        _CLASSES,
        _SUBGROUP,
        _SUBJECT,
        telling("№", "position", integer(1, 100_000), 1),
        optional("Раздел", "section", text(300, width=26), "Натуральные числа"),
        required("Тема", "title", text(1000, width=40), "Чтение и запись чисел"),
        optional("Часов", "hours", integer(1, 99), 1, default=1),
        optional(
            "Домашнее задание", "homework", text(1000, width=30, several_lines=True), "§ 1, № 5"
        ),
        Column("Вид работы", "work_type", text(100), names=Ref.WORK_TYPE, defines=True),
    ),
)
