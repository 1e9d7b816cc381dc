"""Marks of one lesson. Pure; chances come from the lesson and the pupil alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from journal.demo.load import rows_of, subjects
from journal.demo.model import DemoCourse
from journal.demo.plans import PlannedLesson, family_of, work_kinds
from journal.demo.pupils import DemoPupil

ANSWER, HOME_WORK = "Ответ на уроке", "Домашняя работа"
_CONTENT_AND_SPELLING = ("Содержание", "Грамотность")
_TWO_MARKS = {"Сочинение": _CONTENT_AND_SPELLING, "Изложение": _CONTENT_AND_SPELLING}
_RETAKEN = frozenset({"Контрольная работа", "Диктант", "Самостоятельная работа"})
_RETAKE_AFTER, _DOT_DAYS = 8, 14
_COMMENTED = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNote:
    """One mark; `weight` None = the type's own, `retake_of` the number of the mark retaken."""

    file: str
    work: str
    value: str
    weight: int | None = None
    comment: str | None = None
    caption: str | None = None
    number: int = 1
    retake_of: int | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """A lesson as marks see it: who came, who did not, how many days ago it was."""

    course: DemoCourse
    day: date
    planned: PlannedLesson
    present: Sequence[DemoPupil]
    absent: Sequence[DemoPupil]
    released: frozenset[str]  # from practice: no standards to pass
    age: int


def lesson_marks(rng: Random, one: Situation) -> Iterator[MarkNote]:
    """The marks of a lesson: of its written work, else of a few answers."""
    scale = subjects()[one.course.subject].scale
    if scale == "без отметок" or one.course.grade == 1:
        return
    if scale == "зачёт":
        yield from _passes(rng, one)
    elif one.planned.work:
        yield from _work_marks(rng, one)
    else:
        yield from _answers(rng, one)


def _passes(rng: Random, one: Situation) -> Iterator[MarkNote]:
    if rng.random() < 0.35:
        for pupil in one.present:
            if rng.random() < 0.5:
                value = "зач" if rng.random() < 0.75 + pupil.skill / 25 else "незач"
                yield MarkNote(file=pupil.file, work=ANSWER, value=value)


def _answers(rng: Random, one: Situation) -> Iterator[MarkNote]:
    wanted = rng.randint(0, 2 * family_of(one.course.subject).answers)
    wanted = min(wanted, len(one.present) // 3)
    written = rng.random() < 0.25
    for pupil in rng.sample(list(one.present), wanted):
        value = _value(rng, pupil, one.course.subject, hard=False)
        work = HOME_WORK if written else ANSWER
        yield MarkNote(file=pupil.file, work=work, value=value, comment=_comment(rng, value))


def _work_marks(rng: Random, one: Situation) -> Iterator[MarkNote]:
    """Everybody's mark once the work is checked, a • for those who must write it later."""
    kind = work_kinds()[one.planned.work]
    if one.age < rng.randint(0, kind.checking_days or 0):
        return  # still being checked
    weight = kind.weight + 1 if rng.random() < 0.05 else None
    for pupil in one.present:
        own = Random(f"{rng.random()}|{pupil.file}")
        if pupil.file in one.released and kind.name == "Норматив":
            yield MarkNote(file=pupil.file, work=kind.name, value="осв", weight=weight)
        else:
            yield from _written(own, one, pupil, kind.name, weight)
    for pupil in one.absent:
        yield from _missed(rng, one, pupil, kind.name, weight)


def _written(
    rng: Random, one: Situation, pupil: DemoPupil, work: str, weight: int | None
) -> Iterator[MarkNote]:
    for number, caption in enumerate(_TWO_MARKS.get(work, (None,)), 1):
        value = _value(rng, pupil, one.course.subject, hard=True)
        yield MarkNote(
            file=pupil.file,
            work=work,
            value=value,
            weight=weight,
            comment=_comment(rng, value),
            caption=caption,
            number=number,
        )
        retaken = value == "2" and work in _RETAKEN and rng.random() < 0.6
        if retaken and one.age >= _RETAKE_AFTER:
            better = rng.choice("3344")
            yield MarkNote(
                file=pupil.file, work=work, value=better, weight=weight, number=2, retake_of=1
            )


def _missed(
    rng: Random, one: Situation, pupil: DemoPupil, work: str, weight: int | None
) -> Iterator[MarkNote]:
    """Some of the absent must write the work; a few never do, and their • outlives its term."""
    fate = rng.random()
    if work in _TWO_MARKS or fate > 0.45:
        return
    if one.age < _RETAKE_AFTER or fate < 0.05:
        deadline = one.day + timedelta(days=_DOT_DAYS)
        yield MarkNote(file=pupil.file, work=work, value="•", weight=weight, deadline=deadline)
    elif fate < 0.06:
        yield MarkNote(file=pupil.file, work=work, value="н/а", weight=weight)
    else:
        value = _value(rng, pupil, one.course.subject, hard=True)
        yield MarkNote(file=pupil.file, work=work, value=value, weight=weight)


def _value(rng: Random, pupil: DemoPupil, subject: str, *, hard: bool) -> str:
    level = pupil.skill + _leaning(pupil.file, subject) - (0.15 if hard else 0)
    points = rng.gauss(level, 0.62)
    if points < 1.1:
        return "1"
    return str(min(5, max(2, round(points))))


@cache
def _leaning(file: str, subject: str) -> float:
    """How much better or worse than usual the pupil is in the subject."""
    return Random(f"{file}|{subject}").gauss(0, 0.25)


@cache
def _comments() -> Mapping[str, list[str]]:
    found = defaultdict(list)
    for row in rows_of("comments.csv"):
        found[row["value"]].append(row["text"])
    return found


def _comment(rng: Random, value: str) -> str | None:
    if rng.random() > _COMMENTED or value not in _comments():
        return None
    return rng.choice(_comments()[value])
