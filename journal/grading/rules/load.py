"""The load guard: how many assessments and how much homework a class gets (domain.md).

It only tells, before anything is saved; the teacher decides. Distances are counted in calendar
days, breaks included: two assessments of a subject lie at least 2.5 weeks apart when 18 days or
more are between their dates (17.5 days rounded up to whole ones).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.core.messages import N_, Message

APART = timedelta(days=18)
_MINUTES = {1: 60, 2: 90, 3: 90, 4: 120, 5: 120, 6: 150, 7: 150, 8: 150}
_MINUTES_OF_OLDER = 210


def homework_limit(grade: int) -> int:
    """Minutes of homework a day that a grade may get."""
    return _MINUTES.get(grade, _MINUTES_OF_OLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A work that counts, in a lesson that is not cancelled. `whole` is that of a whole class:
    the works of subgroups are shown, but they do not fill a class's day."""

    lesson_id: int
    class_name: str
    held_on: date
    number: int
    subject_id: int
    subject: str
    teacher: str
    work: str
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLesson:
    """A lesson of a class on the day at hand."""

    class_name: str
    number: int


def assessment_warnings(
    planned: Assessment, others: Iterable[Assessment], day: Iterable[ClassLesson]
) -> list[Message]:
    """What speaks against an assessment of a whole class in this lesson.

    `others` are assessments of its class around the day, `day` the lessons of the class that day.
    """
    if not planned.whole:
        return []
    mine = [
        one
        for one in others
        if one.whole and one.class_name == planned.class_name and one.lesson_id != planned.lesson_id
    ]
    return [*_same_day(planned, mine), *_edge(planned, day), *_too_near(planned, mine)]


def _same_day(planned: Assessment, others: Iterable[Assessment]) -> list[Message]:
    return [
        N_(
            "%(class)s already has an assessment that day: %(subject)s, %(work)s, "
            "lesson %(number)s, %(teacher)s.",
            **{"class": planned.class_name},
            subject=one.subject,
            work=one.work,
            number=one.number,
            teacher=one.teacher,
        )
        for one in others
        if one.held_on == planned.held_on
    ]


def _edge(planned: Assessment, day: Iterable[ClassLesson]) -> list[Message]:
    numbers = [one.number for one in day if one.class_name == planned.class_name]
    class_name = {"class": planned.class_name}
    if len(set(numbers)) < 2:
        return []
    if planned.number == min(numbers):
        return [N_("This is the first lesson of %(class)s that day.", **class_name)]
    if planned.number == max(numbers):
        return [N_("This is the last lesson of %(class)s that day.", **class_name)]
    return []


def _too_near(planned: Assessment, others: Iterable[Assessment]) -> list[Message]:
    return [
        N_(
            "%(class)s has an assessment of the subject on %(day)s (%(work)s): less than "
            "2.5 weeks apart.",
            **{"class": planned.class_name},
            day=one.held_on,
            work=one.work,
        )
        for one in others
        if one.subject_id == planned.subject_id
        and one.held_on != planned.held_on
        and abs(one.held_on - planned.held_on) < APART
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueHomework:
    """Homework of a course that is due on the day at hand; `subgroup` is empty for the class."""

    class_name: str
    grade: int
    lesson_id: int
    subject: str
    subgroup: str
    minutes: int


def homework_minutes(due: Iterable[DueHomework]) -> dict[str, int]:
    """Minutes by subject: a pupil is in one subgroup, so of subgroups the longest counts."""
    whole: dict[str, int] = {}
    parted: dict[str, dict[str, int]] = {}
    for one in due:
        if one.subgroup:
            groups = parted.setdefault(one.subject, {})
            groups[one.subgroup] = groups.get(one.subgroup, 0) + one.minutes
        else:
            whole[one.subject] = whole.get(one.subject, 0) + one.minutes
    for subject, groups in parted.items():
        whole[subject] = whole.get(subject, 0) + max(groups.values())
    return whole


def homework_warnings(planned: DueHomework, due: Sequence[DueHomework], on: date) -> list[Message]:
    """What the class would have to do for the day `on` with the planned homework, if too much."""
    mine = planned.class_name
    others = [one for one in due if one.class_name == mine and one.lesson_id != planned.lesson_id]
    before = homework_minutes(others)
    after = sum(homework_minutes([*others, planned]).values())
    limit = homework_limit(planned.grade)
    if after <= limit:
        return []
    told = N_(
        "%(class)s would have %(sum)s minutes of homework for %(day)s, %(limit)s are the norm "
        "of grade %(grade)s.",
        **{"class": planned.class_name},
        sum=after,
        day=on,
        limit=limit,
        grade=planned.grade,
    )
    listed = ", ".join(f"{subject} {minutes}" for subject, minutes in sorted(before.items()))
    others_set = N_("Homework set for that day by others, minutes: %(listed)s.", listed=listed)
    return [told, others_set] if listed else [told]
