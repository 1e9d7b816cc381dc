"""Commands on what years share: the organisation, subjects, rooms, bells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, time
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.db import Base
from journal.core.errors import NotFound, RuleViolation, SeveralViolations
from journal.core.messages import N_, Message
from journal.core.text import search_key, sort_key
from journal.office.service.following import lessons_follow
from journal.office.setup.dependants import check_free
from journal.office.setup.rows import change, create, may_set_up, note, owned_row, remove
from journal.people.models import Organisation
from journal.school.frame_rules import wrong_bells
from journal.school.models import Room, Subject
from journal.timetable.models import BellPeriod, BellSchedule


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """What the school says of itself."""

    code: str
    full_name: str
    short_name: str
    type_name: str | None
    municipality: str | None
    address: str | None
    phone: str | None
    email: str | None
    website: str | None
    time_zone: str
    director_name: str | None
    administrator_contact: str | None
    support_contact: str | None


def organisation_facts(session: Session, organisation_id: int) -> OrganisationFacts:
    """The school's own details."""
    row = session.get(Organisation, organisation_id)
    if row is None:
        raise NotFound()
    return OrganisationFacts(
        **{name: getattr(row, name) for name in OrganisationFacts.__dataclass_fields__}
    )


def save_organisation(
    session: Session, actor: Actor, *, facts: OrganisationFacts, now: datetime
) -> None:
    """Change the actor's own organisation. RuleViolation: code."""
    taken = select(Organisation.id).where(
        Organisation.code == facts.code, Organisation.id != actor.organisation_id
    )
    if session.scalar(taken) is not None:
        message = N_("Another organisation has this code. Correct the code.")
        raise RuleViolation("code", message)
    row = session.get(Organisation, actor.organisation_id)
    if row is None:
        raise NotFound()
    elsewhere = row.time_zone != facts.time_zone
    change(session, actor, row, asdict(facts), now=now)
    if elsewhere:
        lessons_follow(session, actor, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectFacts:
    """предмет."""

    name: str
    short_name: str
    area: str | None
    scale: str


def save_subject(
    session: Session, actor: Actor, *, subject_id: int | None, facts: SubjectFacts, now: datetime
) -> int:
    """Create or change a subject. RuleViolation: name."""
    _check_new(session, Subject, subject_id, facts.name, N_("There is such a subject already."))
    values = {**asdict(facts), "sort_key": sort_key(facts.name)}
    if subject_id is None:
        return create(session, actor, Subject, values, now=now)
    change(session, actor, owned_row(session, Subject, subject_id), values, now=now)
    return subject_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomFacts:
    """кабинет."""

    name: str
    capacity: int | None
    purpose: str | None


def save_room(
    session: Session, actor: Actor, *, room_id: int | None, facts: RoomFacts, now: datetime
) -> int:
    """Create or change a room. RuleViolation: name."""
    _check_new(session, Room, room_id, facts.name, N_("There is such a room already."))
    if room_id is None:
        return create(session, actor, Room, asdict(facts), now=now)
    change(session, actor, owned_row(session, Room, room_id), asdict(facts), now=now)
    return room_id


def _check_new(
    session: Session, model: type[Subject | Room], row_id: int | None, name: str, taken: Message
) -> None:
    """Names differ by more than case, ё and punctuation."""
    wanted = search_key(name)
    for other_id, other in session.execute(select(model.id, model.name)):
        if other_id != row_id and search_key(other) == wanted:
            raise RuleViolation("name", taken)


def delete_subject(session: Session, actor: Actor, subject_id: int, *, now: datetime) -> None:
    """Delete a subject nobody is taught; RuleViolation names what depends on it."""
    _delete_unused(session, actor, Subject, subject_id, now)


def delete_room(session: Session, actor: Actor, room_id: int, *, now: datetime) -> None:
    """Delete a room nothing is held in; RuleViolation names what depends on it."""
    _delete_unused(session, actor, Room, room_id, now)


def _delete_unused(
    session: Session, actor: Actor, model: type[Base], row_id: int, now: datetime
) -> None:
    row: Any = owned_row(session, model, row_id)
    check_free(session, model, row_id)
    remove(session, actor, row, {"name": row.name}, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class BellFacts:
    """One lesson of a set of bells. `place` is the row of the form."""

    lesson_number: int
    starts_at: time
    ends_at: time
    place: int = field(default=0, compare=False)


def save_bells(
    session: Session,
    actor: Actor,
    *,
    schedule_id: int | None,
    name: str,
    shift: int,
    bells: Sequence[BellFacts],
    now: datetime,
) -> int:
    """Make these the lessons of a set; lessons of the timetable follow.

    RuleViolation: name. SeveralViolations with the place in the field: «2.starts_at».
    """
    may_set_up(actor)
    _check_set(session, schedule_id, name, shift)
    _check_bells(bells)
    facts = {"name": name, "shift": shift}
    if schedule_id is None:
        schedule_id = create(session, actor, BellSchedule, facts, now=now)
    else:
        change(session, actor, owned_row(session, BellSchedule, schedule_id), facts, now=now)
    if _replace_periods(session, actor, schedule_id, bells, now):
        lessons_follow(session, actor, now=now)
    return schedule_id


def _check_set(session: Session, schedule_id: int | None, name: str, shift: int) -> None:
    query = select(BellSchedule.id).where(BellSchedule.name == name, BellSchedule.shift == shift)
    found = session.scalar(query)
    if found is not None and found != schedule_id:
        message = N_("There is a set of this name for the shift already. Choose another name.")
        raise RuleViolation("name", message)


def _check_bells(bells: Sequence[BellFacts]) -> None:
    if not bells:
        raise RuleViolation("", N_("Enter at least one lesson."))
    violations = [
        RuleViolation(f"{wrong.row.place}.{wrong.field}", wrong.message)
        for wrong in wrong_bells(bells)
    ]
    seen: set[int] = set()
    for bell in bells:
        if bell.lesson_number in seen:
            message = N_("The lesson stands here twice. Leave one.")
            violations.append(RuleViolation(f"{bell.place}.lesson_number", message))
        seen.add(bell.lesson_number)
    if violations:
        raise SeveralViolations(violations)


def _replace_periods(
    session: Session, actor: Actor, schedule_id: int, bells: Sequence[BellFacts], now: datetime
) -> bool:
    columns = (BellPeriod.lesson_number, BellPeriod.starts_at, BellPeriod.ends_at)
    mine = BellPeriod.bell_schedule_id == schedule_id
    before = {(row[0], row[1], row[2]) for row in session.execute(select(*columns).where(mine))}
    after = {(one.lesson_number, one.starts_at, one.ends_at) for one in bells}
    if before == after:
        return False
    session.execute(delete(BellPeriod).where(mine).execution_options(synchronize_session=False))
    for number, starts_at, ends_at in sorted(after):
        session.add(
            BellPeriod(
                organisation_id=actor.organisation_id,
                bell_schedule_id=schedule_id,
                lesson_number=number,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        )
    session.flush()
    schedule = owned_row(session, BellSchedule, schedule_id)
    was, is_ = ({"bells": _written(one)} for one in (before, after))
    note(session, actor, "change", schedule, before=was, after=is_, now=now)
    return True


def _written(bells: Iterable[tuple[int, time, time]]) -> str:
    return ", ".join(f"{number}: {a:%H:%M}–{b:%H:%M}" for number, a, b in sorted(bells))


def delete_bells(session: Session, actor: Actor, schedule_id: int, *, now: datetime) -> None:
    """Delete a set no class keeps."""
    may_set_up(actor)
    row = owned_row(session, BellSchedule, schedule_id)
    check_free(session, BellSchedule, schedule_id, apart=("bell_period",))
    mine = BellPeriod.bell_schedule_id == schedule_id
    session.execute(delete(BellPeriod).where(mine).execution_options(synchronize_session=False))
    remove(session, actor, row, {"name": row.name, "shift": row.shift}, now=now)
