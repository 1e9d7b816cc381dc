"""Writing a term, year, exam or final mark. Who may and when is decided above (office)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import RuleViolation, StaleVersion
from journal.core.messages import N_
from journal.grading.models import TermMark
from journal.grading.rules import check_mark_value
from journal.grading.rules.proposals import Proposal, differs, is_marked
from journal.people.service import origin_of

REASON_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMarkPlace:
    """Whose result, in what, for what; `course_id` is where it is entered."""

    organisation_id: int
    course_id: int
    pupil_id: int
    subject_id: int
    academic_year_id: int
    kind: str
    number: int
    scale: str
    grade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMarkDraft:
    """A decision as it is typed; an empty value takes the mark back. `base` is the version seen,
    0 for none."""

    value: str
    reason: str = ""
    base: int = 0


def put_term_mark(
    session: Session,
    actor: Actor,
    place: TermMarkPlace,
    draft: TermMarkDraft,
    *,
    proposal: Proposal | None,
    now: datetime,
) -> bool:
    """Write a decision; whether anything changed.

    Raises RuleViolation (value, reason) for a value outside the scale and for a decision that
    differs from the proposal without a reason, StaleVersion when somebody saved in between.
    """
    mark = session.scalar(_mark(place).with_for_update())
    if mark is None and not draft.value:
        return False
    if mark is not None and (mark.value, mark.reason or "") == (draft.value, draft.reason):
        return False
    _require_version(mark, draft.base)
    if mark is not None and not draft.value:
        _clear(session, actor, place, mark, now)
        return True
    check_decision(place, draft, proposal)
    before = _facts(mark)
    mark = mark or _new(session, place)
    _write(mark, draft, proposal, actor, now)
    _flush(session)
    _log(session, actor, place, mark.id, before, _facts(mark), now)
    return True


def check_decision(place: TermMarkPlace, draft: TermMarkDraft, proposal: Proposal | None) -> None:
    """Refuse a value that is none of the scale, and a difference without a reason."""
    if not is_marked(place.scale, place.grade):
        raise RuleViolation("value", N_("Here no marks are given."))
    check_mark_value(draft.value, place.scale)
    if draft.value == "•":
        raise RuleViolation("value", N_("• awaits an answer and is no term mark."))
    if len(draft.reason) > REASON_MAX:
        raise RuleViolation(
            "reason", N_("Shorten the reason to %(max)s characters.", max=REASON_MAX)
        )
    if proposal is None or draft.reason or not differs(proposal, draft.value):
        return
    if proposal.value is None:
        raise RuleViolation("reason", N_("The rules propose no mark: give your reason."))
    raise RuleViolation(
        "reason",
        N_("The rules propose «%(value)s»: give the reason for another.", value=proposal.value),
    )


def _mark(place: TermMarkPlace) -> Any:
    return (
        select(TermMark)
        .where(
            TermMark.pupil_id == place.pupil_id,
            TermMark.subject_id == place.subject_id,
            TermMark.academic_year_id == place.academic_year_id,
            TermMark.kind == place.kind,
            TermMark.number == place.number,
        )
        .execution_options(populate_existing=True)
    )


def _require_version(mark: TermMark | None, base: int) -> None:
    if (mark.version if mark else 0) != base:
        raise _stale(mark.value if mark else None)


def _stale(value: str | None) -> StaleVersion:
    if value is None:
        return StaleVersion(N_("Meanwhile somebody took this mark back."), theirs=None)
    return StaleVersion(N_("Meanwhile somebody saved «%(value)s».", value=value), theirs=value)


def _new(session: Session, place: TermMarkPlace) -> TermMark:
    mark = TermMark(
        organisation_id=place.organisation_id,
        pupil_id=place.pupil_id,
        subject_id=place.subject_id,
        academic_year_id=place.academic_year_id,
        kind=place.kind,
        number=place.number,
        version=0,
    )
    session.add(mark)
    return mark


def _write(
    mark: TermMark, draft: TermMarkDraft, proposal: Proposal | None, actor: Actor, now: datetime
) -> None:
    mark.value = draft.value
    mark.reason = draft.reason or None
    mark.proposed = proposal.value if proposal else None
    mark.mark_rules_id = proposal.rules.id if proposal else None
    mark.entered_by = actor.account_id
    mark.entered_at = now
    mark.version += 1


def _flush(session: Session) -> None:
    """Two first marks of one pupil at once: the later one learns of the earlier."""
    try:
        session.flush()
    except IntegrityError as doubled:
        raise StaleVersion(
            N_("Meanwhile somebody entered this mark. Open the page again."), theirs=None
        ) from doubled


def _clear(
    session: Session, actor: Actor, place: TermMarkPlace, mark: TermMark, now: datetime
) -> None:
    before, mark_id = _facts(mark), mark.id
    session.delete(mark)
    session.flush()
    _log(session, actor, place, mark_id, before, None, now)


def _facts(mark: TermMark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    return {
        "value": mark.value,
        "proposed": mark.proposed,
        "reason": mark.reason,
        "kind": mark.kind,
        "number": mark.number,
    }


def _log(
    session: Session,
    actor: Actor,
    place: TermMarkPlace,
    mark_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    change = Change(
        action="clear_term_mark" if after is None else "put_term_mark",
        object_type="term_mark",
        object_id=mark_id,
        within_id=place.course_id,
        about_id=place.pupil_id,
        before=before,
        after=after,
        reason=after["reason"] if after else None,
    )
    where = place.organisation_id
    record(session, organisation_id=where, origin=origin_of(actor), change=change, now=now)
