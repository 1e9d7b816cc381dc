"""The command of dividing: from a day on, with what was before kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, record_many
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.subgroups.queries import Divided, members_on
from journal.office.subgroups.rules import Division, Shift, shifts
from journal.people.service import origin_of
from journal.school.calendar import YearSpan
from journal.school.models import GroupMembership


def divide(
    session: Session,
    actor: Actor,
    *,
    class_id: int,
    subject: Divided,
    wanted: Division,
    day: date,
    year: YearSpan,
    now: datetime,
) -> list[Shift]:
    """Put the pupils of the class into these subgroups from the day on; returns who moved.

    The class is the caller's to authorise. RuleViolation: day; NotFound for groups and pupils that
    are not of the class.
    """
    if not year.starts_on <= day < year.ends_before:
        raise RuleViolation("day", N_("The day is not of the year of the class. Correct it."))
    known = {group.id for group in subject.groups}
    members = members_on(session, class_id, known, day)
    strangers = wanted.keys() - {one.pupil_id for one in members}
    if strangers or not set(wanted.values()) <= known | {None}:
        raise NotFound()
    moved = shifts(members, wanted)
    _write(session, actor, moved, known, day)
    names = {group.id: group.name for group in subject.groups}
    place, origin = actor.organisation_id, origin_of(actor)
    changes = [_told(one, subject, names, day) for one in moved]
    record_many(session, organisation_id=place, origin=origin, changes=changes, now=now)
    return moved


def _write(
    session: Session, actor: Actor, moved: Sequence[Shift], known: Collection[int], day: date
) -> None:
    rows = session.scalars(
        select(GroupMembership).where(
            GroupMembership.study_group_id.in_(list(known)),
            GroupMembership.pupil_id.in_([one.member.pupil_id for one in moved]),
            or_(GroupMembership.ends_before.is_(None), GroupMembership.ends_before > day),
        )
    )
    for row in rows:
        if row.starts_on >= day:
            session.delete(row)
        else:
            row.ends_before = day
    place = {"organisation_id": actor.organisation_id, "starts_on": day}
    for one in moved:
        if one.to_id is not None:
            ids = {"study_group_id": one.to_id, "pupil_id": one.member.pupil_id}
            session.add(GroupMembership(**ids, **place))
    session.flush()


def _told(one: Shift, subject: Divided, names: Mapping[int, str], day: date) -> Change:
    def group(group_id: int | None) -> dict[str, object]:
        name = names.get(group_id or 0)
        return {"subject": subject.subject, "subgroup": name, "day": day}

    return Change(
        action="change_subgroup",
        object_type="group_membership",
        about_id=one.member.pupil_id,
        before=group(one.member.group_id),
        after=group(one.to_id),
    )
