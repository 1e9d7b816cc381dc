"""Commands of the roll-over: decide of single pupils, roll, undo."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import Change, Origin, record
from journal.core.db import bulk_insert
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.rollover.classes import held_classes, make_classes
from journal.office.rollover.models import Promotion, YearTurn
from journal.office.rollover.queries import old_classes, old_pupils
from journal.office.rollover.rules import Decision, Going, TurnPlan, plan_turn
from journal.office.setup.rows import may_set_up
from journal.people.models import Pupil
from journal.school.calendar import YearSpan
from journal.school.models import ClassMembership, Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnChoices:
    """What the administrator chose: classes that end, first classes, the order."""

    leaving: frozenset[int]
    firsts: tuple[str, ...]
    order_number: str | None = None
    order_date: date | None = None


def decide(
    session: Session, actor: Actor, *, year: YearSpan, decisions: Mapping[int, Decision]
) -> None:
    """Note what becomes of those pupils; «promoted» is no exception and needs no row."""
    may_set_up(actor)
    known = {one.pupil_id for one in old_pupils(session, year)}
    if not decisions.keys() <= known:
        raise NotFound()
    _check_undone(session, year.id)
    held = {
        row.pupil_id: row
        for row in session.scalars(select(Promotion).filter_by(academic_year_id=year.id))
    }
    for pupil_id, decision in decisions.items():
        row = held.get(pupil_id)
        if row is not None and decision is Decision.PROMOTED:
            session.delete(row)
        elif row is not None:
            row.decision = decision.value
        elif decision is not Decision.PROMOTED:
            ids = {"academic_year_id": year.id, "pupil_id": pupil_id}
            place = {"organisation_id": actor.organisation_id}
            session.add(Promotion(decision=decision.value, **ids, **place))
    session.flush()


def _check_undone(session: Session, year_id: int) -> None:
    if session.scalar(select(YearTurn.id).filter_by(from_year_id=year_id)) is not None:
        message = N_("The year was rolled over already. Undo it first.")
        raise RuleViolation("", message)


def read_plan(session: Session, year: YearSpan, choices: TurnChoices) -> TurnPlan:
    """What the roll-over would do; nothing is written."""
    return plan_turn(
        old_classes(session, year.id),
        old_pupils(session, year),
        leaving=choices.leaving,
        firsts=choices.firsts,
    )


def turn_year(
    session: Session,
    *,
    organisation_id: int,
    old: YearSpan,
    new: YearSpan,
    choices: TurnChoices,
    origin: Origin,
    now: datetime,
) -> TurnPlan:
    """Roll the year over. RuleViolation when it was done before or the plan has problems."""
    _check_undone(session, old.id)
    plan = read_plan(session, old, choices)
    if plan.problems:
        raise RuleViolation("", plan.problems[0])
    order = {"order_number": choices.order_number, "order_date": choices.order_date}
    ids = {"from_year_id": old.id, "to_year_id": new.id}
    before = _before(session, old, new)
    turn = YearTurn(organisation_id=organisation_id, done_at=now, before=before, **ids, **order)
    session.add(turn)
    session.flush()
    classes = make_classes(session, organisation_id, old, new, plan)
    _write_goings(session, turn, _Years(old, new), plan, classes)
    _note(session, turn, plan, origin, now)
    return plan


def _before(session: Session, old: YearSpan, new: YearSpan) -> str:
    """See `YearTurn`."""
    taken = select(Promotion.pupil_id, Promotion.decision).filter_by(academic_year_id=old.id)
    decisions = {row.pupil_id: row.decision for row in session.execute(taken)}
    classes = sorted(held_classes(session, new).values())
    return json.dumps({"classes": classes, "decisions": decisions})


def _note(session: Session, turn: YearTurn, plan: TurnPlan, origin: Origin, now: datetime) -> None:
    counts = {decision.value: plan.count(decision) for decision in Decision}
    entry = Change(
        action="turn_year", object_type="academic_year", object_id=turn.to_year_id, after=counts
    )
    record(session, organisation_id=turn.organisation_id, origin=origin, change=entry, now=now)


@dataclass(frozen=True, slots=True)
class _Years:
    """The ending year and the coming one."""

    old: YearSpan
    new: YearSpan


def _write_goings(
    session: Session, turn: YearTurn, years: _Years, plan: TurnPlan, classes: Mapping[str, int]
) -> None:
    place = {"organisation_id": turn.organisation_id}
    session.execute(
        delete(Promotion)
        .where(Promotion.academic_year_id == years.old.id)
        .execution_options(synchronize_session=False)
    )
    promotions = [_promotion(one, turn, years.old) | place for one in plan.goings]
    bulk_insert(session, Promotion, promotions)
    leavers = [one for one in plan.goings if one.class_name is None]
    order = {"order_number": turn.order_number, "order_date": turn.order_date}
    leaving = {"kind": "leaving", "happens_on": years.old.ends_before, **order, **place}
    movements = [{"pupil_id": one.pupil.pupil_id, **leaving} for one in leavers]
    bulk_insert(session, Movement, movements)
    _end_stays(session, plan, years)
    stays = [
        {"pupil_id": one.pupil.pupil_id, "class_group_id": classes[one.class_name], **place}
        | {"starts_on": years.new.starts_on}
        for one in plan.goings
        if one.class_name is not None
    ]
    bulk_insert(session, ClassMembership, stays)
    _name_entry_classes(session, plan)


def _promotion(one: Going, turn: YearTurn, old: YearSpan) -> dict[str, object]:
    return {
        "academic_year_id": old.id,
        "pupil_id": one.pupil.pupil_id,
        "decision": one.decision.value,
        "year_turn_id": turn.id,
        "membership_id": one.pupil.membership_id,
        "entry_class_before": one.pupil.entry_class,
    }


def _end_stays(session: Session, plan: TurnPlan, years: _Years) -> None:
    """Who goes on is in his class over the summer; who leaves is not."""
    for day, stay_on in ((years.new.starts_on, True), (years.old.ends_before, False)):
        ids = [
            one.pupil.membership_id
            for one in plan.goings
            if (one.class_name is not None) is stay_on
        ]
        _set(session, ids, day)


def _set(session: Session, membership_ids: list[int], ends_before: date | None) -> None:
    for start in range(0, len(membership_ids), 500):
        session.execute(
            update(ClassMembership)
            .where(ClassMembership.id.in_(membership_ids[start : start + 500]))
            .values(ends_before=ends_before)
            .execution_options(synchronize_session=False)
        )


def _name_entry_classes(session: Session, plan: TurnPlan) -> None:
    """The list of pupils names the class of the year's first day."""
    by_name: dict[str, list[int]] = {}
    for one in plan.goings:
        if one.class_name is not None:
            by_name.setdefault(one.class_name, []).append(one.pupil.pupil_id)
    for name, pupil_ids in by_name.items():
        session.execute(
            update(Pupil)
            .where(Pupil.id.in_(pupil_ids))
            .values(entry_class=name)
            .execution_options(synchronize_session=False)
        )
