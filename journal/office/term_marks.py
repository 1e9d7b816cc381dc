"""A teacher decides on the results of his pupils: one page at a time, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import Forbidden, JournalError, RuleViolation, WindowClosed
from journal.core.messages import N_, Message
from journal.core.text import tidy
from journal.grading.service.term_marks import TermMarkDraft, TermMarkPlace, put_term_mark
from journal.results.queries.course import CourseResults, course_results
from journal.results.rules.course import Cell, PupilRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is typed for one pupil."""

    pupil_id: int
    value: str
    reason: str
    base: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A decision that was not accepted, and why; the others are kept."""

    decision: Decision
    field: str
    why: Message


@dataclass(frozen=True, slots=True)
class Entered:
    """How many results changed, and what was refused."""

    changed: int
    refused: tuple[Refused, ...]


def enter_term_marks(
    session: Session,
    actor: Actor,
    *,
    course_id: int,
    at: str,
    decisions: Sequence[Decision],
    now: datetime,
) -> Entered:
    """Write the decisions of one page, each in a savepoint of its own.

    NotFound for a course or place that is not there; Forbidden for who does not teach it;
    WindowClosed outside of the days of entering.
    """
    page = course_results(session, actor, course_id=course_id, at=at, now=now)
    if not page.mine:
        raise Forbidden(N_("Term marks are entered by the teacher of the course."))
    if page.window.why is not None:
        raise WindowClosed("value", page.window.why)
    rows = {row.pupil_id: row for row in page.rows}
    changed, refused = 0, []
    for decision in decisions:
        try:
            with session.begin_nested():
                changed += _enter(session, actor, page, rows.get(decision.pupil_id), decision, now)
        except JournalError as refusal:
            field = refusal.field if isinstance(refusal, RuleViolation) else "value"
            refused.append(Refused(decision, field, refusal.message))
    return Entered(changed, tuple(refused))


def _enter(
    session: Session,
    actor: Actor,
    page: CourseResults,
    row: PupilRow | None,
    decision: Decision,
    now: datetime,
) -> bool:
    if row is None or not page.cell(row).expected:
        raise RuleViolation(
            "value",
            N_(
                "On %(day)s this pupil is not on the roster of the course: his mark is entered "
                "where he is.",
                day=page.chosen.last_day,
            ),
        )
    cell, reason = page.cell(row), tidy(decision.reason)
    if (decision.value, reason) == _saved(cell):
        return False  # most fields of a page are as they were
    draft = TermMarkDraft(value=decision.value, reason=reason, base=decision.base)
    place = _place(page, row.pupil_id)
    return put_term_mark(session, actor, place, draft, proposal=cell.proposal, now=now)


def _saved(cell: Cell) -> tuple[str, str]:
    return (cell.given.value, cell.given.reason or "") if cell.given else ("", "")


def _place(page: CourseResults, pupil_id: int) -> TermMarkPlace:
    head = page.head
    return TermMarkPlace(
        organisation_id=head.organisation_id,
        course_id=head.course_id,
        pupil_id=pupil_id,
        subject_id=head.subject_id,
        academic_year_id=head.year_id,
        kind=page.chosen.kind,
        number=page.chosen.number,
        scale=head.scale,
        grade=head.grade,
    )
