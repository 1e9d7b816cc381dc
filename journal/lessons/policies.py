"""Commands on edit windows (D08): a version of the policy, an extension of past days."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change
from journal.core.clock import local_date
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.core.text import tidy
from journal.lessons.models import EditPolicy, WindowExtension
from journal.lessons.queries.policies import policy_facts
from journal.lessons.rules import Extension, Policy
from journal.lessons.rules.setting import check_extension, check_policy
from journal.lessons.rules.unlocks import kinds_text
from journal.people.models import StaffMember
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.service import record_by
from journal.people.telling import notify
from journal.school.models import Course


def set_policy(session: Session, actor: Actor, policy: Policy, *, now: datetime) -> None:
    """Put a version into force from a day on; one that lies ahead may be replaced.

    RuleViolation (valid_from or the field of days) for what is past or out of range.
    """
    today = local_date(now, actor.current.time_zone)
    rows = {row.valid_from: row for row in session.scalars(select(EditPolicy).with_for_update())}
    check_policy(policy, known=rows.keys(), today=today)
    row = rows.get(policy.valid_from)
    before = None if row is None else _plain(row)
    if row is None:
        row = EditPolicy(organisation_id=actor.organisation_id, valid_from=policy.valid_from)
        session.add(row)
    for name, value in asdict(policy).items():
        setattr(row, name, value)
    session.flush()
    _log(session, actor, "set_policy", "edit_policy", row.id, before, _plain(row), now=now)


def drop_policy(session: Session, actor: Actor, policy_id: int, *, now: datetime) -> None:
    """Take back a version that is not in force yet; NotFound, RuleViolation for one that is."""
    row = session.get(EditPolicy, policy_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound()
    if row.valid_from <= local_date(now, actor.current.time_zone):
        raise RuleViolation(
            "valid_from",
            N_("This version is in force: it stays. Set a new one from a later day."),
        )
    before = _plain(row)
    session.delete(row)
    session.flush()
    _log(session, actor, "drop_policy", "edit_policy", policy_id, before, None, now=now)


def _plain(row: EditPolicy) -> dict[str, Any]:
    return asdict(policy_facts(row))


def add_extension(
    session: Session, actor: Actor, wanted: Extension, *, reason: str, now: datetime
) -> None:
    """Open past days for longer; the teachers concerned are told.

    RuleViolation (kinds, lessons_to, last_day, reason, teacher, course) for what opens nothing.
    """
    reason = tidy(reason)
    check_extension(wanted, reason=reason, today=local_date(now, actor.current.time_zone))
    _check_named(session, wanted)
    row = WindowExtension(
        organisation_id=actor.organisation_id,
        kinds=kinds_text(wanted.kinds),
        lessons_from=wanted.lessons_from,
        lessons_before=wanted.lessons_before,
        last_day=wanted.last_day,
        grades=wanted.grades,
        course_id=wanted.course_id,
        staff_id=wanted.staff_id,
        reason=reason,
        made_at=now,
        made_by=actor.name,
    )
    session.add(row)
    session.flush()
    after = _extension_facts(row)
    _log(session, actor, "extend_windows", "window_extension", row.id, None, after, now=now)
    _tell(session, actor, wanted, reason=reason, now=now)


def _check_named(session: Session, wanted: Extension) -> None:
    """The teacher and the course must be of the bound school."""
    if wanted.staff_id is not None and session.get(StaffMember, wanted.staff_id) is None:
        raise RuleViolation("teacher", N_("There is no such teacher. Choose from the list."))
    if wanted.course_id is not None and session.get(Course, wanted.course_id) is None:
        raise RuleViolation("course", N_("There is no such course. Choose from the list."))


def end_extension(session: Session, actor: Actor, extension_id: int, *, now: datetime) -> None:
    """Take an extension back; what was entered under it stays. NotFound for another school's."""
    row = session.get(WindowExtension, extension_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound()
    if row.ended_at is None:
        row.ended_at = now
        before = _extension_facts(row)
        _log(session, actor, "end_extension", "window_extension", row.id, before, None, now=now)


def _extension_facts(row: WindowExtension) -> dict[str, Any]:
    return {
        "kinds": row.kinds,
        "lessons_from": row.lessons_from,
        "lessons_before": row.lessons_before,
        "last_day": row.last_day,
        "grades": sorted(row.grades),
        "course_id": row.course_id,
        "staff_id": row.staff_id,
        "reason": row.reason,
    }


def _tell(session: Session, actor: Actor, wanted: Extension, *, reason: str, now: datetime) -> None:
    everybody = wanted.staff_id is None
    notify(
        session,
        organisation_id=actor.organisation_id,
        kind=NoticeKind.UNLOCKS,
        to=Recipients(
            may=Permission.REQUEST_UNLOCK if everybody else None,
            staff=() if wanted.staff_id is None else (wanted.staff_id,),
            but_not=actor.current.person_id,
        ),
        message=N_(
            "Entries of lessons from %(first)s on may be made until the end of %(last)s.",
            first=wanted.lessons_from,
            last=wanted.last_day,
        ),
        detail=reason,
        link=Link("teacher.home"),
        now=now,
    )


def _log(
    session: Session,
    actor: Actor,
    action: str,
    object_type: str,
    object_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    *,
    now: datetime,
) -> None:
    record_by(
        session,
        actor,
        Change(
            action=action,
            object_type=object_type,
            object_id=object_id,
            before=before,
            after=after,
            reason=after.get("reason") if after else None,
        ),
        now,
    )


def default_valid_from(today: date) -> date:
    """A new version is offered from tomorrow on: today's lessons keep what was promised."""
    return date.fromordinal(today.toordinal() + 1)
