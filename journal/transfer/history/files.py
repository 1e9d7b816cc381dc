"""The files of the history and their columns: the one place that names them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from journal.grading.rules import NUMERIC, SPECIAL
from journal.transfer.celltypes import CLASSES, DAY, LAST_DAY, YEAR, YES_NO, choice, integer, text
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    LessonRow,
    MarkRow,
    PeriodMarkRow,
)
from journal.transfer.references import Ref
from journal.transfer.school.sheets.calendar import LESSON_NUMBER, TERM_KINDS
from journal.transfer.school.sheets.people import CODE, NAME, SUBJECT
from journal.transfer.specification import Column, SheetSpec, defining, optional, required, telling

_MARKS = {value: value for value in (*NUMERIC, "зач", "незач", *sorted(SPECIAL))} | {
    "зачёт": "зач",
    "незачёт": "незач",
    "·": "•",
    ".": "•",
}
_CODES = {"Н": "n", "Б": "b", "УП": "u", "НП": "p", "ОП": "o"}
_EXEMPTIONS = {"от посещения": "attending", "от практики": "practice"}
PERIOD_KINDS = TERM_KINDS | {"год": "year", "экзамен": "exam", "итог": "final"}

_LESSON_KEY = text(60)
_NUMBER = integer(1, 99)
_PERIOD = replace(integer(1, 4), write=lambda number: int(str(number)) or None)
_VALUE = choice(_MARKS)
_LESSON = telling("Урок", "lesson", _LESSON_KEY, names=Ref.LESSON)
_PUPIL = telling("Личное дело", "personal_file", CODE, names=Ref.PUPIL)

LESSONS = SheetSpec(
    title="lessons.csv",
    build=LessonRow,
    key=("key",),
    repeated_at="Урок",
    columns=(
        defining("Урок", "key", _LESSON_KEY, None, names=Ref.LESSON),
        required("Дата", "held_on", DAY),
        required("№ урока", "lesson_number", LESSON_NUMBER),
        required("Классы", "classes", CLASSES, names=Ref.CLASS),
        Column("Подгруппа", "subgroup", NAME, default="", names=Ref.SUBGROUP, defines=True),
        required("Предмет", "subject", SUBJECT, names=Ref.SUBJECT),
        required("Таб. №", "teacher", CODE, names=Ref.STAFF),
        optional("Вместо", "replaced_teacher", CODE, names=Ref.STAFF),
        required("Статус", "cancelled", choice({"проведён": False, "отменён": True})),
        optional(
            "Режим",
            "mode",
            choice({"очно": "on_site", "дистанционно": "distance"}),
            default="on_site",
        ),
        optional("Тема", "topic", text(1000)),
        optional("Домашнее задание", "homework", text(20_000, several_lines=True)),
        optional("Посещаемость отмечена", "attendance_taken", YES_NO, default=False),
    ),
)
MARKS = SheetSpec(
    title="marks.csv",
    build=MarkRow,
    key=("lesson", "personal_file", "number"),
    repeated_at="",
    columns=(
        required("Урок", "lesson", _LESSON_KEY, names=Ref.LESSON),
        required("Личное дело", "personal_file", CODE, names=Ref.PUPIL),
        Column("Вид работы", "work_type", NAME, True, names=Ref.WORK_TYPE, defines=True),
        required("Отметка", "value", _VALUE),
        optional("Вес", "weight", integer(1, 100), default=1),
        optional("Комментарий", "comment", text(20_000, several_lines=True)),
        optional("Работа", "caption", text(200)),
        optional("Номер", "number", _NUMBER, default=0),
        optional("Пересдача", "retake_of", _NUMBER),
        optional("Срок", "deadline", DAY),
    ),
)
ABSENCES = SheetSpec(
    title="attendance.csv",
    build=AbsenceRow,
    key=("lesson", "personal_file"),
    repeated_at="Личное дело",
    columns=(
        _LESSON,
        _PUPIL,
        required("Код", "code", choice(_CODES)),
        optional("Минут", "minutes", integer(1, 600)),
    ),
)
EXEMPTIONS = SheetSpec(
    title="exemptions.csv",
    build=ExemptionRow,
    key=("personal_file", "subject", "kind", "starts_on"),
    repeated_at="Личное дело",
    columns=(
        _PUPIL,
        optional("Предмет", "subject", SUBJECT, names=Ref.SUBJECT),
        required("Вид", "kind", choice(_EXEMPTIONS)),
        optional("С", "starts_on", DAY),
        optional("По", "ends_before", LAST_DAY),
        optional("Приказ", "order_text", text(200)),
    ),
)
PERIOD_MARKS = SheetSpec(
    title="period_marks.csv",
    build=PeriodMarkRow,
    key=("personal_file", "subject", "year", "kind", "number"),
    repeated_at="Личное дело",
    columns=(
        _PUPIL,
        telling("Предмет", "subject", SUBJECT, names=Ref.SUBJECT),
        telling("Учебный год", "year", YEAR, names=Ref.YEAR),
        telling("Вид", "kind", choice(PERIOD_KINDS)),
        optional("Номер", "number", _PERIOD, default=0),
        required("Отметка", "value", _VALUE),
    ),
)

FILES: dict[str, SheetSpec[Any]] = {
    "lessons": LESSONS,
    "marks": MARKS,
    "absences": ABSENCES,
    "exemptions": EXEMPTIONS,
    "period_marks": PERIOD_MARKS,
}
"""Field of the package to the file that fills it."""
