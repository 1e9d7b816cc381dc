"""What a form is asked for, and what a form is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import end_of_day, local_date
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.grading.as_of import AsOf
from journal.reports.forms import Paper
from journal.school.calendar import YearSpan, year_to_open, years

Say = Callable[[Message | str], str]
Choice = Literal["class", "pupil", "course", "subject", "place", "period", "span", "as_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A choice; None is «all of them» or the usual one. `at` is a place («quarter-2», «all») or a
    period of the school, `first` and `last` are days, both inclusive; `as_of` is the day at whose
    end the form stood so."""

    year_id: int | None = None
    class_id: int | None = None
    pupil_id: int | None = None
    course_id: int | None = None
    subject_id: int | None = None
    at: str | None = None
    first: date | None = None
    last: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who asks, when, and in which language the form speaks."""

    session: Session
    actor: Actor
    now: datetime
    say: Say

    @property
    def school(self) -> str:
        """The school's name, as forms carry it."""
        return self.actor.current.organisation_name

    @property
    def today(self) -> date:
        """The day in the school's zone."""
        return local_date(self.now, self.actor.current.time_zone)

    def as_of(self, ask: Ask) -> AsOf | None:
        """The past day asked for; None is now."""
        if ask.as_of is None or ask.as_of >= self.today:
            return None
        return AsOf(ask.as_of, end_of_day(ask.as_of, self.actor.current.time_zone))

    def year(self, ask: Ask) -> YearSpan:
        """The year asked for, or the present one; NotFound where there is none."""
        spans = years(self.session)
        found = next((one for one in spans if one.id == ask.year_id), None)
        if ask.year_id is not None and found is None:
            raise NotFound()
        found = found or year_to_open(spans, self.today)
        if found is None:
            raise NotFound(N_("The school has no academic year yet: the administrator enters it."))
        return found


READ_SCHOOL = frozenset({Permission.READ_ANY_JOURNAL})
READ_CLASSES = READ_SCHOOL | {Permission.READ_CLASS_JOURNALS}
READ_COURSES = frozenset({Permission.OPEN_JOURNAL})
READ_PUPILS = READ_CLASSES | {Permission.READ_DIARY}
READ_CHANGES = frozenset({Permission.OPEN_CHANGE_REPORT})


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKind:
    """A printed form, for who holds one of `permissions`. `asks` are its choices, `build` makes its
    papers (as the loaders let the actor), `units` splits what a `wide` choice (a whole class or
    school) asks for into pieces of a job."""

    name: str
    title: Message
    about: Message
    permissions: frozenset[Permission]
    asks: tuple[Choice, ...]
    build: Callable[[Desk, Ask], tuple[Paper, ...]]
    units: Callable[[Desk, Ask], Sequence[Ask]] = lambda _desk, ask: (ask,)
    wide: Callable[[Ask], bool] = lambda _ask: False

    def is_for(self, actor: Actor) -> bool:
        """Whether the actor may have it at all; of what, the loaders say."""
        return any(actor.may(one) for one in self.permissions)
