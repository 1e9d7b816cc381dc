"""Commands on social categories: the class teacher keeps those of the own class.

Nothing is kept of a pupil without a consent; with the last one withdrawn everything is deleted.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.models import Pupil
from journal.people.service import origin_of
from journal.school.class_desk import OwnClass
from journal.school.directory import in_class_on
from journal.school.models import ClassMembership
from journal.school.social.models import PupilCategory
from journal.school.social.queries import consent_holds
from journal.school.social.rules import CATEGORIES


def log_reading(session: Session, actor: Actor, group: OwnClass, *, now: datetime) -> None:
    """Who belongs to what is looked at."""
    change = Change(action="read_categories", object_type="class_group", object_id=group.id)
    _log(session, actor, change, now)


def set_categories(
    session: Session,
    actor: Actor,
    *,
    group: OwnClass,
    pupil_id: int,
    categories: Collection[str],
    today: date,
    now: datetime,
) -> None:
    """What the pupil of the actor's own class belongs to from now on. NotFound for others."""
    consented, wanted = _consented(session, group, pupil_id, today), frozenset(categories)
    _check(wanted, consented=consented)
    kept = {row.category: row for row in _kept(session, pupil_id)}
    for category in kept.keys() - wanted:
        session.delete(kept[category])
    place = {"organisation_id": actor.organisation_id, "pupil_id": pupil_id}
    for category in sorted(wanted - kept.keys()):
        session.add(PupilCategory(**place, category=category, noted_on=today))
    session.flush()
    if wanted != kept.keys():
        _log_change(session, actor, pupil_id, len(kept), len(wanted), now)


def _check(wanted: frozenset[str], *, consented: bool) -> None:
    if not wanted <= CATEGORIES.keys():
        raise RuleViolation("categories", N_("Choose categories of the list."))
    if wanted and not consented:
        raise RuleViolation(
            "categories",
            N_("Nobody of the family has consented: note the consent first, then the categories."),
        )


def drop_without_consent(session: Session, actor: Actor, pupil_id: int, *, now: datetime) -> None:
    """A consent is withdrawn: with the last one everything kept of the pupil is deleted."""
    if session.scalar(select(Pupil.id).where(Pupil.id == pupil_id, consent_holds())) is not None:
        return
    kept = len(_kept(session, pupil_id))
    if kept:
        session.execute(delete(PupilCategory).where(PupilCategory.pupil_id == pupil_id))
        _log_change(session, actor, pupil_id, kept, 0, now)


def _consented(session: Session, group: OwnClass, pupil_id: int, today: date) -> bool:
    found = session.execute(
        select(Pupil.id, consent_holds().label("consented"))
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .where(
            Pupil.id == pupil_id,
            ClassMembership.class_group_id == group.id,
            in_class_on(today),
        )
        .with_for_update(of=Pupil)
    ).first()
    if found is None:
        raise NotFound()
    return bool(found.consented)


def _kept(session: Session, pupil_id: int) -> list[PupilCategory]:
    query = select(PupilCategory).where(PupilCategory.pupil_id == pupil_id)
    return list(session.scalars(query.order_by(PupilCategory.category)))


def _log_change(
    session: Session, actor: Actor, pupil_id: int, before: int, after: int, now: datetime
) -> None:
    change = Change(
        action="set_categories",
        object_type="pupil_category",
        object_id=pupil_id,
        about_id=pupil_id,
        before={"categories": before},
        after={"categories": after},
    )
    _log(session, actor, change, now)


def _log(session: Session, actor: Actor, change: Change, now: datetime) -> None:
    place, origin = actor.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=change, now=now)
