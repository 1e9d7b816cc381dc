"""Reads of alerts: what the school has set, whom today's absences concern, who is over a threshold.

The session is bound to one organisation, except for `waiting_schools`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from journal.attendance.alerts.models import (
    AbsenceAlert,
    AbsenceThreshold,
    AlertPolicy,
    ThresholdCrossing,
)
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.excuses.queries import covers_day
from journal.attendance.models import Absence, Excuse
from journal.attendance.rules.alerts import (
    UNANNOUNCED,
    Over,
    TellingPolicy,
    Threshold,
    Verdict,
    first_absences,
    pupils_over,
    tallies_since,
    verdict,
)
from journal.attendance.rules.counting import Facts, PupilState
from journal.attendance.rules.excuses import WAITING
from journal.attendance.rules.states import LATE
from journal.core.clock import end_of_day, instant, local_date
from journal.lessons.models import Lesson
from journal.lessons.queries.agenda import Days
from journal.people.models import Organisation
from journal.school.directory import in_class_on
from journal.school.models import ClassMembership, Course, Subject
from journal.school.titles import subject_words

_LATELY = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Place:
    """A school and its time zone."""

    organisation_id: int
    zone: str

    def today(self, now: datetime) -> date:
        """Its day."""
        return local_date(now, self.zone)


def waiting_schools(session: Session, *, now: datetime) -> list[Place]:
    """Schools with an unannounced absence of today nobody was told of, or with an alert of today
    that may have been a mistake. A reader's question across all of them; it locks nothing."""
    told = exists().where(
        AbsenceAlert.pupil_id == Absence.pupil_id, AbsenceAlert.day == Lesson.held_on
    )
    fresh = (
        select(Absence.organisation_id)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .where(_today_anywhere(now), Absence.code.in_(UNANNOUNCED), ~told)
    )
    wrong = _mistaken(select(AbsenceAlert.organisation_id)).where(_today_anywhere(now))
    rows = session.execute(
        select(Organisation.id, Organisation.time_zone)
        .where(or_(Organisation.id.in_(fresh), Organisation.id.in_(wrong)))
        .order_by(Organisation.id)
    )
    return [Place(row[0], row[1]) for row in rows]


def _today_anywhere(now: datetime) -> ColumnElement[bool]:
    first = (now - _LATELY).date()
    return and_(Lesson.held_on >= first, Lesson.held_on <= (now + _LATELY).date())


def _mistaken(query: Any) -> Any:
    """Alerts whose pupil turned out to have been in the lesson."""
    entry = and_(Absence.lesson_id == AbsenceAlert.lesson_id, _same_pupil())
    return (
        query.select_from(AbsenceAlert)
        .join(Lesson, Lesson.id == AbsenceAlert.lesson_id)
        .outerjoin(Absence, entry)
        .where(
            AbsenceAlert.corrected_at.is_(None),
            Lesson.status != "cancelled",
            or_(Absence.id.is_(None), Absence.code == LATE),
        )
    )


def _same_pupil() -> ColumnElement[bool]:
    return Absence.pupil_id == AbsenceAlert.pupil_id


def mistaken_alerts(session: Session, *, day: date) -> list[tuple[AbsenceAlert, int | None]]:
    """Alerts of the day to be put right, locked, with the minutes of a lateness entered since."""
    query = _mistaken(select(AbsenceAlert, Absence.minutes)).where(AbsenceAlert.day == day)
    rows = session.execute(query.with_for_update(of=AbsenceAlert))
    return [(row[0], row[1]) for row in rows]


def telling_policy(session: Session) -> TellingPolicy:
    """What the school has set, or the defaults."""
    row = session.execute(
        select(AlertPolicy.tells_families, AlertPolicy.delay_minutes, AlertPolicy.until)
    ).one_or_none()
    return TellingPolicy() if row is None else TellingPolicy(*row)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayAlert:
    """An unannounced absence of today at the pupil's first lesson, and what becomes of it."""

    pupil_id: int
    lesson_id: int
    number: int
    subject: str
    starts_at: datetime
    due_at: datetime
    verdict: Verdict
    told_at: datetime | None


def facts_of_day(
    session: Session, place: Place, *, now: datetime, class_ids: Collection[int]
) -> Facts:
    """Lessons of today whose register is filled, those not over too. Four statements."""
    day = place.today(now)
    ends = end_of_day(day, place.zone)
    span = Days.one(day)
    return attendance_facts(session, Chosen(span, ends, class_ids=class_ids, taken_only=True))


def classes_with_absences(session: Session, day: date) -> list[int]:
    """Classes of pupils of whom the day knows an unannounced absence."""
    return list(
        session.scalars(
            select(ClassMembership.class_group_id)
            .join(Absence, Absence.pupil_id == ClassMembership.pupil_id)
            .join(Lesson, Lesson.id == Absence.lesson_id)
            .where(Lesson.held_on == day, Absence.code.in_(UNANNOUNCED), in_class_on(day))
            .distinct()
        )
    )


