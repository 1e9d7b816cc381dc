"""What people are told of unlocks: those who decide of a request, the teacher of the answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.messages import N_, Message
from journal.lessons.models import Unlock
from journal.lessons.rules.unlocks import days_and_numbers
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.telling import notify


def lesson_days(title: str, unlock: Unlock) -> Message:
    """«5А, математика, 13.11», «…, 13.11–20.11» with the last day inclusive, or the lessons that
    the unlock names: «…, lessons: 13.11 № 3, 16.11 № 2»."""
    if unlock.lessons:
        named = days_and_numbers(unlock.lessons)
        return N_("%(title)s, lessons: %(lessons)s", title=title, lessons=named)
    first, last = unlock.lessons_from, unlock.lessons_before - timedelta(days=1)
    if first == last:
        return N_("%(title)s, %(day)s", title=title, day=first)
    return N_("%(title)s, %(first)s–%(last)s", title=title, first=first, last=last)


def tell_approvers(
    session: Session, actor: Actor, unlock: Unlock, *, title: str, now: datetime
) -> None:
    """Everybody who may decide, but not the one who asks."""
    notify(
        session,
        organisation_id=unlock.organisation_id,
        kind=NoticeKind.UNLOCKS,
        to=Recipients(may=Permission.APPROVE_UNLOCK, but_not=actor.current.person_id),
        message=N_(
            "%(who)s asks for an unlock: %(what)s.",
            who=actor.name,
            what=lesson_days(title, unlock),
        ),
        detail=unlock.reason,
        link=Link("unlocks.listing"),
        now=now,
    )


def tell_teacher(session: Session, unlock: Unlock, *, message: Message, now: datetime) -> None:
    """The teacher who asked: an answer, with the words of the one who decided."""
    opened = unlock.status == "granted"
    course = Link("register.journal", {"course_id": unlock.course_id})
    notify(
        session,
        organisation_id=unlock.organisation_id,
        kind=NoticeKind.UNLOCKS,
        to=Recipients(staff=(unlock.staff_id,)),
        message=message,
        detail=unlock.decision_note,
        link=course if opened else Link("unlocks.listing"),
        now=now,
    )


def forget_request(session: Session, unlock: Unlock) -> None:
    """A withdrawn request: those who would have decided are told that nothing is to be done."""
    notify(
        session,
        organisation_id=unlock.organisation_id,
        kind=NoticeKind.UNLOCKS,
        to=Recipients(may=Permission.APPROVE_UNLOCK),
        message=N_("Request to unlock № %(number)s was withdrawn.", number=unlock.id),
        link=Link("unlocks.listing"),
        now=unlock.ended_at or unlock.requested_at,
    )


def revoked(unlock: Unlock, *, title: str, who: str) -> Message:
    """The end of a grant in words."""
    what = lesson_days(title, unlock)
    return N_("%(who)s ended an unlock early: %(what)s.", who=who, what=what)


def answer(unlock: Unlock, *, title: str, who: str) -> Message:
    """The decision in words."""
    what = lesson_days(title, unlock)
    if unlock.status == "granted":
        return N_("Open for you until %(until)s: %(what)s.", until=unlock.expires_at, what=what)
    return N_("%(who)s refused an unlock: %(what)s.", who=who, what=what)
