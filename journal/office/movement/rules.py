"""Pure rules of movement: whether a pupil can move so, judged by his dated stays in classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from journal.core.messages import N_, Message
from journal.school.rules import Span

Kind = Literal["transfer", "leaving", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """приказ о движении; `happens_on` is the first day in the new state. No class: leaving."""

    kind: Kind
    happens_on: date
    class_id: int | None = None
    number: str | None = None
    dated: date | None = None
    destination: str | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's stay in a class."""

    id: int
    class_id: int
    class_name: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A pupil with his stays in order."""

    pupil_id: int
    person_id: int
    name: str
    enrolled_on: date
    stays: tuple[Stay, ...]

    def stay_on(self, day: date) -> Stay | None:
        """Where he is that day."""
        return next((one for one in self.stays if one.span.covers(day)), None)


def wrong_move(mover: Mover, order: Order) -> Message | None:
    """Why the pupil cannot move so; None when he can."""
    day = order.happens_on
    if day < mover.enrolled_on:
        return N_(
            "The movement is dated before the enrolment (%(day)s). Correct one of them.",
            day=f"{mover.enrolled_on:%d.%m.%Y}",
        )
    here = mover.stay_on(day)
    if order.kind == "return":
        if here is not None:
            return N_("The pupil is at the school on this day already.")
        return _later(mover.stays, day)
    if here is None:
        return N_("The pupil is not at the school on this day.")
    if order.kind == "transfer" and order.class_id == here.class_id:
        name = here.class_name
        return N_("The pupil is in class %(name)s already. Correct it.", name=name)
    if here.span.ends_before is not None:
        return N_(
            "A later movement of %(day)s is entered already. Movements are entered in order.",
            day=here.span.ends_before,
        )
    return _later(mover.stays, day)


def _later(stays: Sequence[Stay], day: date) -> Message | None:
    later = next((one for one in stays if one.span.starts_on > day), None)
    if later is None:
        return None
    return N_(
        "A later movement of %(day)s is entered already. Movements are entered in order.",
        day=later.span.starts_on,
    )
