"""Commands of movement. Marks and absences stay with their lessons; stays and places change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record_many
from journal.core.errors import RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.office.movement.queries import (
    Consequence,
    Place,
    kept_place,
    movers,
    places_in_subgroups,
)
from journal.office.movement.rules import Mover, Order, wrong_move
from journal.office.setup.rows import may_set_up, owned_row
from journal.people.service import origin_of
from journal.school.models import (
    AcademicYear,
    ClassGroup,
    ClassMembership,
    GroupMembership,
    Movement,
)


def consequences(
    session: Session, actor: Actor, *, pupil_ids: Collection[int], order: Order
) -> list[Consequence]:
    """What the order would do to each pupil, in the order of names; nothing is written.

    RuleViolation: class_id, happens_on, pupils.
    """
    may_set_up(actor)
    if not pupil_ids:
        raise RuleViolation("pupils", N_("Tick at least one pupil."))
    _check_class(session, order)
    places = places_in_subgroups(session, pupil_ids, order.happens_on)
    return [
        _consequence(mover, places.get(mover.pupil_id, []), order)
        for mover in movers(session, pupil_ids)
    ]


def _consequence(mover: Mover, places: Collection[Place], order: Order) -> Consequence:
    here = mover.stay_on(order.happens_on)
    return Consequence(
        mover=mover,
        from_class=here.class_name if here else None,
        leaves=tuple(one.title for one in places if not kept_place(one, order)),
        wrong=wrong_move(mover, order),
    )


def _check_class(session: Session, order: Order) -> None:
    if order.kind == "leaving":
        return
    if order.class_id is None:
        raise RuleViolation("class_id", N_("Choose the class the pupils come to."))
    group = owned_row(session, ClassGroup, order.class_id)
    year = owned_row(session, AcademicYear, group.academic_year_id)
    if not year.starts_on <= order.happens_on < year.ends_before:
        message = N_("The class is not of the year of this day. Choose another class or day.")
        raise RuleViolation("happens_on", message)


def move_pupils(
    session: Session,
    actor: Actor,
    *,
    pupil_ids: Collection[int],
    order: Order,
    now: datetime,
) -> int:
    """Carry the order out for all of them, or for nobody; returns how many moved.

    SeveralViolations: a sentence for every pupil who cannot move so.
    """
    found = consequences(session, actor, pupil_ids=pupil_ids, order=order)
    _refuse_wrong(found)
    places = places_in_subgroups(session, pupil_ids, order.happens_on)
    changes = [
        _move(session, actor, one, places.get(one.mover.pupil_id, []), order) for one in found
    ]
    place, origin = actor.organisation_id, origin_of(actor)
    record_many(session, organisation_id=place, origin=origin, changes=changes, now=now)
    return len(found)


def _refuse_wrong(found: Collection[Consequence]) -> None:
    wrong = [
        RuleViolation("pupils", N_("%(name)s: %(why)s", name=one.mover.name, why=one.wrong))
        for one in found
        if one.wrong is not None
    ]
    if wrong:
        raise SeveralViolations(wrong)


def _move(
    session: Session, actor: Actor, one: Consequence, places: Collection[Place], order: Order
) -> Change:
    pupil_id, day = one.mover.pupil_id, order.happens_on
    place = {"organisation_id": actor.organisation_id, "pupil_id": pupil_id}
    row = Movement(
        happens_on=day,
        kind=order.kind,
        class_group_id=order.class_id,
        order_number=order.number,
        order_date=order.dated,
        destination=order.destination,
        **place,
    )
    session.add(row)
    _end_stay(session, one.mover, day)
    if order.class_id is not None:
        session.add(ClassMembership(class_group_id=order.class_id, starts_on=day, **place))
    _end_places(session, [each.id for each in places if not kept_place(each, order)], day)
    session.flush()
    return _told(one, row)


def _told(one: Consequence, row: Movement) -> Change:
    after = {"kind": row.kind, "from": one.from_class, "day": row.happens_on}
    after |= {"number": row.order_number, "subgroups": ", ".join(one.leaves)}
    return Change(
        action="move_pupil",
        object_type="movement",
        object_id=row.id,
        about_id=row.pupil_id,
        after=after,
    )


def _end_stay(session: Session, mover: Mover, day: date) -> None:
    """The stay of the day ends; one that would begin and end on it never was."""
    here = mover.stay_on(day)
    if here is None:
        return
    stay = owned_row(session, ClassMembership, here.id)
    if stay.starts_on == day:
        session.delete(stay)
    else:
        stay.ends_before = day
    session.flush()


def _end_places(session: Session, ids: Collection[int], day: date) -> None:
    rows = session.scalars(select(GroupMembership).where(GroupMembership.id.in_(list(ids)))).all()
    never = [row.id for row in rows if row.starts_on >= day]
    session.execute(
        delete(GroupMembership)
        .where(GroupMembership.id.in_(never))
        .execution_options(synchronize_session=False)
    )
    for row in rows:
        if row.starts_on < day:
            row.ends_before = day
    session.flush()
