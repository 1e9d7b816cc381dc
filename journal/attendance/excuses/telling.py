"""Who is told of an excuse: the class teacher, the deputies, the family."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Permission
from journal.attendance.models import Excuse
from journal.attendance.rules.excuses import REASONS, last_day
from journal.core.messages import N_, Message
from journal.people.models import Person, Pupil
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.rules import class_list_name
from journal.people.telling import notify
from journal.school.directory import in_class_on
from journal.school.models import ClassMembership
from journal.school.pupil_facts import KnownPupil
from journal.school.rules import Span


def days_in_words(span: Span) -> Message:
    """«12.11», «12.11–14.11», «с 12.11»."""
    last: date | None = last_day(span)
    if last is None:
        return N_("from %(day)s on", day=span.starts_on)
    if last == span.starts_on:
        return N_("%(day)s", day=span.starts_on)
    return N_("%(first)s–%(last)s", first=span.starts_on, last=last)


def tell_class_teacher(
    session: Session, excuse: Excuse, child: KnownPupil, *, who: str, today: date, now: datetime
) -> None:
    """A family has sent or answered something."""
    facts = {"who": who, "pupil": child.name, "days": _days(excuse), "reason": _reason(excuse)}
    message = N_("%(who)s explains an absence: %(pupil)s, %(days)s, %(reason)s.", **facts)
    classes = session.scalars(
        select(ClassMembership.class_group_id).where(
            ClassMembership.pupil_id == excuse.pupil_id, in_class_on(today)
        )
    )
    to = Recipients(class_teachers_of=classes.all())
    _tell(session, excuse, to, message, excuse.answer or excuse.text, "class_excuses.listing", now)


def tell_deputies(session: Session, excuse: Excuse, *, who: str, now: datetime) -> None:
    """A long leave waits for them."""
    facts = {"who": who, "pupil": _name(session, excuse), "days": _days(excuse)}
    message = N_("A long leave waits for your word: %(pupil)s, %(days)s (%(who)s agrees).", **facts)
    to = Recipients(may=Permission.APPROVE_LEAVE)
    _tell(session, excuse, to, message, excuse.text, "leaves.listing", now)


def tell_family(session: Session, excuse: Excuse, *, now: datetime) -> None:
    """What has come of it."""
    facts = {"pupil": _name(session, excuse), "days": _days(excuse)}
    message = {
        "confirmed": N_("The absence is excused: %(pupil)s, %(days)s.", **facts),
        "endorsed": N_(
            "The class teacher agrees, the deputy director decides: %(pupil)s, %(days)s.", **facts
        ),
        "asked": N_("The class teacher asks about the absence: %(pupil)s, %(days)s.", **facts),
        "refused": N_("The absence is not excused: %(pupil)s, %(days)s.", **facts),
    }[excuse.status]
    words = excuse.question if excuse.status == "asked" else excuse.decision_note
    to = Recipients(guardians_of=[excuse.pupil_id])
    _tell(session, excuse, to, message, words, "family_excuses.listing", now)


def _tell(
    session: Session,
    excuse: Excuse,
    to: Recipients,
    message: Message,
    detail: str | None,
    endpoint: str,
    now: datetime,
) -> None:
    notify(
        session,
        organisation_id=excuse.organisation_id,
        kind=NoticeKind.EXCUSES,
        to=to,
        message=message,
        detail=detail or None,
        link=Link(endpoint),
        now=now,
    )


def _name(session: Session, excuse: Excuse) -> str:
    row = session.execute(
        select(Person.surname, Person.given_name)
        .join(Pupil, Pupil.person_id == Person.id)
        .where(Pupil.id == excuse.pupil_id)
    ).one()
    return class_list_name(row[0], row[1])


def _days(excuse: Excuse) -> Message:
    return days_in_words(Span(excuse.starts_on, excuse.ends_before))


def _reason(excuse: Excuse) -> Message:
    return REASONS[excuse.code]
