"""Attendance of the classes over any days: the school's, or the own ones of a class teacher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import ClassLessons, Counted, PupilState, count
from journal.attendance.rules.tally import AttendanceFigure, Missed, Tally, explained, summed
from journal.control.attendance.figures import COUNTS, PUPILS, SHARE
from journal.control.attendance.periods import Asked, Period, chosen_period, periods_of_year
from journal.core.clock import local_date
from journal.core.errors import NotFound
from journal.school.calendar import YearSpan, year_to_open, years
from journal.school.class_desk import own_classes
from journal.school.queries import term_spans
from journal.school.rules import Span
from journal.school.stays import YearClass, year_classes


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """A class: what each pupil who had lessons in it had, and the sums."""

    group: YearClass
    pupils: Mapping[int, Tally]
    figures: Missed
    lessons: ClassLessons


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolReport:
    """The classes in order; `whole` is the school, else the classes of a class teacher."""

    year: YearSpan
    today: date
    known: tuple[Period, ...]
    period: Period
    whole: bool
    lines: tuple[ClassLine, ...]

    @property
    def running(self) -> bool:
        """Whether the days are not over: figures are up to now."""
        return self.period.last >= self.today

    @property
    def total(self) -> Missed:
        """Everything shown."""
        return sum((one.figures for one in self.lines), Missed(Tally(), 0, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is reported of: days, and the classes of the year the actor may see."""

    year: YearSpan
    today: date
    known: tuple[Period, ...]
    period: Period
    whole: bool
    classes: tuple[YearClass, ...]


def school_frame(session: Session, actor: Actor, *, asked: Asked, now: datetime) -> Frame:
    """NotFound without an academic year, NoClassKept for a class teacher without a class."""
    today = local_date(now, actor.current.time_zone)
    year = _year_of(years(session), asked, today)
    if year is None:
        raise NotFound()
    whole = actor.may(Permission.READ_ANY_ATTENDANCE)
    span = Span(year.starts_on, year.ends_before)
    known = periods_of_year(term_spans(session, year.id), span, today)
    return Frame(
        year=year,
        today=today,
        known=known,
        period=chosen_period(known, asked, today, usual="month"),
        whole=whole,
        classes=tuple(_classes(session, actor, year, today, whole=whole)),
    )


def _year_of(spans: Sequence[YearSpan], asked: Asked, today: date) -> YearSpan | None:
    """The year the days lie in, by the last of them; without days the present one."""
    day = asked.until or asked.since
    inside = [one for one in spans if day and one.starts_on <= day < one.ends_before]
    return inside[0] if inside else year_to_open(spans, today)


def school_report(session: Session, actor: Actor, *, asked: Asked, now: datetime) -> SchoolReport:
    """By default the present month. Eight statements whatever the size of the school.

    Refusals as `school_frame`.
    """
    frame = school_frame(session, actor, asked=asked, now=now)
    ids = None if frame.whole else [one.id for one in frame.classes]
    facts = attendance_facts(session, Chosen(frame.period.span, now, class_ids=ids))
    counted = count(facts, key=_key, part=lambda _class_id, _day: None)
    return SchoolReport(
        year=frame.year,
        today=frame.today,
        known=frame.known,
        period=frame.period,
        whole=frame.whole,
        lines=tuple(_lines(frame.classes, counted)),
    )


def _classes(
    session: Session, actor: Actor, year: YearSpan, today: date, *, whole: bool
) -> list[YearClass]:
    found = year_classes(session, year.id)
    if whole:
        return found
    day = year.day_within(today)
    own = {one.id for one in own_classes(session, actor, class_id=None, today=day)[1]}
    return [one for one in found if one.id in own]


def _key(state: PupilState) -> tuple[int, int]:
    return state.class_group_id, state.pupil_id


def _lines(
    classes: Iterable[YearClass], counted: Counted[tuple[int, int], None]
) -> Iterable[ClassLine]:
    tallies: dict[int, dict[int, Tally]] = {}
    for (class_id, pupil_id), tally in counted.tallies.items():
        tallies.setdefault(class_id, {})[pupil_id] = tally
    days = _full_days(counted)
    for group in classes:
        own = tallies.get(group.id, {})
        yield ClassLine(
            group=group,
            pupils=own,
            figures=Missed(summed(own.values()), *days.get(group.id, (0, 0))),
            lessons=counted.classes.get((group.id, None), ClassLessons()),
        )


def _full_days(counted: Counted[tuple[int, int], None]) -> Mapping[int, tuple[int, int]]:
    """Full days of classes, and those by illness."""
    found: dict[int, tuple[int, int]] = {}
    for one in counted.full_days:
        days, ill = found.get(one.class_group_id, (0, 0))
        found[one.class_group_id] = days + 1, ill + one.ill
    return found


def pupils_of(lines: Iterable[ClassLine]) -> dict[str, int]:
    """How many pupils of these classes each of PUPILS counts; who was in two of the classes is one
    pupil."""
    found: dict[int, Tally] = {}
    for line in lines:
        for pupil_id, tally in line.pupils.items():
            found[pupil_id] = found.get(pupil_id, Tally()) + tally
    return {name: sum(map(counts, found.values())) for name, counts in PUPILS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolWhy:
    """A sum of classes: what each of them gives to it."""

    report: SchoolReport
    figure: str
    lines: tuple[ClassLine, ...]
    share: AttendanceFigure

    def of(self, line: ClassLine) -> int:
        """What a class gives to it; of a share, nothing."""
        if self.of_pupils:
            return pupils_of([line])[self.figure]
        if self.figure == "unfilled":
            return line.lessons.unfilled
        return 0 if self.figure == SHARE else COUNTS[self.figure](line.figures)

    @property
    def of_pupils(self) -> bool:
        """Whether it counts pupils, of whom one may be in several of the classes."""
        return self.figure in PUPILS

    @property
    def count(self) -> int:
        """The figure itself."""
        return pupils_of(self.lines)[self.figure] if self.of_pupils else self.together

    @property
    def together(self) -> int:
        """What the classes give to it together."""
        return sum(self.of(one) for one in self.lines)


def why_of_school(
    session: Session,
    actor: Actor,
    *,
    asked: Asked,
    figure: str,
    grades: tuple[int, int],
    now: datetime,
) -> SchoolWhy:
    """The figure of the classes of grades from … to. NotFound for a figure that is not there."""
    if figure not in {*COUNTS, *PUPILS, SHARE}:
        raise NotFound()
    report = school_report(session, actor, asked=asked, now=now)
    least, most = grades
    lines = tuple(one for one in report.lines if least <= one.group.grade <= most)
    total = summed(one.figures.lessons for one in lines)
    return SchoolWhy(report=report, figure=figure, lines=lines, share=explained(total))
