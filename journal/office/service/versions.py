"""Publishing a draft: what stands against it, what would change, the change itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import Origin, record
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.office.queries.publishing import course_titles, existing_lessons, slots_of_version
from journal.office.rules import ExistingLesson, Plan, plan_changes
from journal.office.rules.versions import Difference, Fate, courses_of, difference, fate_of
from journal.office.service.publishing import (
    Published,
    lessons_meant,
    publication,
    still_right,
    write_plan,
)
from journal.school.models import AcademicYear
from journal.school.planning import Planned
from journal.school.rules import Span
from journal.timetable.models import Timetable
from journal.timetable.plan import PlanSlot, VersionHead, plan_slots, version_head, week_places
from journal.timetable.rules import clash_words, week_conflicts
from journal.timetable.service import copy_slots
from journal.timetable.words import WEEKDAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """A published version that the draft meets, and what becomes of it."""

    head: VersionHead
    fate: Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing a draft means. With `faults` it is refused, whole."""

    head: VersionHead
    faults: tuple[Message, ...]
    overlaps: tuple[Overlap, ...]
    plan: Plan
    change: Difference
    titles: dict[int, tuple[str, str]]


def preview(session: Session, timetable_id: int, planned: Planned) -> Preview:
    """Work it out; writes nothing. The number of queries does not depend on the school's size."""
    head = version_head(session, timetable_id)
    titles = course_titles(session, head.academic_year_id)
    plan, existing = _plan(session, head)
    faults = [*slot_faults(session, head), *_foreign(plan, existing, titles, planned)]
    return Preview(
        head=head,
        faults=tuple(faults),
        overlaps=tuple(_overlaps(session, head)),
        plan=plan,
        change=difference(plan, existing),
        titles=titles,
    )


def _plan(session: Session, head: VersionHead) -> tuple[Plan, list[ExistingLesson]]:
    year = session.get(AcademicYear, head.academic_year_id)
    if year is None:
        raise NotFound()
    wanted = lessons_meant(session, year, slots_of_version(session, head.id))
    existing = existing_lessons(session, year.id, head.span)
    return plan_changes(wanted, existing), existing


def slot_faults(session: Session, head: VersionHead) -> list[Message]:
    """Everything that cannot be held: no bell, a teacher, a room, a class, a pupil twice."""
    slots = plan_slots(session, head.id)
    found = [_without_bell(one) for one in slots if one.times is None]
    known = {one.id: one for one in slots}
    for slot_id, conflicts in week_conflicts(week_places(session, slots, head.span)).items():
        for conflict in conflicts:
            if slot_id < conflict.other:
                one, other = known[slot_id], known[conflict.other]
                for words in clash_words(conflict.reasons, other.title):
                    found.append(N_("%(place)s: %(words)s.", place=_place(one), words=words))
    if not slots:
        found.append(N_("The draft holds no lessons. Place them first."))
    return found


def _without_bell(slot: PlanSlot) -> Message:
    return N_(
        "%(place)s: the bells of the class have no lesson %(number)s.",
        place=_place(slot),
        number=slot.number,
    )


def _place(slot: PlanSlot) -> Message:
    return N_(
        "%(weekday)s, lesson %(number)s, %(title)s",
        weekday=WEEKDAYS[slot.weekday],
        number=slot.number,
        title=slot.title,
    )


def _foreign(
    plan: Plan,
    existing: Iterable[ExistingLesson],
    titles: dict[int, tuple[str, str]],
    planned: Planned,
) -> list[Message]:
    """Who plans some classes publishes no change of others."""
    changed = courses_of(plan, {one.id: one for one in existing})
    keys = {titles[one][0] for one in changed if one in titles}
    others = sorted(key for key in keys if not planned.covers(key.split(",")))
    return [
        N_("The draft changes lessons of %(classes)s, which you do not plan.", classes=key)
        for key in others
    ]


def _overlaps(session: Session, head: VersionHead) -> Iterable[Overlap]:
    ids = session.scalars(
        select(Timetable.id)
        .where(
            Timetable.academic_year_id == head.academic_year_id,
            Timetable.status == "published",
            Timetable.starts_on < head.ends_before,
            Timetable.ends_before > head.starts_on,
        )
        .order_by(Timetable.starts_on)
    ).all()
    for one in ids:
        older = version_head(session, one)
        fate = fate_of(older.span, head.span)
        if fate is not None:
            yield Overlap(head=older, fate=fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPlan:
    """What `prepare` worked out, for `publish` to write."""

    head: VersionHead
    plan: Plan


def prepare(session: Session, timetable_id: int, *, version: int, planned: Planned) -> ReadyPlan:
    """Check and plan outside of the writing transaction. Raises RuleViolation with the reason."""
    shown = preview(session, timetable_id, planned)
    if not shown.head.draft or shown.head.version != version:
        raise RuleViolation(
            "version", N_("The draft was changed meanwhile. Look at the changes once more.")
        )
    if shown.faults:
        raise RuleViolation("version", shown.faults[0])
    return ReadyPlan(head=shown.head, plan=shown.plan)


def publish(session: Session, ready: ReadyPlan, *, origin: Origin, now: datetime) -> Published:
    """Write it, in the caller's transaction: versions first, then lessons in bulk."""
    draft = session.scalar(select(Timetable).where(Timetable.id == ready.head.id).with_for_update())
    if draft is None or draft.status != "draft" or draft.version != ready.head.version:
        raise RuleViolation(
            "version", N_("The draft was changed meanwhile. Look at the changes once more.")
        )
    for overlap in list(_overlaps(session, ready.head)):
        _yield_days(session, overlap, ready.head.span)
    draft.status, draft.published_at = "published", now
    session.flush()
    plan = still_right(session, draft.academic_year_id, ready.head.span, ready.plan)
    write_plan(session, draft.organisation_id, plan)
    published = Published.of(plan)
    change = publication("timetable", ready.head.id, published)
    record(session, organisation_id=draft.organisation_id, origin=origin, change=change, now=now)
    return published


def _yield_days(session: Session, overlap: Overlap, span: Span) -> None:
    """The older version gives up the days of the new one; its lessons there are compared later."""
    older = session.get_one(Timetable, overlap.head.id)
    assert span.ends_before is not None
    if overlap.fate is Fate.REPLACED:
        older.status = "replaced"
    elif overlap.fate is Fate.BEGINS_LATER:
        older.starts_on = span.ends_before
    elif overlap.fate is Fate.ENDS_EARLIER:
        older.ends_before = span.starts_on
    else:
        rest = Timetable(
            organisation_id=older.organisation_id,
            academic_year_id=older.academic_year_id,
            starts_on=span.ends_before,
            ends_before=older.ends_before,
            status="published",
            note=older.note,
            published_at=older.published_at,
        )
        older.ends_before = span.starts_on
        session.add(rest)
        session.flush()
        copy_slots(session, older.id, rest)
    session.flush()
