"""Creating, changing and deleting one row of the set-up, with what was and what is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change, record
from journal.core.db import Base
from journal.core.errors import Forbidden, NotFound
from journal.people.service import origin_of

Row = TypeVar("Row", bound=Base)


def may_set_up(actor: Actor) -> None:
    """Raise Forbidden unless the actor sets the school up."""
    if not actor.may(Permission.MANAGE_SCHOOL):
        raise Forbidden()


def owned_row(session: Session, model: type[Row], row_id: int) -> Row:
    """A row of the bound school; raises NotFound."""
    row = session.get(model, row_id)
    if row is None:
        raise NotFound()
    return row


def create(
    session: Session,
    actor: Actor,
    model: type[Base],
    facts: Mapping[str, Any],
    *,
    now: datetime,
    about_id: int | None = None,
) -> int:
    """A new row of the actor's school; returns its id."""
    may_set_up(actor)
    row: Any = model(organisation_id=actor.organisation_id, **facts)
    session.add(row)
    session.flush()
    note(session, actor, "create", row, after=facts, now=now, about_id=about_id)
    return int(row.id)


def change(
    session: Session,
    actor: Actor,
    row: Base,
    facts: Mapping[str, Any],
    *,
    now: datetime,
    about_id: int | None = None,
) -> bool:
    """Bring the row in line; whether anything differed."""
    may_set_up(actor)
    before = {name: getattr(row, name) for name in facts}
    changed = {name: value for name, value in facts.items() if before[name] != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if not changed:
        return False
    session.flush()
    was = {name: before[name] for name in changed}
    note(session, actor, "change", row, before=was, after=changed, now=now, about_id=about_id)
    return True


def remove(
    session: Session, actor: Actor, row: Base, shown: Mapping[str, Any], *, now: datetime
) -> None:
    """Delete a row on which nothing depends any more; `shown` stays in the log."""
    may_set_up(actor)
    note(session, actor, "delete", row, before=shown, now=now)
    session.delete(row)
    session.flush()


def note(
    session: Session,
    actor: Actor,
    action: str,
    row: Any,
    *,
    now: datetime,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    about_id: int | None = None,
) -> None:
    """One entry of the log about the row."""
    entry = Change(
        action=action,
        object_type=row.__tablename__,
        object_id=row.id,
        about_id=about_id,
        before=_plain(before),
        after=_plain(after),
    )
    place, origin = actor.organisation_id, origin_of(actor)
    record(session, organisation_id=place, origin=origin, change=entry, now=now)


def _plain(facts: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Facts for the log: sets of grades as people write them, nothing empty."""
    if facts is None:
        return None
    return {
        name: ", ".join(map(str, sorted(value))) if isinstance(value, frozenset) else value
        for name, value in facts.items()
        if value not in (None, frozenset())
    }
