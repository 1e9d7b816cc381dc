"""The page of alerts: what the school has set, and who would be told of what today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.alerts.queries import (
    DayAlert,
    KnownThreshold,
    Place,
    day_alerts,
    open_crossings,
    over_now,
    telling_policy,
    thresholds,
    window_facts,
)
from journal.attendance.rules.alerts import Over, TellingPolicy, Threshold, Verdict
from journal.attendance.rules.counting import Facts
from journal.core.clock import end_of_day
from journal.messages.queries import ways_of
from journal.messages.rules import Way, can_be_addressed
from journal.people.notices import NoticeKind
from journal.people.person_card import GuardianRef, guardians_of
from journal.school.pupils_named import NamedPupil, named_pupils

_ONE_DAY = timedelta(days=1)
_ORDER = {Verdict.DUE: 0, Verdict.TOLD: 1}
SHOWN = 40  # pupils named below one threshold; the rest are counted


@dataclass(frozen=True, slots=True)
class Told:
    """A guardian and how he is told; None: he declined the electronic service."""

    name: str
    way: Way | None


@dataclass(frozen=True, slots=True)
class AbsentPupil:
    """A pupil whose absence today nobody explained, and his family."""

    pupil: NamedPupil
    alert: DayAlert
    family: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class OverPupil:
    """A pupil over a threshold; `told_at` None: the coming night."""

    pupil: NamedPupil
    figures: Over
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdView:
    """A threshold with everybody over it now. `id` None: a draft nobody has saved."""

    id: int | None
    threshold: Threshold
    over: tuple[OverPupil, ...]

    @property
    def shown(self) -> tuple[OverPupil, ...]:
        """Who is named."""
        return self.over[:SHOWN]

    @property
    def more(self) -> int:
        """How many are not."""
        return len(self.over) - len(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDesk:
    """The page. `ends_at` is when telling families ends today."""

    day: date
    policy: TellingPolicy
    absent: tuple[AbsentPupil, ...]
    thresholds: tuple[ThresholdView, ...]
    draft: ThresholdView | None


def alert_desk(
    session: Session, actor: Actor, *, draft: Threshold | None, now: datetime
) -> AlertDesk:
    """What is set, and whom it would concern today. Twelve statements, whatever the school."""
    place = Place(actor.organisation_id, actor.current.time_zone)
    today, policy = place.today(now), telling_policy(session)
    chosen = thresholds(session)
    asked = [*(one.threshold for one in chosen), *([draft] if draft else [])]
    facts = window_facts(
        session,
        {_ONE_DAY, *(one.window for one in asked)},
        today=today,
        now=end_of_day(today, place.zone),
    )
    alerts = day_alerts(session, _of_day(facts, today), policy, place, now=now)
    over = {one: over_now(facts, one, today=today) for one in asked}
    pupils = _named(session, alerts, over, today)
    told = open_crossings(session)
    return AlertDesk(
        day=today,
        policy=policy,
        absent=_absent(session, alerts, pupils),
        thresholds=tuple(_view(one, over[one.threshold], pupils, told) for one in chosen),
        draft=_view(KnownThreshold(0, draft), over[draft], pupils, {}) if draft else None,
    )


def _of_day(facts: Facts, day: date) -> Facts:
    return replace(facts, lessons=[one for one in facts.lessons if one.day == day])


def _named(
    session: Session,
    alerts: Iterable[DayAlert],
    over: Mapping[Threshold, Sequence[Over]],
    today: date,
) -> dict[int, NamedPupil]:
    ids = {one.pupil_id for one in alerts} | {
        one.pupil_id for found in over.values() for one in found
    }
    return {one.pupil_id: one for one in named_pupils(session, ids, day=today)}


def _absent(
    session: Session, alerts: Iterable[DayAlert], pupils: Mapping[int, NamedPupil]
) -> tuple[AbsentPupil, ...]:
    own = sorted(
        (one for one in alerts if one.pupil_id in pupils),
        key=lambda one: _ORDER.get(one.verdict, 2),  # stable: by lesson
    )
    guardians = guardians_of(session, [one.pupil_id for one in own])
    persons = {one.person_id for family in guardians.values() for one in family}
    ways = ways_of(session, persons, NoticeKind.ABSENCES)
    return tuple(
        AbsentPupil(
            pupils[one.pupil_id],
            one,
            tuple(_told(guardian, ways) for guardian in guardians[one.pupil_id]),
        )
        for one in own
    )


def _told(guardian: GuardianRef, ways: Mapping[int, Way]) -> Told:
    way = ways[guardian.person_id]
    if way is Way.MAIL and not can_be_addressed(guardian.email):
        way = Way.SITE
    return Told(guardian.name, None if guardian.declined_e_service else way)


def _view(
    known: KnownThreshold,
    over: Iterable[Over],
    pupils: Mapping[int, NamedPupil],
    told: Mapping[tuple[int, int], datetime],
) -> ThresholdView:
    return ThresholdView(
        id=known.id or None,
        threshold=known.threshold,
        over=tuple(
            OverPupil(pupils[one.pupil_id], one, told.get((known.id, one.pupil_id)))
            for one in over
            if one.pupil_id in pupils
        ),
    )
