"""Tables of the school. Everything dated is half-open: [starts_on, ends_before), None = open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, Hundredths, NumberSet, SortKey
from journal.core.tenancy import SchoolOwned


class AcademicYear(SchoolOwned, Base):
    """учебный год, «2026-2027»."""

    __tablename__ = "academic_year"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("starts_on < ends_before", name="dates"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(9))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)


class Term(SchoolOwned, Base):
    """учебный период of the parallels in `grades`; the window is when term marks are entered."""

    __tablename__ = "term"
    __table_args__ = (
        CheckConstraint("kind in ('quarter','trimester','half_year')", name="kind"),
        CheckConstraint("starts_on < ends_before", name="dates"),
        Index("ix_term_year", "academic_year_id", "kind", "number"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column(Integer)
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)
    marks_from: Mapped[date | None] = mapped_column(Date)
    marks_before: Mapped[date | None] = mapped_column(Date)


class Holiday(SchoolOwned, Base):
    """каникулы и праздники; empty `grades` = everybody."""

    __tablename__ = "holiday"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date] = mapped_column(Date)
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)


class MovedDay(SchoolOwned, Base):
    """перенесённый день: on `day` the lessons of another weekday are held (1 Пн … 6 Сб).

    Its own weekday's lessons are not held then. Empty `grades` = everybody.
    """

    __tablename__ = "moved_day"
    __table_args__ = (
        UniqueConstraint("academic_year_id", "day", "grades"),
        CheckConstraint("follows_weekday between 1 and 6", name="follows_weekday"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    day: Mapped[date] = mapped_column(Date)
    follows_weekday: Mapped[int] = mapped_column(Integer)
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)


class Subject(SchoolOwned, Base):
    """предмет; `scale` says how it is marked."""

    __tablename__ = "subject"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        CheckConstraint("scale in ('five_point','pass_fail','none')", name="scale"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    area: Mapped[str | None] = mapped_column(String(200))
    scale: Mapped[str] = mapped_column(String(10), default="five_point")
    sort_key: Mapped[str] = mapped_column(SortKey)


class Room(SchoolOwned, Base):
    """кабинет."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    capacity: Mapped[int | None] = mapped_column(Integer)
    purpose: Mapped[str | None] = mapped_column(String(200))


class ClassGroup(SchoolOwned, Base):
    """класс of one academic year: 5А; grade = параллель, letter = литера."""

    __tablename__ = "class_group"
    __table_args__ = (UniqueConstraint("academic_year_id", "name"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    name: Mapped[str] = mapped_column(String(20))
    grade: Mapped[int] = mapped_column(Integer)
    letter: Mapped[str | None] = mapped_column(String(10))
    study_form: Mapped[str] = mapped_column(String(20), default="full_time")
    shift: Mapped[int] = mapped_column(Integer, default=1)
    days_per_week: Mapped[int] = mapped_column(Integer, default=5)
    class_teacher_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))


class ClassMembership(SchoolOwned, Base):
    """A pupil's stay in a class: the spans follow from enrolment and movements."""

    __tablename__ = "class_membership"
    __table_args__ = (
        Index("ix_class_membership_class", "class_group_id", "pupil_id"),
        CheckConstraint("ends_before is null or starts_on < ends_before", name="dates"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    class_group_id: Mapped[int] = mapped_column(ForeignKey("class_group.id"))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date | None] = mapped_column(Date)


class Movement(SchoolOwned, Base):
    """движение: an order. `happens_on` is the first day in the new state."""

    __tablename__ = "movement"
    __table_args__ = (
        CheckConstraint("kind in ('transfer','leaving','return')", name="kind"),
        UniqueConstraint("pupil_id", "happens_on", "kind"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    happens_on: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(10))
    class_group_id: Mapped[int | None] = mapped_column(ForeignKey("class_group.id"))
    order_number: Mapped[str | None] = mapped_column(String(100))
    order_date: Mapped[date | None] = mapped_column(Date)
    destination: Mapped[str | None] = mapped_column(String(300))


class StudyGroup(SchoolOwned, Base):
    """группа: everybody of its classes (`name` empty) or a named subgroup of a subject.

    `classes_key` is the canonical list of its classes («10А,10Б»), part of the natural key.
    """

    __tablename__ = "study_group"
    __table_args__ = (
        UniqueConstraint("academic_year_id", "classes_key", "subject_id", "name"),
        CheckConstraint("(name = '') = (subject_id is null)", name="whole"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    classes_key: Mapped[str] = mapped_column(String(200))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"))
    name: Mapped[str] = mapped_column(String(100), default="")
    grade: Mapped[int] = mapped_column(Integer)


class StudyGroupClass(SchoolOwned, Base):
    """Which classes a group draws its pupils from."""

    __tablename__ = "study_group_class"

    study_group_id: Mapped[int] = mapped_column(ForeignKey("study_group.id"), primary_key=True)
    class_group_id: Mapped[int] = mapped_column(
        ForeignKey("class_group.id"), primary_key=True, index=True
    )


class GroupMembership(SchoolOwned, Base):
    """A pupil's place in a named subgroup. Whole-class groups have no rows: the class is it.

    On a roster is who is in the class **and** in the subgroup on the date.
    """

    __tablename__ = "group_membership"
    __table_args__ = (Index("ix_group_membership_group", "study_group_id", "pupil_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    study_group_id: Mapped[int] = mapped_column(ForeignKey("study_group.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), index=True)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date | None] = mapped_column(Date)


class Course(SchoolOwned, Base):
    """предмет в группе: one journal page. Its teachers are dated (`CourseTeacher`)."""

    __tablename__ = "course"
    __table_args__ = (UniqueConstraint("study_group_id", "subject_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"), index=True)
    study_group_id: Mapped[int] = mapped_column(ForeignKey("study_group.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)


class CourseTeacher(SchoolOwned, Base):
    """нагрузка: who teaches the course in a span of dates, and how many hours a week."""

    __tablename__ = "course_teacher"
    __table_args__ = (Index("ix_course_teacher_staff", "staff_id", "course_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    weekly_hours: Mapped[Decimal] = mapped_column(Hundredths)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_before: Mapped[date | None] = mapped_column(Date)


class PlannerClass(SchoolOwned, Base):
    """A class whose timetable this member of staff plans (003:97). Nobody's rows: he plans all."""

    __tablename__ = "planner_class"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), primary_key=True)
    class_group_id: Mapped[int] = mapped_column(
        ForeignKey("class_group.id"), primary_key=True, index=True
    )
