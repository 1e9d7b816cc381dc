"""The 21 items of the plan (004): owner, due date, what proves each. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from journal.core.messages import N_, Message

_FRIDAY = 5


class Owner(StrEnum):
    """ответственный."""

    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    CLASS_TEACHERS = "class_teachers"
    EVERYBODY = "everybody"


OWNERS: dict[Owner, Message] = {
    Owner.DIRECTOR: N_("Director"),
    Owner.ADMINISTRATOR: N_("Administrator"),
    Owner.CLASS_TEACHERS: N_("Administrator and class teachers"),
    Owner.EVERYBODY: N_("Everybody"),
}


def working_days_after(day: date, count: int) -> date:
    """The day `count` working days later; Saturdays and Sundays are none."""
    while count:
        day += timedelta(days=1)
        count -= day.isoweekday() <= _FRIDAY
    return day


Due = Callable[[date], date | None]


def _days(count: int) -> Due:
    return lambda start: start + timedelta(days=count)


def _working(count: int) -> Due:
    return lambda start: working_days_after(start, count)


def _always(_start: date) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the plan. `page` is the endpoint where it is done."""

    number: int
    title: Message
    owner: Owner
    due: Due
    page: str | None = None


_D, _A = Owner.DIRECTOR, Owner.ADMINISTRATOR
ITEMS: tuple[Item, ...] = (
    Item(1, N_("Training of the staff"), _D, _days(0)),
    Item(2, N_("Receive the access and pass it on"), _D, _days(-7), "credentials.overview"),
    Item(3, N_("Verify the data of the school"), _D, _days(14)),
    Item(4, N_("Appoint coordinators"), _D, _working(1)),
    Item(5, N_("Workplaces with the internet"), _D, _days(14)),
    Item(6, N_("Order of adoption"), _D, _working(1)),
    Item(7, N_("Training of the administrator"), _A, _working(1)),
    Item(8, N_("Consents of the staff"), _A, _working(5), "admin.staff"),
    Item(9, N_("Terms"), _A, _working(1), "admin.calendar"),
    Item(10, N_("Bells"), _A, _working(1), "admin.bells"),
    Item(11, N_("Subjects and rooms"), _A, _working(1), "admin.lists"),
    Item(12, N_("Classes"), _A, _working(1), "admin.classes"),
    Item(13, N_("Consents of pupils and parents"), _A, _working(1), "admin.pupils"),
    Item(14, N_("Enter pupils and parents"), _A, _working(1), "admin.guardians"),
    Item(15, N_("Promote to the new year, place in classes"), _A, _working(1), "admin.pupils"),
    Item(16, N_("Timetable of lessons"), _A, _working(1), "admin.timetable"),
    Item(17, N_("Advise pupils and parents"), _A, _working(1)),
    Item(
        18,
        N_("Print and hand out logins and temporary passwords"),
        Owner.CLASS_TEACHERS,
        _working(11),
        "credentials.overview",
    ),
    Item(
        19,
        N_("Receive the login and replace the password"),
        Owner.EVERYBODY,
        _working(21),
        "credentials.overview",
    ),
    Item(20, N_("Check and correct the data"), _A, _always, "admin.home"),
    Item(21, N_("High rating of activity"), _A, _days(14)),
)
BY_NUMBER = {item.number: item for item in ITEMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the data say of an item: `part` of `whole`, in words. Done when nothing is missing."""

    words: Message
    part: int
    whole: int

    @property
    def done(self) -> bool:
        """Whether the data prove it."""
        return self.whole > 0 and self.part >= self.whole


def proved(words: Message, done: bool) -> Proof:
    """A yes or no of the data."""
    return Proof(words=words, part=int(done), whole=1)


@dataclass(frozen=True, slots=True)
class Tick:
    """Who said so, when."""

    person_id: int
    name: str
    ticked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item as the page shows it. `late` is told by its due date."""

    item: Item
    owner_names: str
    due_on: date | None
    proof: Proof | None
    tick: Tick | None
    today: date

    @property
    def done(self) -> bool:
        """Proved by the data, or ticked where they cannot prove it."""
        return self.tick is not None if self.proof is None else self.proof.done

    @property
    def late(self) -> bool:
        """Not done, and the day has passed."""
        return not self.done and self.due_on is not None and self.due_on < self.today


def plan_lines(
    start: date,
    *,
    proofs: Mapping[int, Proof],
    ticks: Mapping[int, Tick],
    owners: Mapping[Owner, str],
    today: date,
) -> list[Line]:
    """The plan as of today."""
    return [
        Line(
            item=item,
            owner_names=owners.get(item.owner, ""),
            due_on=item.due(start),
            proof=proofs.get(item.number),
            tick=ticks.get(item.number),
            today=today,
        )
        for item in ITEMS
    ]
