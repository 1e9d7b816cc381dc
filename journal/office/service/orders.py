"""Orders about whole days: frost, quarantine, distance learning; absences of staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from journal.core.audit import Change
from journal.core.db import bulk_insert
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_, Message
from journal.lessons.models import Lesson
from journal.office.models import DayOrder, DayOrderClass, Substitution
from journal.office.queries.lessons import LessonFacts, hold_lessons, lessons_where
from journal.office.service.office import Office
from journal.school.models import ClassGroup
from journal.school.planning import planned_classes

LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """What an order says; days half-open."""

    kind: str
    mode: str
    class_ids: frozenset[int]
    starts_on: date
    ends_before: date
    order_number: str
    order_date: date


@dataclass(frozen=True, slots=True)
class Carried:
    """How many lessons an order changed or gave back; `left` stay because something is written."""

    order_id: int
    changed: int
    left: int


def give_order(office: Office, draft: OrderDraft) -> Carried:
    """Cancel the lessons of the classes, or make them remote, in one act.

    A lesson shared with a class that is not in the order takes place as planned.
    """
    names = _check(office, draft)
    order = DayOrder(
        organisation_id=office.actor.organisation_id,
        kind=draft.kind,
        mode=draft.mode,
        starts_on=draft.starts_on,
        ends_before=draft.ends_before,
        order_number=draft.order_number,
        order_date=draft.order_date,
        made_at=office.now,
        made_by=office.actor.current.staff_id,
    )
    office.session.add(order)
    office.session.flush()
    own = {"organisation_id": order.organisation_id, "day_order_id": order.id}
    office.session.add_all(DayOrderClass(**own, class_group_id=one) for one in draft.class_ids)
    lessons = _concerned(office, draft, names)
    changed = [one for one in lessons if not one.written and not one.taken]
    _change(office, order, changed)
    carried = Carried(order.id, len(changed), len(lessons) - len(changed))
    facts = {"classes": sorted(names), "order_number": order.order_number, "lessons": len(changed)}
    _log(office, order, "give_order", facts)
    _tell(office, order, changed, draft.class_ids, _GIVEN[order.mode])
    return carried


def _check(office: Office, draft: OrderDraft) -> frozenset[str]:
    """The names of the classes; refuses what makes no order."""
    if draft.ends_before <= draft.starts_on:
        raise RuleViolation("last_day", N_("The last day is before the first. Correct it."))
    if draft.ends_before - draft.starts_on > LONGEST:
        raise RuleViolation("last_day", N_("An order holds for 60 days at most. Shorten it."))
    rows = office.session.execute(
        select(ClassGroup.id, ClassGroup.name, ClassGroup.academic_year_id).where(
            ClassGroup.id.in_(draft.class_ids)
        )
    ).all()
    if len(rows) < len(draft.class_ids):
        raise NotFound()
    if not rows:
        raise RuleViolation("classes", N_("Choose at least one class."))
    for _, name, year_id in rows:
        planned_classes(office.session, office.actor, year_id).require([name])
    return frozenset(row.name for row in rows)


def _concerned(office: Office, draft: OrderDraft, names: frozenset[str]) -> list[LessonFacts]:
    days = (Lesson.held_on >= draft.starts_on, Lesson.held_on < draft.ends_before)
    hold_lessons(office.session, *days)
    found = lessons_where(office.session, *days, Lesson.status == "scheduled")
    if draft.mode == "distance":
        found = [one for one in found if one.mode != "distance"]
    return [one for one in found if one.classes <= names]


def _change(office: Office, order: DayOrder, lessons: Sequence[LessonFacts]) -> None:
    fresh = [one for one in lessons if one.substitution_id is None]
    bulk_insert(office.session, Substitution, [_kept(office, order, one) for one in fresh])
    known = [one.substitution_id for one in lessons if one.substitution_id is not None]
    _update(office, Substitution, known, day_order_id=order.id)
    value = {"status": "cancelled"} if order.mode == "cancelled" else {"mode": "distance"}
    _update(office, Lesson, [one.id for one in lessons], version=Lesson.version + 1, **value)
    office.session.expire_all()


def _kept(office: Office, order: DayOrder, lesson: LessonFacts) -> dict[str, Any]:
    return {
        "organisation_id": order.organisation_id,
        "lesson_id": lesson.id,
        "planned_staff_id": lesson.planned_staff_id or lesson.staff_id,
        "planned_room_id": lesson.room_id,
        "planned_mode": lesson.mode,
        "day_order_id": order.id,
        "made_at": office.now,
        "made_by": office.actor.current.staff_id,
    }


def revoke_order(office: Office, order_id: int) -> Carried:
    """Give the lessons back that nothing was written in; substitutions made in them stay."""
    order = office.session.get(DayOrder, order_id)
    if order is None:
        raise NotFound()
    if order.revoked_at is not None:
        raise RuleViolation("order", N_("The order is revoked already."))
    changed = select(Substitution.lesson_id).where(Substitution.day_order_id == order.id)
    hold_lessons(office.session, Lesson.id.in_(changed))
    lessons = lessons_where(office.session, Substitution.day_order_id == order.id)
    for one in lessons:
        planned_classes(office.session, office.actor, one.year_id).require(one.classes)
    back = [one for one in lessons if not one.written and not one.taken]
    ids = [one.id for one in back]
    _update(office, Lesson, ids, status="scheduled", version=Lesson.version + 1)
    _give_mode_back(office, ids)
    _forget(office, back)
    order.revoked_at = office.now
    office.session.flush()
    office.session.expire_all()
    _log(office, order, "revoke_order", {"lessons": len(back)})
    classes = office.session.scalars(
        select(DayOrderClass.class_group_id).where(DayOrderClass.day_order_id == order.id)
    )
    _tell(office, order, back, classes.all(), _REVOKED)
    return Carried(order.id, len(back), len(lessons) - len(back))


def _give_mode_back(office: Office, lesson_ids: Sequence[int]) -> None:
    for mode in ("on_site", "distance"):
        of_mode = select(Substitution.lesson_id).where(
            Substitution.lesson_id.in_(lesson_ids), Substitution.planned_mode == mode
        )
        _update(office, Lesson, list(office.session.scalars(of_mode)), mode=mode)


def _forget(office: Office, lessons: Iterable[LessonFacts]) -> None:
    """A substitution stays known; a lesson that is as planned again needs no memory."""
    plain = [one.substitution_id for one in lessons if one.planned_staff_id is None]
    office.session.execute(
        delete(Substitution)
        .where(Substitution.id.in_(plain), Substitution.made_lesson_id.is_(None))
        .execution_options(synchronize_session=False)
    )
    rest = [one.substitution_id for one in lessons if one.planned_staff_id is not None]
    _update(office, Substitution, rest, day_order_id=None)


def _update(office: Office, model: Any, ids: Sequence[int | None], **values: Any) -> None:
    office.session.execute(
        update(model)
        .where(model.id.in_(list(ids)))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _log(office: Office, order: DayOrder, action: str, facts: dict[str, Any]) -> None:
    office.log(Change(action=action, object_type="day_order", object_id=order.id, after=facts))


_GIVEN: dict[str, Message] = {
    "cancelled": N_("%(first)s – %(last)s: lessons are cancelled, order № %(number)s."),
    "distance": N_("%(first)s – %(last)s: lessons are held remotely, order № %(number)s."),
}
_REVOKED = N_("%(first)s – %(last)s: lessons take place as planned, order № %(number)s is revoked.")


def _tell(
    office: Office,
    order: DayOrder,
    lessons: Iterable[LessonFacts],
    class_ids: Iterable[int],
    words: Message,
) -> None:
    params = {
        "first": order.starts_on,
        "last": order.ends_before - timedelta(days=1),
        "number": order.order_number,
    }
    message = Message(words.key, params)
    office.teller.order(lessons, class_ids, order.starts_on, message)
