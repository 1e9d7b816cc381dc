"""«Реестр разблокировок»: who asked for what, who decided, what was entered under it. An xlsx."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from journal.lessons.queries.unlocks import UnlockRow
from journal.lessons.rules.unlocks import UnlockState

Say = Callable[[Message | str], str]
REGISTER = N_("Register of unlocks")
STATES: dict[UnlockState, Message] = {
    UnlockState.PENDING: N_("awaits an answer"),
    UnlockState.OPEN: N_("open now"),
    UnlockState.EXPIRED: N_("time is over"),
    UnlockState.REFUSED: N_("refused"),
    UnlockState.WITHDRAWN: N_("withdrawn"),
    UnlockState.REVOKED: N_("ended early"),
}
_COLUMNS = (
    (N_("No."), 6),
    (N_("State"), 13),
    (N_("Teacher"), 20),
    (N_("Course"), 22),
    (N_("Lessons from"), 11),
    (N_("Lessons to"), 11),
    (N_("Single lessons"), 17),
    (N_("What to open"), 17),
    (N_("Reason"), 38),
    (N_("Asked at"), 11),
    (N_("Decided by"), 18),
    (N_("Decided at"), 11),
    (N_("Answer"), 26),
    (N_("Open until"), 11),
    (N_("Entries made"), 10),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockRegister:
    """The rows in their order; instants are UTC, shown in the school's zone."""

    school: str
    rows: tuple[UnlockRow, ...]
    made_at: datetime
    time_zone: str


def unlock_register_xlsx(register: UnlockRegister, say: Say) -> bytes:
    """One sheet; days are dates."""
    sheet = Sheet(
        title=say(REGISTER),
        columns=[SheetColumn(title=say(title), width=width) for title, width in _COLUMNS],
        rows=[_cells(register, row, say) for row in register.rows],
        heading=f"{register.school}. {say(REGISTER)}",
        made=say(N_("Made on %(moment)s", moment=_moment(register, register.made_at))),
    )
    return write_workbook([sheet], made_at=register.made_at)


def _cells(register: UnlockRegister, row: UnlockRow, say: Say) -> list[Value]:
    return [
        row.unlock_id,
        say(STATES[row.state]),
        row.teacher,
        row.title,
        row.lessons_from,
        row.last_day,
        _lessons(row),
        ", ".join(say(word) for word in row.kind_words),
        row.reason,
        _moment(register, row.requested_at),
        row.decided_by or "",
        _moment(register, row.decided_at),
        row.note or "",
        _moment(register, row.expires_at),
        row.entries,
    ]


def _lessons(row: UnlockRow) -> str:
    """The lessons it names; empty for all of those days."""
    return ", ".join(f"{one.held_on:%d.%m.%Y} № {one.number}" for one in row.lessons)


def _moment(register: UnlockRegister, at: datetime | None) -> str:
    return f"{at.astimezone(ZoneInfo(register.time_zone)):%d.%m.%Y %H:%M}" if at else ""
