"""Commands on unlocks (разблокировка): to ask for one, to decide one."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.core.text import tidy
from journal.lessons.models import Unlock
from journal.lessons.queries.unlocks import (
    UnlockRow,
    unlock_row,
    unlock_title,
)
from journal.lessons.rules.unlocks import (
    UnlockState,
    Wanted,
    check_decision,
    check_narrower,
    days_and_numbers,
    kinds_text,
    lessons_text,
    state_of,
)
from journal.lessons.unlock_asking import check_request, own_course
from journal.lessons.unlock_notices import (
    answer,
    forget_request,
    revoked,
    tell_approvers,
    tell_teacher,
)
from journal.people.service import origin_of
from journal.school.titles import course_title


def request_unlock(
    session: Session, actor: Actor, *, course_id: int, wanted: Wanted, reason: str, now: datetime
) -> int:
    """Ask to open entries of one's own lessons; returns the number of the request.

    NotFound or Forbidden for a course of others; RuleViolation (kinds, lessons_from, lessons_to,
    lessons, reason) for a request that is incomplete, asked already, or for a closed term.
    """
    reason = tidy(reason)
    head = own_course(session, actor, course_id, now=now)
    unlock = Unlock(
        organisation_id=head.organisation_id,
        staff_id=check_request(session, actor, head, wanted, reason=reason, now=now),
        course_id=course_id,
        lessons_from=wanted.lessons_from,
        lessons_before=wanted.lessons_before,
        lessons=lessons_text(wanted.lessons),
        kinds=kinds_text(wanted.kinds),
        reason=reason,
        requested_at=now,
    )
    session.add(unlock)
    session.flush()
    _note(session, actor, unlock, action="request_unlock", now=now)
    title = course_title(head.classes_key, head.subject, head.subgroup)
    tell_approvers(session, actor, unlock, title=title, now=now)
    return unlock.id


def decide_unlock(
    session: Session,
    actor: Actor,
    *,
    unlock_id: int,
    granted: bool,
    hours: int,
    note: str,
    now: datetime,
    opened: Wanted | None = None,
) -> None:
    """Open the entries for `hours` from now, all of them or what of them is `opened`, or refuse.

    NotFound, Forbidden (also for one's own request); RuleViolation (hours, note, decision, kinds,
    lessons_from, lessons_to, lessons) for an incomplete decision and for a request decided before.
    """
    note = tidy(note)
    check_decision(granted=granted, hours=hours, note=note)
    row, unlock = _pending(session, actor, unlock_id, now=now)
    if granted and opened is not None and opened != row.wanted:
        _narrow(unlock, opened, row.wanted)
    unlock.status = "granted" if granted else "refused"
    unlock.decided_by = actor.current.staff_id
    unlock.decided_at = now
    unlock.decision_note = note or None
    unlock.expires_at = now + timedelta(hours=hours) if granted else None
    session.flush()
    _note(session, actor, unlock, action=f"{'grant' if granted else 'refuse'}_unlock", now=now)
    said = answer(unlock, title=row.title, who=actor.name)
    tell_teacher(session, unlock, message=said, now=now)


def _narrow(unlock: Unlock, opened: Wanted, asked: Wanted) -> None:
    check_narrower(opened, asked)
    unlock.asked_kinds, unlock.kinds = unlock.kinds, kinds_text(opened.kinds)
    unlock.asked_from, unlock.lessons_from = unlock.lessons_from, opened.lessons_from
    unlock.asked_before, unlock.lessons_before = unlock.lessons_before, opened.lessons_before
    unlock.asked_lessons, unlock.lessons = unlock.lessons, lessons_text(opened.lessons)


def withdraw_unlock(session: Session, actor: Actor, unlock_id: int, *, now: datetime) -> None:
    """Take one's own request back before it is decided; NotFound for another's, RuleViolation
    (decision) once it is."""
    unlock = session.get(Unlock, unlock_id, with_for_update=True, populate_existing=True)
    if (
        unlock is None
        or unlock.staff_id != actor.current.staff_id
        or unlock.organisation_id != actor.organisation_id
    ):
        raise NotFound()
    if unlock.status != UnlockState.PENDING.value:
        raise RuleViolation("decision", DECIDED)
    unlock.status, unlock.ended_at = UnlockState.WITHDRAWN.value, now
    session.flush()
    _note(session, actor, unlock, action="withdraw_unlock", now=now)
    forget_request(session, unlock)


def revoke_unlock(
    session: Session, actor: Actor, unlock_id: int, *, note: str, now: datetime
) -> None:
    """End a running grant early; what was entered under it stays, the teacher is told.

    NotFound for another school's, RuleViolation (note, decision) without words and when it is over.
    """
    note = tidy(note)
    check_decision(granted=False, hours=0, note=note)
    unlock = session.get(Unlock, unlock_id, with_for_update=True, populate_existing=True)
    if unlock is None or unlock.organisation_id != actor.organisation_id:
        raise NotFound()
    if state_of(unlock.status, unlock.expires_at, now) is not UnlockState.OPEN:
        raise RuleViolation("decision", N_("This unlock is not running any more."))
    unlock.status = UnlockState.REVOKED.value
    unlock.ended_at = unlock.expires_at = now
    unlock.decision_note = note
    session.flush()
    _note(session, actor, unlock, action="revoke_unlock", now=now)
    title = unlock_title(session, unlock_id, now=now)
    tell_teacher(session, unlock, message=revoked(unlock, title=title, who=actor.name), now=now)


DECIDED = N_("This request was decided before. Open the list again to see how.")


def _pending(
    session: Session, actor: Actor, unlock_id: int, *, now: datetime
) -> tuple[UnlockRow, Unlock]:
    row = unlock_row(session, actor, unlock_id, now=now)
    unlock = session.get(Unlock, row.unlock_id, with_for_update=True, populate_existing=True)
    if unlock is None:
        raise NotFound()
    if unlock.status != UnlockState.PENDING.value:
        raise RuleViolation("decision", DECIDED)
    return row, unlock


def _note(session: Session, actor: Actor, unlock: Unlock, *, action: str, now: datetime) -> None:
    asked = action == "request_unlock"
    record(
        session,
        organisation_id=unlock.organisation_id,
        origin=origin_of(actor),
        change=Change(
            action=action,
            object_type="unlock",
            object_id=unlock.id,
            within_id=unlock.course_id,
            before=None if asked else _before(unlock, action),
            after=_after(unlock),
            reason=unlock.reason if asked else unlock.decision_note,
            grant_id=unlock.id if unlock.status == "granted" else None,
        ),
        now=now,
    )


def _after(unlock: Unlock) -> dict[str, object]:
    facts: dict[str, object] = {
        "status": unlock.status,
        "kinds": unlock.kinds,
        "lessons_from": unlock.lessons_from,
        "lessons_before": unlock.lessons_before,
        "expires_at": unlock.expires_at,
    }
    named = {"lessons": days_and_numbers(unlock.lessons)} if unlock.lessons else {}
    return facts | named


def _before(unlock: Unlock, action: str) -> dict[str, object]:
    """What a decision or an end changed: the state, and what was asked where less was opened."""
    facts: dict[str, object] = {"status": "granted" if action == "revoke_unlock" else "pending"}
    if unlock.asked_kinds is not None and action == "grant_unlock":
        facts |= {"kinds": unlock.asked_kinds, "lessons_from": unlock.asked_from}
        facts |= {"lessons_before": unlock.asked_before}
        if unlock.asked_lessons:
            facts["lessons"] = days_and_numbers(unlock.asked_lessons)
    return facts
