"""Pure rules of invitations: how long one holds, what ends it, how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOLDS = timedelta(days=14)  # ten working days (004, items 18 and 19)


class InvitationState(StrEnum):
    """How far an invitation has come."""

    WAITING = "waiting"  # the letter is in the queue
    SENT = "sent"
    LOST = "lost"  # the mail server refused it for good
    USED = "used"
    ENDED = "ended"  # too old, or something newer took its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides about an invitation. `address_now`, `issued_at`, `set_at` are of the person."""

    address: str
    address_now: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    issued_at: datetime | None
    set_at: datetime | None
    active: bool


def holds(facts: Facts, now: datetime) -> bool:
    """Whether the link still opens: unused, in time, to the address the school has, and nothing
    newer (a slip, another invitation, an own password) has taken its place."""
    newer = [at for at in (facts.issued_at, facts.set_at) if at is not None and at > facts.made_at]
    fresh = facts.used_at is None and now < facts.expires_at and not newer
    return fresh and facts.active and facts.address == facts.address_now


def state_of(
    facts: Facts, *, sent_at: datetime | None, given_up: bool, now: datetime
) -> InvitationState:
    """What the list says of an invitation."""
    if facts.used_at is not None:
        return InvitationState.USED
    if not holds(facts, now):
        return InvitationState.ENDED
    if given_up:
        return InvitationState.LOST
    return InvitationState.WAITING if sent_at is None else InvitationState.SENT
