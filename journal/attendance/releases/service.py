"""Commands on releases: an order is entered, its days are changed, a mistaken one is removed.

A release tells nothing of what is entered in lessons: counting leaves its lessons out while it
stands (`attendance.rules.counting`), and the journal refuses an absence in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.models import Exemption
from journal.attendance.releases.queries import given_releases
from journal.attendance.rules.releases import (
    ReleaseDraft,
    changed_days,
    check_days,
    check_draft,
    check_order,
    days_between,
    refuse_closed,
    refuse_twice,
)
from journal.core.audit import Change, record
from journal.core.clock import local_date
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.people.models import Person, Pupil
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.rules import class_list_name
from journal.people.service import origin_of
from journal.people.telling import notify
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership, Subject
from journal.school.pupil_queries import calendars
from journal.school.rules import Span, TermSpan, terms_of_grade


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who enters orders, and when."""

    session: Session
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """The school's day."""
        return local_date(self.now, self.actor.current.time_zone)


def add_release(clerk: Clerk, *, pupil_id: int, draft: ReleaseDraft) -> int:
    """Enter an order; its class teacher is told. Returns the number of the release."""
    name = _name_of(clerk.session, pupil_id)
    check_draft(draft, today=clerk.today)
    _require_subject(clerk.session, draft.subject_id)
    others = given_releases(clerk.session, pupil_id)
    refuse_twice(draft.kind, draft.subject_id, draft.span, others)
    _refuse_closed(clerk, pupil_id, None, draft.span, field="first")
    row = Exemption(
        organisation_id=clerk.actor.organisation_id,
        pupil_id=pupil_id,
        subject_id=draft.subject_id,
        kind=draft.kind,
        starts_on=draft.first,
        ends_before=draft.span.ends_before,
        order_text=draft.order,
    )
    clerk.session.add(row)
    clerk.session.flush()
    _log(clerk, "create", row, None, _facts(row))
    _tell(clerk, row, N_("Released by order %(order)s: %(pupil)s.", order=draft.order, pupil=name))
    return row.id


def change_release(clerk: Clerk, *, release_id: int, last: date | None, order: str) -> None:
    """Another last day, or another wording of the order. What a closed term counted stays."""
    row = _locked(clerk.session, release_id)
    check_order(order)
    check_days(row.starts_on, last)
    before, after = _span(row), days_between(row.starts_on, last)
    others = given_releases(clerk.session, row.pupil_id, but=row.id)
    refuse_twice(row.kind, row.subject_id, after, others)
    _refuse_closed(clerk, row.pupil_id, before, after, field="last")
    facts = _facts(row)
    row.ends_before, row.order_text = after.ends_before, order
    clerk.session.flush()
    if facts != _facts(row):
        _log(clerk, "change", row, facts, _facts(row))
        name = _name_of(clerk.session, row.pupil_id)
        _tell(clerk, row, N_("The days of a release are changed: %(pupil)s.", pupil=name))


def remove_release(clerk: Clerk, *, release_id: int) -> None:
    """Remove what was entered by mistake; one that a closed term has counted is ended instead."""
    row = _locked(clerk.session, release_id)
    _refuse_closed(clerk, row.pupil_id, _span(row), None, field="release")
    facts, pupil_id = _facts(row), row.pupil_id
    clerk.session.delete(row)
    clerk.session.flush()
    _log(clerk, "delete", row, facts, None)
    _tell(
        clerk,
        row,
        N_("A release is removed: %(pupil)s.", pupil=_name_of(clerk.session, pupil_id)),
    )


def _span(row: Exemption) -> Span:
    return Span(row.starts_on, row.ends_before)


def _locked(session: Session, release_id: int) -> Exemption:
    row = session.get(Exemption, release_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound()
    return row


def _name_of(session: Session, pupil_id: int) -> str:
    """NotFound for a pupil of another school. Locked: two orders at once see each other."""
    row = session.execute(
        select(Person.surname, Person.given_name)
        .join(Pupil, Pupil.person_id == Person.id)
        .where(Pupil.id == pupil_id)
        .with_for_update(of=Pupil)
    ).one_or_none()
    if row is None:
        raise NotFound()
    return class_list_name(row[0], row[1])


def _require_subject(session: Session, subject_id: int | None) -> None:
    known = select(Subject.id).where(Subject.id == (subject_id or 0))
    if subject_id is not None and session.scalar(known) is None:
        raise RuleViolation("subject_id", N_("Choose one of the list."))


def _refuse_closed(
    clerk: Clerk, pupil_id: int, before: Span | None, after: Span | None, *, field: str
) -> None:
    spans = changed_days(before, after)
    if spans:
        terms = _terms(clerk.session, pupil_id, clerk.today)
        refuse_closed(spans, terms, today=clerk.today, field=field)


def _terms(session: Session, pupil_id: int, today: date) -> list[TermSpan]:
    """The terms of every class the pupil has been in."""
    rows = session.execute(
        select(ClassGroup.academic_year_id, ClassGroup.grade)
        .join(ClassMembership, ClassMembership.class_group_id == ClassGroup.id)
        .where(ClassMembership.pupil_id == pupil_id)
        .distinct()
    ).all()
    years = calendars(session, {row[0] for row in rows}, first=today, before=today) if rows else {}
    return [term for year_id, grade in rows for term in terms_of_grade(years[year_id].terms, grade)]


def _facts(row: Exemption) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "subject": row.subject_id,
        "from": row.starts_on,
        "before": row.ends_before,
        "order_number": row.order_text,
    }


def _log(
    clerk: Clerk,
    action: str,
    row: Exemption,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    change = Change(
        action=action,
        object_type="exemption",
        object_id=row.id,
        about_id=row.pupil_id,
        before=before,
        after=after,
    )
    place, origin = clerk.actor.organisation_id, origin_of(clerk.actor)
    record(clerk.session, organisation_id=place, origin=origin, change=change, now=clerk.now)


def _tell(clerk: Clerk, row: Exemption, message: Message) -> None:
    """The class teacher of today hears of it."""
    classes = clerk.session.scalars(
        select(ClassMembership.class_group_id).where(
            ClassMembership.pupil_id == row.pupil_id, in_class_on(clerk.today)
        )
    ).all()
    notify(
        clerk.session,
        organisation_id=clerk.actor.organisation_id,
        kind=NoticeKind.EXCUSES,
        to=Recipients(class_teachers_of=classes),
        message=message,
        link=Link("releases.listing"),
        now=clerk.now,
    )
