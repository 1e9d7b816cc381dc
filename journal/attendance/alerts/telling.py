"""What the jobs of alerts do: families told of absences, staff of crossed thresholds.

Both may run twice, and in two processes at once: what was told stands in a row that can be there
only once, and who could not write it tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import update
from sqlalchemy.orm import Session

from journal.access import Permission
from journal.attendance.alerts.models import AbsenceAlert, ThresholdCrossing
from journal.attendance.alerts.queries import (
    DayAlert,
    KnownThreshold,
    Place,
    classes_with_absences,
    day_alerts,
    facts_of_day,
    mistaken_alerts,
    open_crossings,
    over_now,
    telling_policy,
    thresholds,
    window_facts,
)
from journal.attendance.rules.alerts import Over, Verdict, threshold_words
from journal.core.db import inserted
from journal.core.messages import N_, Message
from journal.people.notices import Link, NoticeKind, Recipients
from journal.people.telling import notify
from journal.school.pupils_named import NamedPupil, named_pupils

NAMED = 12  # pupils named in one sentence to the specialist; the rest are counted


def tell_absences(session: Session, place: Place, *, now: datetime) -> int:
    """Tell families of unannounced absences of today whose time has come, and of entries that were
    a mistake. Returns how many families hear of it."""
    day = place.today(now)
    told = 0
    for one in _due(session, place, now):
        alert = AbsenceAlert(
            organisation_id=place.organisation_id,
            pupil_id=one.pupil_id,
            day=day,
            lesson_id=one.lesson_id,
            told_at=now,
        )
        if inserted(session, alert):
            _tell_family(session, place, one.pupil_id, _absent(session, one, day), "absence", now)
            told += 1
    return told + _put_right(session, place, day, now)


def any_absence_due(session: Session, place: Place, *, now: datetime) -> bool:
    """Whether `tell_absences` would tell anybody: a reader's question."""
    return bool(_due(session, place, now)) or bool(mistaken_alerts(session, day=place.today(now)))


def _due(session: Session, place: Place, now: datetime) -> list[DayAlert]:
    classes = classes_with_absences(session, place.today(now))
    if not classes:
        return []
    facts = facts_of_day(session, place, now=now, class_ids=classes)
    found = day_alerts(session, facts, telling_policy(session), place, now=now)
    return [one for one in found if one.verdict is Verdict.DUE and one.due_at <= now]


def _absent(session: Session, one: DayAlert, day: date) -> Message:
    return N_(
        "%(pupil)s is marked absent: lesson %(number)s, %(subject)s, begun %(moment)s. The school "
        "knows no reason. If you know it, tell the class teacher.",
        pupil=_name(session, one.pupil_id, day),
        number=one.number,
        subject=one.subject,
        moment=one.starts_at,
    )


def _put_right(session: Session, place: Place, day: date, now: datetime) -> int:
    wrong = mistaken_alerts(session, day=day)
    for alert, minutes in wrong:
        alert.corrected_at = now
        name = _name(session, alert.pupil_id, day)
        message = N_(
            "%(pupil)s was in the lesson after all: the absence is taken back.", pupil=name
        )
        if minutes is not None:
            message = N_("%(pupil)s came, %(minutes)s minutes late.", pupil=name, minutes=minutes)
        _tell_family(session, place, alert.pupil_id, message, "correction", now)
    return len(wrong)


def _name(session: Session, pupil_id: int, day: date) -> str:
    found = named_pupils(session, [pupil_id], day=day)
    return found[0].name if found else ""


