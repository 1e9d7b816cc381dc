"""Tables of marks: a mark belongs to a work, a work to a lesson, a work's type to the school."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

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

from journal.core.db import Base, Hundredths, NumberSet, UtcDateTime
from journal.core.tenancy import SchoolOwned
from journal.school.retention.models import keep_rows

MARK_VALUES = ("5", "4", "3", "2", "1", "зач", "незач", "н/а", "осв", "•")
_VALUE_CHECK = "value in ({})".format(",".join(f"'{value}'" for value in MARK_VALUES))


class WorkType(SchoolOwned, Base):
    """вид работы with its default weight and, where it has one, its own days for checking.

    `assessment` says whether it counts for the load guard: контрольная, диктант, сочинение …
    """

    __tablename__ = "work_type"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    short_name: Mapped[str] = mapped_column(String(10))
    weight: Mapped[int] = mapped_column(Integer, default=1)
    checking_days: Mapped[int | None] = mapped_column(Integer)
    assessment: Mapped[bool] = mapped_column(Boolean, default=False)


class Work(SchoolOwned, Base):
    """работа: what a mark is given for, in one lesson."""

    __tablename__ = "work"
    __table_args__ = (CheckConstraint("weight between 1 and 100", name="weight"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"), index=True)
    work_type_id: Mapped[int] = mapped_column(ForeignKey("work_type.id"))
    weight: Mapped[int] = mapped_column(Integer, default=1)
    caption: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(Integer, default=1)


class Mark(SchoolOwned, Base):
    """отметка of a pupil for a work; exact text of the scale, never a float.

    `number` is the order among the pupil's marks in the lesson (1, 2, …). A retake names the mark
    it retakes. • waits for an answer until `deadline` and is never a number. By `ix_mark_news` a
    diary finds the new ones among hundreds.
    """

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("work_id", "pupil_id"),
        CheckConstraint(_VALUE_CHECK, name="value"),
        Index("ix_mark_news", "pupil_id", "entered_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("work.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    value: Mapped[str] = mapped_column(String(5))
    number: Mapped[int] = mapped_column(Integer, default=1)
    comment: Mapped[str | None] = mapped_column(Text)
    retake_of_id: Mapped[int | None] = mapped_column(ForeignKey("mark.id"), index=True)
    deadline: Mapped[date | None] = mapped_column(Date)
    entered_by: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


keep_rows(Mark)


class TermMark(SchoolOwned, Base):
    """отметка за период of a pupil in a subject. `number` is 0 for year, exam and final.

    `value` is what the teacher decided, `proposed` what the rules proposed at that moment (None:
    nothing), `reason` why they differ, `mark_rules_id` the version followed (None: the usual
    rules, or an imported mark).
    """

    __tablename__ = "term_mark"
    __table_args__ = (
        UniqueConstraint("pupil_id", "subject_id", "academic_year_id", "kind", "number"),
        CheckConstraint(
            "kind in ('quarter','trimester','half_year','year','exam','final')", name="kind"
        ),
        CheckConstraint(_VALUE_CHECK, name="value"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    kind: Mapped[str] = mapped_column(String(10))
    number: Mapped[int] = mapped_column(Integer, default=0)
    value: Mapped[str] = mapped_column(String(5))
    proposed: Mapped[str | None] = mapped_column(String(5))
    reason: Mapped[str | None] = mapped_column(Text)
    mark_rules_id: Mapped[int | None] = mapped_column(Integer)
    entered_by: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer, default=1)


keep_rows(TermMark)


class MarkRules(SchoolOwned, Base):
    """A version of the school's local act on marks (`rules.rule_sets.RuleSet`), never changed."""

    __tablename__ = "mark_rules"
    __table_args__ = (
        UniqueConstraint("organisation_id", "valid_from"),
        CheckConstraint("retake in ('replaces','averages','both')", name="retake"),
        CheckConstraint("final_half in ('up','teacher')", name="final_half"),
        CheckConstraint("five_from > four_from and four_from > three_from", name="thresholds"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date)
    title: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(Text)
    five_from: Mapped[Decimal] = mapped_column(Hundredths)
    four_from: Mapped[Decimal] = mapped_column(Hundredths)
    three_from: Mapped[Decimal] = mapped_column(Hundredths)
    minimum_marks: Mapped[int] = mapped_column(Integer)
    missed_over: Mapped[int] = mapped_column(Integer)
    retake: Mapped[str] = mapped_column(String(10))
    final_half: Mapped[str] = mapped_column(String(10))


class FinalWindow(SchoolOwned, Base):
    """When marks of the year, exams and final marks are entered: days, half-open; empty `grades` =
    all. Without a row the window of the last term counts."""

    __tablename__ = "final_window"
    __table_args__ = (
        UniqueConstraint("academic_year_id", "kind", "grades"),
        CheckConstraint("kind in ('year','exam','final')", name="kind"),
        CheckConstraint("marks_from < marks_before", name="dates"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"))
    kind: Mapped[str] = mapped_column(String(10))
    grades: Mapped[frozenset[int]] = mapped_column(NumberSet)
    marks_from: Mapped[date] = mapped_column(Date)
    marks_before: Mapped[date] = mapped_column(Date)


class CouncilDecision(SchoolOwned, Base):
    """решение педсовета on a pupil: at most one a year about each matter (admission, year)."""

    __tablename__ = "council_decision"
    __table_args__ = (
        UniqueConstraint("pupil_id", "academic_year_id", "about"),
        CheckConstraint("about in ('admission','year')", name="about"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupil.id"))
    academic_year_id: Mapped[int] = mapped_column(ForeignKey("academic_year.id"), index=True)
    about: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(20))
    decided_on: Mapped[date] = mapped_column(Date)
    number: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(500), default="")
    entered_by: Mapped[int | None] = mapped_column(Integer)
    entered_at: Mapped[datetime] = mapped_column(UtcDateTime)
