"""The figures of a line of a report: each by name, whoever shows it. Pure."""

from __future__ import annotations

from collections.abc import Callable

from journal.attendance.rules.counting import PupilState
from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    MISSED,
    NOT_HELD,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.attendance.rules.tally import Missed, Tally, per_cent_tenths, tenths_text
from journal.core.messages import N_, Message

COUNTS: dict[str, Callable[[Missed], int]] = {
    "days": lambda one: one.days,
    "ill_days": lambda one: one.ill_days,
    "missed": lambda one: one.lessons.missed,
    "ill": lambda one: one.lessons.ill,
    "valid": lambda one: one.lessons.valid,
    "invalid": lambda one: one.lessons.invalid,
    "unknown": lambda one: one.lessons.unknown,
    "late": lambda one: one.lessons.late,
    "due": lambda one: one.lessons.due,
    "unfilled": lambda one: one.lessons.unfilled,
}
SHARE = "share"
PUPILS: dict[str, Callable[[Tally], bool]] = {
    "pupils": lambda one: one.planned > 0,
    "seated": lambda one: one.due > 0,
    "unmissed": lambda one: one.due > 0 and not one.missed,
}
"""Figures that count pupils: whether one with such pupil-lessons is counted."""
_OF_STATES = {
    "missed": MISSED,
    "ill": frozenset({ILL}),
    "valid": frozenset({VALID}),
    "invalid": frozenset({INVALID}),
    "unknown": frozenset({UNKNOWN}),
    "late": frozenset({LATE}),
}
TITLES: dict[str, Message] = {
    "days": N_("Days missed"),
    "ill_days": N_("Days missed by illness"),
    "missed": N_("Lessons missed"),
    "ill": N_("Missed by illness"),
    "valid": N_("Missed for a valid reason"),
    "invalid": N_("Missed without a valid reason"),
    "unknown": N_("Missed, no reason stated"),
    "late": N_("Latenesses"),
    "due": N_("Lessons due"),
    "unfilled": N_("Attendance not taken"),
    SHARE: N_("Attendance, per cent"),
    "pupils": N_("Pupils of the class in lessons"),
    "seated": N_("Pupils with lessons"),
    "unmissed": N_("Pupils without an absence"),
}


def share_tenths(missed: Missed) -> int | None:
    """Attendance in tenths of a per cent, over everything due; None when nothing was."""
    due = missed.lessons.due
    return per_cent_tenths(due - missed.lessons.missed, due) if due else None


def share_text(missed: Missed) -> str:
    """«96,4»; empty when nothing was due."""
    tenths = share_tenths(missed)
    return "" if tenths is None else tenths_text(tenths)


def counts_in(figure: str, state: PupilState) -> bool:
    """Whether a pupil-lesson is one of those the figure counts."""
    if figure in _OF_STATES:
        return state.state in _OF_STATES[figure]
    due = state.state not in (NOT_HELD, RELEASED)
    return due and (figure != "unfilled" or not state.lesson.taken)
