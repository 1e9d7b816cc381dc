"""The rows of the school workbook, canonical: one spelling of every name, half-open dates.

`row` is the row of the sheet (0 for a row that comes from the database) and does not count in
comparisons: equal rows mean that there is nothing to change. Codes are those of the tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from journal.access.roles import Role


def _place() -> int:
    return field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """«Организация»: the one row it stands for."""

    code: str
    full_name: str
    short_name: str
    type_name: str | None = None
    municipality: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    time_zone: str = "Europe/Moscow"
    director_name: str | None = None


@dataclass(frozen=True, slots=True)
class YearRow:
    """«Учебный год»."""

    name: str
    starts_on: date
    ends_before: date
    row: int = _place()


@dataclass(frozen=True, slots=True)
class TermRow:
    """«Периоды»: kind is quarter, trimester or half_year."""

    year: str
    kind: str
    number: int
    grades: tuple[int, ...]
    starts_on: date
    ends_before: date
    marks_from: date | None
    marks_before: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """«Каникулы»: no `grades` = everybody."""

    name: str
    starts_on: date
    ends_before: date
    grades: tuple[int, ...]
    row: int = _place()


@dataclass(frozen=True, slots=True)
class BellRow:
    """«Звонки»: one lesson of a set and shift."""

    bell_set: str
    shift: int
    lesson_number: int
    starts_at: time
    ends_at: time
    row: int = _place()


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """«Предметы»: scale is five_point, pass_fail or none."""

    name: str
    short_name: str
    area: str | None
    scale: str
    row: int = _place()


@dataclass(frozen=True, slots=True)
class RoomRow:
    """«Кабинеты»."""

    name: str
    capacity: int | None
    purpose: str | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class ClassRow:
    """«Классы»: study_form is full_time, part_time or extramural."""

    name: str
    grade: int
    letter: str | None
    study_form: str
    shift: int
    bell_set: str | None
    class_teacher: str | None
    room: str | None
    days_per_week: int
    row: int = _place()


@dataclass(frozen=True, slots=True)
class StaffRow:
    """«Сотрудники»."""

    personnel_number: str
    surname: str
    given_name: str
    patronymic: str | None
    born_on: date | None
    position: str
    roles: tuple[Role, ...]
    email: str | None
    phone: str | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class PupilRow:
    """«Обучающиеся»: the class on the day of enrolment, or on the year's first day if earlier."""

    personal_file: str
    surname: str
    given_name: str
    patronymic: str | None
    sex: str
    born_on: date
    class_name: str
    enrolled_on: date
    enrolment_order: str | None
    email: str | None
    consent_on: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class MovementRow:
    """«Движение»: kind is transfer, leaving or return; `happens_on` the first day after it."""

    personal_file: str
    happens_on: date
    kind: str
    class_name: str | None
    order_number: str | None
    order_date: date | None
    destination: str | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """«Представители»: one guardian of one child; relation is mother, father, guardian, other."""

    personal_file: str
    surname: str
    given_name: str
    patronymic: str | None
    relation: str
    phone: str | None
    email: str | None
    declined_e_service: bool
    consent_on: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class LoadRow:
    """«Нагрузка»: subgroup "" = everybody of the classes; `ends_before` None = the whole year."""

    classes: tuple[str, ...]
    subgroup: str
    subject: str
    teacher: str
    weekly_hours: Decimal
    starts_on: date
    ends_before: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class SubgroupRow:
    """«Подгруппы»: a pupil's place in a named group of a subject."""

    classes: tuple[str, ...]
    subject: str
    subgroup: str
    personal_file: str
    starts_on: date
    ends_before: date | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class SlotRow:
    """«Расписание»: weekday 1 (Пн) … 6 (Сб); week_kind every, odd, even."""

    starts_on: date
    ends_before: date
    classes: tuple[str, ...]
    weekday: int
    week_kind: str
    lesson_number: int
    subject: str
    subgroup: str
    teacher: str
    room: str | None
    row: int = _place()


@dataclass(frozen=True, slots=True)
class TopicRow:
    """«КТП»: subgroup "" = the plan of every group of the course."""

    classes: tuple[str, ...]
    subgroup: str
    subject: str
    position: int
    section: str | None
    title: str
    hours: int
    homework: str | None
    work_type: str | None
    row: int = _place()