def day_alerts(
    session: Session, facts: Facts, policy: TellingPolicy, place: Place, *, now: datetime
) -> list[DayAlert]:
    """What becomes of every unannounced absence of today, by the facts of today. Two statements."""
    day = place.today(now)
    absent = first_absences(facts)
    announced = _announced(session, [one.pupil_id for one in absent], day)
    until = instant(day, policy.until, place.zone)
    found = []
    for row in _entries(session, absent, day):
        due_at = row.entered_at + policy.delay
        said = row.pupil_id in announced
        judged = verdict(policy, announced=said, at=max(due_at, now), until=until)
        found.append(_day_alert(row, due_at, Verdict.TOLD if row.told_at else judged))
    return found


def _day_alert(row: Any, due_at: datetime, judged: Verdict) -> DayAlert:
    return DayAlert(
        pupil_id=row.pupil_id,
        lesson_id=row.lesson_id,
        number=row.lesson_number,
        subject=subject_words(row.name),
        starts_at=row.starts_at,
        due_at=due_at,
        verdict=judged,
        told_at=row.told_at,
    )


def _entries(session: Session, absent: Sequence[PupilState], day: date) -> list[Any]:
    """The entries of those absences with their lessons and alerts, in the order of lessons."""
    wanted = {(one.lesson.id, one.pupil_id) for one in absent}
    alert = and_(AbsenceAlert.pupil_id == Absence.pupil_id, AbsenceAlert.day == day)
    rows = session.execute(
        select(
            Absence.pupil_id,
            Absence.lesson_id,
            Absence.entered_at,
            Lesson.lesson_number,
            Lesson.starts_at,
            Subject.name,
            AbsenceAlert.told_at,
        )
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .join(Course, Course.id == Lesson.course_id)
        .join(Subject, Subject.id == Course.subject_id)
        .outerjoin(AbsenceAlert, alert)
        .where(
            Absence.lesson_id.in_({lesson_id for lesson_id, _ in wanted}),
            Absence.pupil_id.in_({pupil_id for _, pupil_id in wanted}),
        )
        .order_by(Lesson.starts_at, Absence.id)
    )
    return [row for row in rows if (row.lesson_id, row.pupil_id) in wanted]


def _announced(session: Session, pupil_ids: Iterable[int], day: date) -> set[int]:
    """Whose absence that day is known of, be it confirmed already or not."""
    rows = session.scalars(
        select(Excuse.pupil_id).where(
            Excuse.pupil_id.in_(list(pupil_ids)),
            Excuse.status.in_((*WAITING, "confirmed")),
            covers_day(day),
        )
    )
    return set(rows)


@dataclass(frozen=True, slots=True)
class KnownThreshold:
    """A threshold of the school."""

    id: int
    threshold: Threshold


def thresholds(session: Session) -> list[KnownThreshold]:
    """Those that hold, in the order they were set."""
    rows = session.execute(
        select(
            AbsenceThreshold.id,
            AbsenceThreshold.measure,
            AbsenceThreshold.bound,
            AbsenceThreshold.window_days,
            AbsenceThreshold.codes,
        )
        .where(AbsenceThreshold.dropped_at.is_(None))
        .order_by(AbsenceThreshold.id)
    )
    return [_known(row) for row in rows]


def schools_with_thresholds(session: Session) -> list[int]:
    """Across all of them: whom the nightly check concerns."""
    query = select(AbsenceThreshold.organisation_id).where(AbsenceThreshold.dropped_at.is_(None))
    return list(session.scalars(query.distinct().order_by(AbsenceThreshold.organisation_id)))


def _known(row: Any) -> KnownThreshold:
    threshold = Threshold(
        measure=row.measure,
        bound=row.bound,
        window_days=row.window_days,
        codes=frozenset(row.codes),
    )
    return KnownThreshold(row.id, threshold)


def window_facts(
    session: Session, windows: Collection[timedelta], *, today: date, now: datetime
) -> Facts:
    """Lessons with a register of the widest window, which ends with `today`. Four statements, none
    without windows."""
    if not windows:
        return Facts(lessons=(), roster=())
    tomorrow = today + timedelta(days=1)
    span = Days(tomorrow - max(windows), tomorrow)
    return attendance_facts(session, Chosen(span, now, taken_only=True))


def over_now(facts: Facts, threshold: Threshold, *, today: date) -> list[Over]:
    """Who is over the threshold on that day, by facts of at least its window."""
    first = today - threshold.window + timedelta(days=1)
    return pupils_over(threshold, tallies_since(facts, first))


def open_crossings(session: Session) -> dict[tuple[int, int], datetime]:
    """(threshold, pupil) -> when the staff were told, of crossings that are not over."""
    rows = session.execute(
        select(
            ThresholdCrossing.threshold_id, ThresholdCrossing.pupil_id, ThresholdCrossing.told_at
        ).where(ThresholdCrossing.ended_on.is_(None))
    )
    return {(row[0], row[1]): row[2] for row in rows}
