"""Works planned for the coming weeks by the КТП, and homework of single pupils, in the classes of
the family whose login is printed."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from journal.demo.ground import Ground
from journal.demo.pupils import FAMILY_CLASSES
from journal.grading.models import Work, WorkType
from journal.lessons.models import IndividualHomework, IndividualHomeworkPupil, Lesson
from journal.lessons.queries.plans import slots_of_courses, topics_of_courses
from journal.lessons.rules.planning import attach

_AHEAD = timedelta(weeks=3)
_CARDS = 2


def plan_works(ground: Ground) -> None:
    """An assessment in every coming lesson whose topic of the plan asks for one."""
    for name in FAMILY_CLASSES:
        ids = [one for key, one in ground.courses.items() if name in key.split("|")[0].split(",")]
        _of_courses(ground, ids)
        if name == FAMILY_CLASSES[1]:
            _give_cards(ground, ids)
    ground.session.flush()


def _of_courses(ground: Ground, course_ids: list[int]) -> None:
    topics = topics_of_courses(ground.session, course_ids)
    slots = slots_of_courses(ground.session, course_ids)
    kinds = {one.name: one for one in ground.session.scalars(select(WorkType))}
    for course_id, plan in topics.items():
        own = slots.get(course_id, [])
        found = attach(plan, own)
        coming = [one for one in own if ground.now < one.ends_at < ground.now + _AHEAD]
        for slot in coming:
            kind = kinds.get(found[slot.id].topic.work_type) if slot.id in found else None
            if kind is not None and kind.assessment:
                place = {"organisation_id": ground.organisation_id, "lesson_id": slot.id}
                work = Work(work_type_id=kind.id, weight=kind.weight, **place)
                ground.session.add(work)


def _give_cards(ground: Ground, course_ids: list[int]) -> None:
    """The last lessons before now: cards for the elder child of the family."""
    lessons = ground.session.execute(
        select(Lesson.id, Lesson.held_on)
        .where(Lesson.course_id.in_(course_ids), Lesson.ends_at < ground.now)
        .order_by(Lesson.ends_at.desc())
        .limit(_CARDS)
    )
    for number, (lesson_id, held_on) in enumerate(lessons, 1):
        place = {"organisation_id": ground.organisation_id}
        task = IndividualHomework(
            lesson_id=lesson_id,
            text=f"Карточка {number}: повторить тему прошлого урока",
            due_on=held_on + timedelta(days=7),
            minutes=15,
            entered_at=ground.now,
            **place,
        )
        ground.session.add(task)
        ground.session.flush()
        link = IndividualHomeworkPupil(
            homework_id=task.id, pupil_id=ground.pupils[ground.school.shown_child].id, **place
        )
        ground.session.add(link)
