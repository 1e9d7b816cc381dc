"""The page of unlocks: one's own requests, what waits for a decision, the school's register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.lessons.queries.unlock_register import RegisterFilter, unlock_register
from journal.lessons.queries.unlocks import UnlockRow, pending_unlocks, unlocks_of_staff


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockDesk:
    """The page. `own` is None for one who asks for nothing, `pending` for one who does not decide,
    `register` for one who neither decides nor oversees. Requests of `staff_id` are his own: not
    his to decide.
    """

    own: tuple[UnlockRow, ...] | None
    pending: tuple[UnlockRow, ...] | None
    register: tuple[UnlockRow, ...] | None
    chosen: RegisterFilter
    more: bool
    staff_id: int | None
    decides: bool

    @property
    def previous_page(self) -> int | None:
        """The page of newer ones."""
        return self.chosen.page - 1 if self.chosen.page > 1 else None

    @property
    def next_page(self) -> int | None:
        """The page of older ones."""
        return self.chosen.page + 1 if self.more else None


def unlock_desk(
    session: Session, actor: Actor, *, chosen: RegisterFilter, now: datetime
) -> UnlockDesk:
    """What the actor may see of the unlocks of his current organisation."""
    staff_id = actor.current.staff_id
    decides = actor.may(Permission.APPROVE_UNLOCK)
    asks = staff_id is not None and actor.may(Permission.REQUEST_UNLOCK)
    register: list[UnlockRow] | None = None
    more = False
    if actor.may(Permission.CONTROL_UNLOCKS):
        register, more = unlock_register(session, chosen, now=now)
    own = unlocks_of_staff(session, staff_id=staff_id or 0, now=now) if asks else None
    pending = pending_unlocks(session, now=now) if decides else None
    return UnlockDesk(
        own=None if own is None else tuple(own),
        pending=None if pending is None else tuple(pending),
        register=None if register is None else tuple(register),
        chosen=chosen,
        more=more,
        staff_id=staff_id,
        decides=decides,
    )
