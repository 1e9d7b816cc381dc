"""The school's register of unlocks, page by page and whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Session

from journal.lessons.models import Unlock
from journal.lessons.queries.unlocks import PAGE_SIZE, UnlockRow, unlock_query, unlock_rows
from journal.lessons.rules.unlocks import UnlockState


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """What of the register is shown; None is everything. Instants of the request, half-open."""

    state: UnlockState | None = None
    staff_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    page: int = 1


def unlock_register(
    session: Session, wanted: RegisterFilter, *, now: datetime
) -> tuple[list[UnlockRow], bool]:
    """A page of the school's register, newest first, and whether there is a next one."""
    start = (wanted.page - 1) * PAGE_SIZE
    rows = unlock_rows(session, _register(wanted, now).limit(PAGE_SIZE + 1).offset(start), now)
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def whole_register(session: Session, wanted: RegisterFilter, *, now: datetime) -> list[UnlockRow]:
    """Every page of the register, for a file."""
    return unlock_rows(session, _register(wanted, now), now)


def _register(wanted: RegisterFilter, now: datetime) -> Select[*tuple[Any, ...]]:
    query = unlock_query().order_by(Unlock.requested_at.desc(), Unlock.id.desc())
    if wanted.state is not None:
        query = query.where(*_in_state(wanted.state, now))
    if wanted.staff_id is not None:
        query = query.where(Unlock.staff_id == wanted.staff_id)
    if wanted.since is not None:
        query = query.where(Unlock.requested_at >= wanted.since)
    if wanted.before is not None:
        query = query.where(Unlock.requested_at < wanted.before)
    return query


def _in_state(state: UnlockState, now: datetime) -> tuple[ColumnElement[bool], ...]:
    if state not in (UnlockState.OPEN, UnlockState.EXPIRED):
        return (Unlock.status == state.value,)
    lasting = Unlock.expires_at > now
    return (Unlock.status == "granted", lasting if state is UnlockState.OPEN else ~lasting)