def _tell_family(
    session: Session, place: Place, pupil_id: int, message: Message, what: str, now: datetime
) -> None:
    """The link of an absence leads to the notice that explains it, that of a correction to the
    child's absences."""
    link = Link("family_excuses.new", {"pupil": pupil_id})
    if what == "correction":
        link = Link("pupil.absences", {"pupil_id": pupil_id})
    notify(
        session,
        organisation_id=place.organisation_id,
        kind=NoticeKind.ABSENCES,
        to=Recipients(guardians_of=[pupil_id]),
        message=message,
        link=link,
        key=f"{what}-{pupil_id}-{place.today(now)}",
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Crossings:
    """Of one threshold: who is over it now, told or not."""

    known: KnownThreshold
    over: Sequence[Over]


def crossings_now(session: Session, place: Place, *, now: datetime) -> list[Crossings]:
    """Who is over which threshold: the reading part, to be done outside of a transaction."""
    chosen = thresholds(session)
    today = place.today(now)
    windows = {one.threshold.window for one in chosen}
    facts = window_facts(session, windows, today=today, now=now)
    return [Crossings(one, over_now(facts, one.threshold, today=today)) for one in chosen]


def tell_crossings(
    session: Session, place: Place, found: Iterable[Crossings], *, now: datetime
) -> int:
    """Tell the class teachers and the specialists of pupils who are newly over a threshold, and
    close the crossings that ended. Returns how many pupils were told of."""
    known = open_crossings(session)
    told = 0
    for one in found:
        _close_ended(session, one, known, place.today(now))
        fresh = {
            over.pupil_id: over for over in one.over if (one.known.id, over.pupil_id) not in known
        }
        named = [
            pupil
            for pupil in named_pupils(session, fresh, day=place.today(now))
            if inserted(session, _crossing(place, one, fresh[pupil.pupil_id], now))
        ]
        _tell_staff(session, place, one.known, named, fresh, now)
        told += len(named)
    return told


def _crossing(place: Place, one: Crossings, over: Over, now: datetime) -> ThresholdCrossing:
    return ThresholdCrossing(
        organisation_id=place.organisation_id,
        threshold_id=one.known.id,
        pupil_id=over.pupil_id,
        missed=over.missed,
        due=over.due,
        told_at=now,
    )


def _close_ended(
    session: Session, one: Crossings, known: Mapping[tuple[int, int], datetime], today: date
) -> None:
    over = {pupil.pupil_id for pupil in one.over}
    ended = [
        pupil_id
        for threshold_id, pupil_id in known
        if threshold_id == one.known.id and pupil_id not in over
    ]
    if ended:
        session.execute(
            update(ThresholdCrossing)
            .where(
                ThresholdCrossing.threshold_id == one.known.id,
                ThresholdCrossing.pupil_id.in_(ended),
                ThresholdCrossing.ended_on.is_(None),
            )
            .values(ended_on=today)
            .execution_options(synchronize_session=False)
        )


def _tell_staff(
    session: Session,
    place: Place,
    known: KnownThreshold,
    named: Sequence[NamedPupil],
    over: Mapping[int, Over],
    now: datetime,
) -> None:
    """A sentence to each class teacher of his pupils, one to the specialists of everybody."""
    if not named:
        return
    for class_id, own in groupby(named, key=lambda one: one.class_group_id):
        to = Recipients(class_teachers_of=[class_id])
        _tell_of(session, place, known, to, list(own), over, Link("class_teacher.home"), now)
    to = Recipients(may=Permission.READ_RISK)
    _tell_of(session, place, known, to, named, over, Link("specialist.home"), now)


def _tell_of(
    session: Session,
    place: Place,
    known: KnownThreshold,
    to: Recipients,
    named: Sequence[NamedPupil],
    over: Mapping[int, Over],
    link: Link,
    now: datetime,
) -> None:
    notify(
        session,
        organisation_id=place.organisation_id,
        kind=NoticeKind.THRESHOLDS,
        to=to,
        message=_over_words(known, named, over),
        link=link,
        now=now,
    )


def _over_words(
    known: KnownThreshold, named: Sequence[NamedPupil], over: Mapping[int, Over]
) -> Message:
    names = "; ".join(_figures(one, over[one.pupil_id]) for one in named[:NAMED])
    facts = {"rule": threshold_words(known.threshold), "names": names}
    more = len(named) - NAMED
    if more <= 0:
        return N_("Absences over the threshold (%(rule)s): %(names)s.", **facts)
    return N_(
        "Absences over the threshold (%(rule)s): %(names)s and %(more)s more.", **facts, more=more
    )


def _figures(one: NamedPupil, over: Over) -> str:
    return f"{one.name}, {one.class_name}: {over.missed}/{over.due}"
