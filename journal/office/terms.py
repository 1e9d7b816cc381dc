"""The administrator sets and prolongs the days in which results are entered (D08, D23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.core.text import tidy
from journal.grading.models import FinalWindow
from journal.people.service import record_by
from journal.results.rules.places import AFTER_THE_TERMS
from journal.school.models import AcademicYear, Term

REASON_MIN, REASON_MAX = 5, 500
GRADES_MAX = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The first (None: from the beginning) and the last day of entering, and why they are set."""

    first: date | None
    last: date
    reason: str


def set_term_days(
    session: Session, actor: Actor, *, term_id: int, days: Days, now: datetime
) -> None:
    """Set or prolong the window of a term. A window that is over opens the term again.

    NotFound; RuleViolation (first, last, reason) for days that end in the past or before the term
    begins, or come without a reason.
    """
    _require(actor)
    term = session.get(Term, term_id, with_for_update=True, populate_existing=True)
    if term is None:
        raise NotFound()
    reason = _check(actor, days, term.starts_on, now)
    before = {"marks_from": term.marks_from, "marks_before": term.marks_before}
    term.marks_from, term.marks_before = days.first, days.last + timedelta(days=1)
    session.flush()
    after = {"marks_from": term.marks_from, "marks_before": term.marks_before}
    _log(session, actor, ("term", term.id), before, after, reason, now)


@dataclass(frozen=True, slots=True)
class FinalPlace:
    """Year, exam or final marks of some grades (empty = all)."""

    year_id: int
    kind: str
    grades: frozenset[int]


def set_final_days(
    session: Session, actor: Actor, *, place: FinalPlace, days: Days, now: datetime
) -> None:
    """Set or prolong the window of year, exam or final marks. Raises as `set_term_days`."""
    _require(actor)
    year = session.get(AcademicYear, place.year_id, with_for_update=True)
    if year is None or place.kind not in AFTER_THE_TERMS:
        raise NotFound()
    if any(not 1 <= grade <= GRADES_MAX for grade in place.grades):
        raise RuleViolation("grades", N_("Enter grades from 1 to 12, separated by commas."))
    reason = _check(actor, days, year.starts_on, now)
    window = session.scalar(_window(place))
    before = _facts(window)
    window = window or _new_window(session, year, place)
    window.marks_from = days.first or year.starts_on
    window.marks_before = days.last + timedelta(days=1)
    session.flush()
    _log(session, actor, ("final_window", window.id), before, _facts(window), reason, now)


def _window(place: FinalPlace) -> Any:
    return select(FinalWindow).where(
        FinalWindow.academic_year_id == place.year_id,
        FinalWindow.kind == place.kind,
        FinalWindow.grades == place.grades,
    )


def _new_window(session: Session, year: AcademicYear, place: FinalPlace) -> FinalWindow:
    window = FinalWindow(
        organisation_id=year.organisation_id,
        academic_year_id=year.id,
        kind=place.kind,
        grades=place.grades,
    )
    session.add(window)
    return window


def _facts(window: FinalWindow | None) -> dict[str, object] | None:
    if window is None:
        return None
    return {
        "kind": window.kind,
        "grades": sorted(window.grades),
        "marks_from": window.marks_from,
        "marks_before": window.marks_before,
    }


def _require(actor: Actor) -> None:
    if not actor.may(Permission.SET_WINDOWS):
        raise Forbidden(N_("The days of entering marks are set by the administrator."))


def _check(actor: Actor, days: Days, begins: date, now: datetime) -> str:
    today = local_date(now, actor.current.time_zone)
    if days.last < today:
        raise RuleViolation("last", N_("The last day is over: choose today or a later day."))
    if days.last < begins or (days.first is not None and days.last < days.first):
        raise RuleViolation("last", N_("The last day is before the first. Swap them."))
    reason = tidy(days.reason)
    if len(reason) < REASON_MIN:
        raise RuleViolation("reason", N_("Say why the days are set: it is kept in the log."))
    if len(reason) > REASON_MAX:
        raise RuleViolation(
            "reason", N_("Shorten the reason to %(max)s characters.", max=REASON_MAX)
        )
    return reason


def _log(
    session: Session,
    actor: Actor,
    what: tuple[str, int],
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    reason: str,
    now: datetime,
) -> None:
    change = Change(
        action="set_result_days",
        object_type=what[0],
        object_id=what[1],
        before=before,
        after=after,
        reason=reason,
    )
    record_by(session, actor, change, now)
