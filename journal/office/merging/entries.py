"""Entries in journals of two cards of one pupil: they are never joined; what can be done instead.

In a year that belongs to the archive nobody takes an entry back, and the database refuses it
(ADR 0059): there the sentence names the year instead of sending anybody into its journals.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence
from journal.core.messages import N_, Message
from journal.grading.models import Mark, TermMark, Work
from journal.lessons.models import Lesson
from journal.office.merging.references import Reference
from journal.office.merging.words import TABLES
from journal.school.calendar import years
from journal.school.models import Course
from journal.school.retention.rules import counted_from

ENTRIES = ("mark", "absence", "term_mark")


def entries_in_the_way(
    session: Session, one: Reference, ids: tuple[int, int], count: int, today: date
) -> Message:
    """Why the entries of the card that goes cannot move. `ids`: of the pupil that stays, of the one
    that goes."""
    facts: dict[str, object] = {"what": TABLES[one.table], "count": count}
    if not _has_entries(session, ids[0]):
        return N_(
            "The card that goes has entries in journals (%(what)s: %(count)s). Keep that card and "
            "let the other one go.",
            **facts,
        )
    kept, gone = (archived_years(session, id_, today) for id_ in ids)
    if kept and gone:
        return N_(
            "Both cards have entries of years in the archive (%(years)s), and nobody takes those "
            "back. The two cards stay apart until the journals of these years are deleted.",
            years=", ".join(sorted({*kept, *gone})),
        )
    if gone:
        return N_(
            "The card that goes has entries of years in the archive (%(years)s), and nobody takes "
            "those back. Keep that card; take the entries of the other one back in the journals "
            "first.",
            years=", ".join(gone),
        )
    return _torn(facts, kept)


def _has_entries(session: Session, pupil_id: int) -> bool:
    return any(
        session.scalar(select(model.id).where(model.pupil_id == pupil_id).limit(1))
        for model in (Mark, Absence, TermMark)
    )


def _torn(facts: dict[str, object], kept: list[str]) -> Message:
    if kept:
        return N_(
            "Both cards have entries in journals (%(what)s: %(count)s on the one that goes): their "
            "history would be torn. Take the entries of the card that goes back in the journals "
            "first.",
            **facts,
        )
    return N_(
        "Both cards have entries in journals (%(what)s: %(count)s on the one that goes): their "
        "history would be torn. Take the entries of one of them back in the journals first.",
        **facts,
    )


def archived_years(session: Session, pupil_id: int, today: date) -> list[str]:
    """The names of the years of the archive in which the pupil has entries. Two queries at most."""
    past = {one.id: one.name for one in years(session) if counted_from(one.last_day) <= today}
    if not past:
        return []
    of_lessons = or_(
        Lesson.id.in_(select(Absence.lesson_id).where(Absence.pupil_id == pupil_id)),
        Lesson.id.in_(
            select(Work.lesson_id)
            .join(Mark, Mark.work_id == Work.id)
            .where(Mark.pupil_id == pupil_id)
        ),
    )
    courses = select(Course.academic_year_id).join(Lesson).where(of_lessons)
    terms = select(TermMark.academic_year_id).where(TermMark.pupil_id == pupil_id)
    found = {*session.scalars(courses.union(terms))}
    return [name for year_id, name in past.items() if year_id in found]
