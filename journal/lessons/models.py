"""Tables of lessons, plans, homework, edit policy and unlocks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from journal.core.db import Base, NumberSet, UtcDateTime
from journal.core.tenancy import SchoolOwned
from journal.school.retention.models import keep_rows


class Lesson(SchoolOwned, Base):
    """урок: one dated lesson of a course.

    «Held» is derived: a lesson not cancelled is held once `ends_at` has passed; no job flips it.
    `staff_id` is who holds it; `replaced_staff_id` the planned teacher of a substitution.
    `external_key` is the «Урок» of an imported history, its natural key there. In `ix_lesson_day`
    the date stands first: led by the organisation SQLite would prefer it to the course's lessons.
    """

    __tablename__ = "lesson"
    __table_args__ = (
        CheckConstraint("status in ('scheduled','cancelled')", name="status"),
        CheckConstraint("mode in ('on_site','distance')", name="mode"),
        CheckConstraint("starts_at < ends_at", name="times"),
        UniqueConstraint("course_id", "held_on", "lesson_number"),
        UniqueConstraint("organisation_id", "external_key"),
        Index("ix_lesson_day", "held_on", "organisation_id"),
        Index("ix_lesson_staff_day", "staff_id", "held_on"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    held_on: Mapped[date] = mapped_column(Date)
    lesson_number: Mapped[int] = mapped_column(Integer)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"))
    replaced_staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    status: Mapped[str] = mapped_column(String(10), default="scheduled")
    mode: Mapped[str] = mapped_column(String(10), default="on_site")
    kind: Mapped[str] = mapped_column(String(40), default="lesson")
    topic: Mapped[str | None] = mapped_column(String(1000))
    plan_topic_id: Mapped[int | None] = mapped_column(ForeignKey("plan_topic.id"), index=True)
    attendance_taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attendance_taken_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    external_key: Mapped[str | None] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer, default=1)


# Partial: nearly every lesson is held by its planned teacher, and an index of empty values would
# look as unselective to SQLite as that of the organisation.
Index(
    "ix_lesson_replaced_day",
    Lesson.replaced_staff_id,
    Lesson.held_on,
    sqlite_where=Lesson.replaced_staff_id.is_not(None),
    postgresql_where=Lesson.replaced_staff_id.is_not(None),
)


keep_rows(Lesson)


class Homework(SchoolOwned, Base):
    """домашнее задание of a lesson's course. `nothing_set` is an explicit «не задано» (003:117).

    `due_on` is the day of the course's next lesson, unless it was chosen (`due_chosen`).
    """

    __tablename__ = "homework"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    nothing_set: Mapped[bool] = mapped_column(Boolean, default=False)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    due_chosen: Mapped[bool] = mapped_column(Boolean, default=False)
    minutes: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IndividualHomework(SchoolOwned, Base):
    """A task set in a lesson to single pupils: they and their families alone see it."""

    __tablename__ = "individual_homework"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


class IndividualHomeworkPupil(SchoolOwned, Base):
    """Whom a task of single pupils is for."""

    __tablename__ = "individual_homework_pupil"

    homework_id: Mapped[int] = mapped_column(ForeignKey("individual_homework.id"), primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"), primary_key=True, index=True)


class HomeworkFile(SchoolOwned, Base):
    """A file of the homework of a course, or of a task of single pupils."""

    __tablename__ = "homework_file"
    __table_args__ = (
        CheckConstraint("(homework_id is null) <> (individual_id is null)", name="holder"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    homework_id: Mapped[int | None] = mapped_column(ForeignKey("homework.id"), index=True)
    individual_id: Mapped[int | None] = mapped_column(
        ForeignKey("individual_homework.id"), index=True
    )
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class HomeworkTemplate(SchoolOwned, Base):
    """A homework that a teacher keeps for another time."""

    __tablename__ = "homework_template"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LessonPlan(SchoolOwned, Base):
    """КТП: a list of topics, kept by one course or shared by all groups of a class.

    `changed_by` names who saved it last, for the word about a conflict of versions.
    """

    __tablename__ = "lesson_plan"
    __table_args__ = (
        UniqueConstraint("academic_year_id", "classes_key", "subgroup", "subject_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    classes_key: Mapped[str] = mapped_column(String(200))
    subgroup: Mapped[str] = mapped_column(String(100), default="")
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    version: Mapped[int] = mapped_column(Integer, default=1)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_by: Mapped[str | None] = mapped_column(String(200))


class PlanCourse(SchoolOwned, Base):
    """The plan a course follows."""

    __tablename__ = "plan_course"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    lesson_plan_id: Mapped[int] = mapped_column(ForeignKey("lesson_plan.id"), index=True)


class PlanTopic(SchoolOwned, Base):
    """тема of a plan, in order of `position`."""

    __tablename__ = "plan_topic"
    __table_args__ = (UniqueConstraint("lesson_plan_id", "position"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_plan_id: Mapped[int] = mapped_column(ForeignKey("lesson_plan.id"))
    position: Mapped[int] = mapped_column(Integer)
    section: Mapped[str | None] = mapped_column(String(300))
    title: Mapped[str] = mapped_column(String(1000))
    hours: Mapped[int] = mapped_column(Integer, default=1)
    homework: Mapped[str | None] = mapped_column(String(1000))
    work_type_name: Mapped[str | None] = mapped_column(String(100))


class PlanPin(SchoolOwned, Base):
    """A topic tied to a day in one course: its first hour is the first lesson from that day on."""

    __tablename__ = "plan_pin"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    plan_topic_id: Mapped[int] = mapped_column(
        ForeignKey("plan_topic.id"), primary_key=True, index=True
    )
    from_day: Mapped[date] = mapped_column(Date)


class EditPolicy(SchoolOwned, Base):
    """The school's local act on edit windows (D08), valid from a date; days after the lesson.

    A lesson keeps the version of its own day. `working` counts school days only.
    `mark_with_absence` says whether a pupil absent from a lesson may have a mark in it.
    """

    __tablename__ = "edit_policy"
    __table_args__ = (UniqueConstraint("organisation_id", "valid_from"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date)
    marks_days: Mapped[int] = mapped_column(Integer, default=2)
    attendance_days: Mapped[int] = mapped_column(Integer, default=2)
    topic_days: Mapped[int] = mapped_column(Integer, default=2)
    homework_days: Mapped[int] = mapped_column(Integer, default=0)
    class_attendance_days: Mapped[int] = mapped_column(Integer, default=2)
    working: Mapped[bool] = mapped_column(Boolean, default=False)
    mark_with_absence: Mapped[bool] = mapped_column(Boolean, default=True)


class WindowExtension(SchoolOwned, Base):
    """исключение: entries of lessons in [from, before) may be made to the end of `last_day`.

    Empty `grades`, no course, no staff mean «all». Never deleted: taken back, it stays to be read.
    """

    __tablename__ = "window_extension"
    __table_args__ = (CheckConstraint("lessons_from < lessons_before", name="dates"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kinds: Mapped[str] = mapped_column(String(60))
    lessons_from: Mapped[date] = mapped_column(Date)
    lessons_before: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str] = mapped_column(String(200))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Unlock(SchoolOwned, Base):
    """разблокировка: a request, then a grant for a limited time, or a refusal.

    `kinds` is a comma-separated subset of marks, attendance, topic, homework. `lessons` names
    single lessons (rules/unlocks.lessons_text), empty it means all of those days. A grant narrower
    than the request keeps what was `asked_`. `ended_at` is when a request was withdrawn or a grant
    revoked; `expires_at` then too.
    """

    __tablename__ = "unlock"
    __table_args__ = (
        CheckConstraint(
            "status in ('pending','granted','refused','withdrawn','revoked')", name="status"
        ),
        Index("ix_unlock_course", "course_id", "status"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    lessons_from: Mapped[date] = mapped_column(Date)
    lessons_before: Mapped[date] = mapped_column(Date)
    lessons: Mapped[str] = mapped_column(Text, default="", server_default="")
    kinds: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(10), default="pending", index=True)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision_note: Mapped[str | None] = mapped_column(Text)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    asked_kinds: Mapped[str | None] = mapped_column(String(60))
    asked_from: Mapped[date | None] = mapped_column(Date)
    asked_before: Mapped[date | None] = mapped_column(Date)
    asked_lessons: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
