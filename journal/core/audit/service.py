"""Appending to the chain, in the transaction of the change itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from journal.core.audit.models import AuditEntry, AuditHead
from journal.core.sent import read, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a change comes from: the account, the words for it, and the client's address."""

    account_id: int | None
    actor_name: str
    client_address: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed. `before`/`after` are plain JSON mappings; None means «was not / is not»."""

    action: str
    object_type: str
    object_id: int | None = None
    within_id: int | None = None
    about_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str | None = None
    grant_id: int | None = None


def canonical(value: Mapping[str, Any] | None) -> str | None:
    """The JSON text that is stored and hashed: sorted keys, no spaces, dates in ISO."""
    if value is None:
        return None
    return _CANONICAL.encode(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


# Made once: `json.dumps` with a style of its own makes an encoder at each call.
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
)
_HASHED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


HASHED = (
    "organisation_id",
    "seq",
    "at",
    "account_id",
    "actor_name",
    "on_behalf_of",
    "client_address",
    "action",
    "object_type",
    "object_id",
    "within_id",
    "about_id",
    "before",
    "after",
    "reason",
    "grant_id",
)


def entry_hash(previous: str, row: Mapping[str, Any]) -> str:
    """SHA-256 over the previous hash and every field of the entry, in a fixed order."""
    facts = [row[name] for name in HASHED]
    facts[2] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = previous + _HASHED.encode(facts)
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    session: Session, *, organisation_id: int, origin: Origin, change: Change, now: datetime
) -> None:
    """Append one change to the organisation's chain."""
    record_many(session, organisation_id=organisation_id, origin=origin, changes=(change,), now=now)


def record_many(
    session: Session,
    *,
    organisation_id: int,
    origin: Origin,
    changes: Iterable[Change],
    now: datetime,
) -> None:
    """Append changes in order. Holds the organisation's head row until the transaction ends."""
    changes = tuple(changes)
    if not changes:
        return
    seq, previous = _lock_head(session, organisation_id)
    rows = []
    for change in changes:
        seq += 1
        row = _row(organisation_id, seq, origin, change, now)
        row["previous_hash"] = previous
        previous = row["hash"] = entry_hash(previous, row)
        rows.append(row)
    connection = session.connection()
    write(connection, _APPEND, *rows)
    head = {"place": organisation_id, "last": seq, "last_hash": previous}
    write(connection, _MOVE_HEAD, head)


def _row(
    organisation_id: int, seq: int, origin: Origin, change: Change, now: datetime
) -> dict[str, Any]:
    return {
        "organisation_id": organisation_id,
        "seq": seq,
        "at": now,
        "account_id": origin.account_id,
        "actor_name": origin.actor_name,
        "on_behalf_of": origin.on_behalf_of,
        "client_address": origin.client_address,
        "action": change.action,
        "object_type": change.object_type,
        "object_id": change.object_id,
        "within_id": change.within_id,
        "about_id": change.about_id,
        "before": canonical(change.before),
        "after": canonical(change.after),
        "reason": change.reason,
        "grant_id": change.grant_id,
    }


# Written past the ORM: every change passes here, and names its organisation itself.
_ENTRIES: Any = AuditEntry.__table__
_HEAD: Any = AuditHead.__table__
_OWN_HEAD = _HEAD.c.organisation_id == bindparam("place")
_APPEND = insert(_ENTRIES)
_LOCK_HEAD = select(_HEAD.c.seq, _HEAD.c.hash).where(_OWN_HEAD).with_for_update()
_MOVE_HEAD = (
    update(_HEAD).where(_OWN_HEAD).values(seq=bindparam("last"), hash=bindparam("last_hash"))
)


def _lock_head(session: Session, organisation_id: int) -> tuple[int, str]:
    place = {"place": organisation_id}
    session.flush()
    found = read(session.connection(), _LOCK_HEAD, place)
    if not found:
        _begin_chain(session, organisation_id)
        found = read(session.connection(), _LOCK_HEAD, place)
    return found[0][0], found[0][1]


def _begin_chain(session: Session, organisation_id: int) -> None:
    """The first entries of an organisation may come from two processes at once: one row for all."""
    kinds: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
    begin = kinds[session.get_bind().dialect.name](AuditHead)
    head = {"organisation_id": organisation_id, "seq": 0, "hash": ""}
    session.execute(begin.values(head).on_conflict_do_nothing())
