"""«Организация», «Учебный год», «Периоды», «Каникулы», «Звонки»."""

from __future__ import annotations

from datetime import date

from journal.transfer.celltypes import (
    DAY,
    EMAIL,
    GRADES,
    LAST_DAY,
    TIME,
    TIME_ZONE,
    YEAR,
    choice,
    integer,
    text,
)
from journal.transfer.references import Ref
from journal.transfer.school.rows import BellRow, HolidayRow, TermRow, YearRow
from journal.transfer.specification import SheetSpec, defining, optional, required, telling

TERM_KINDS = {"четверть": "quarter", "триместр": "trimester", "полугодие": "half_year"}
LESSON_NUMBER = integer(0, 20)
SHIFT = integer(1, 3)
_LINE = text(200)
_LONG_LINE = text(500)

ORGANISATION = "Организация"
ORGANISATION_COLUMNS = ("Поле", "Значение")
ORGANISATION_FIELDS = (
    required("Код ОО", "code", text(40), "230001"),
    required("Полное наименование", "full_name", _LONG_LINE, "МБОУ «Школа № 1»"),
    required("Краткое наименование", "short_name", _LINE, "Школа № 1"),
    optional("Тип", "type_name", _LINE, "общеобразовательная организация"),
    optional("Муниципалитет", "municipality", _LINE),
    optional("Адрес", "address", _LONG_LINE),
    optional("Телефон", "phone", text(60)),
    optional("E-mail", "email", EMAIL),
    optional("Официальный сайт", "website", _LINE),
    optional("Часовой пояс", "time_zone", TIME_ZONE, "Europe/Moscow", default="Europe/Moscow"),
    optional("Директор", "director_name", _LINE),
)
YEARS = SheetSpec(
    title="Учебный год",
    build=YearRow,
    key=("name",),
    repeated_at="Учебный год",
    columns=(
        defining("Учебный год", "name", YEAR, "2026-2027", names=Ref.YEAR),
        telling("Начало", "starts_on", DAY, date(2026, 9, 1)),
        telling("Окончание", "ends_before", LAST_DAY, date(2027, 5, 31)),
    ),
)
TERMS = SheetSpec(
    title="Периоды",
    build=TermRow,
    key=("year", "kind", "number", "grades"),
    repeated_at="Номер",
    columns=(
        telling("Учебный год", "year", YEAR, "2026-2027", names=Ref.YEAR),
        telling("Вид", "kind", choice(TERM_KINDS), "четверть"),
        telling("Номер", "number", integer(1, 4), 1),
        telling("Параллели", "grades", GRADES, "2-9"),
        telling("Начало", "starts_on", DAY, date(2026, 9, 1)),
        telling("Окончание", "ends_before", LAST_DAY, date(2026, 10, 23)),
        optional("Отметки с", "marks_from", DAY, date(2026, 10, 17)),
        optional("Отметки по", "marks_before", LAST_DAY, date(2026, 10, 27)),
    ),
)
HOLIDAYS = SheetSpec(
    title="Каникулы",
    build=HolidayRow,
    key=("name", "starts_on", "grades"),
    repeated_at="Название",
    columns=(
        telling("Название", "name", text(200, width=34), "Осенние каникулы"),
        telling("Начало", "starts_on", DAY, date(2026, 10, 24)),
        telling("Окончание", "ends_before", LAST_DAY, date(2026, 11, 1)),
        optional("Параллели", "grades", GRADES, default=()),
    ),
)
BELLS = SheetSpec(
    title="Звонки",
    build=BellRow,
    key=("bell_set", "shift", "lesson_number"),
    repeated_at="№ урока",
    columns=(
        defining("Набор", "bell_set", text(60), "Основной", names=Ref.BELLS),
        optional("Смена", "shift", SHIFT, 1, default=1),
        telling("№ урока", "lesson_number", LESSON_NUMBER, 1),
        required("Начало", "starts_at", TIME, "08:30"),
        required("Окончание", "ends_at", TIME, "09:10"),
    ),
)
