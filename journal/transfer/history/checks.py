"""What the files of a history must agree on: with the school, with rosters, with one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from journal.core.messages import N_, Message
from journal.grading.rules import SCALES
from journal.transfer.celltypes import ONE_DAY
from journal.transfer.history.known import HistoryKnown, Releases, Rosters
from journal.transfer.history.rows import (
    AbsenceRow,
    ExemptionRow,
    LessonRow,
    MarkRow,
    PeriodMarkRow,
)
from journal.transfer.school.checks.teaching import no_course
from journal.transfer.school.sheets.calendar import TERM_KINDS
from journal.transfer.specification import SheetFindings

Entry = TypeVar("Entry", MarkRow, AbsenceRow)
Lessons = Mapping[str, LessonRow]
AWAITED = "•"


def check_lessons(
    lessons: Iterable[LessonRow], known: HistoryKnown, found: SheetFindings[LessonRow]
) -> None:
    """A lesson is of a known course, within a year, at a number that rings, once at its place."""
    imported = {lesson.key: lesson for lesson in known.lessons.values()}
    taken = {_slot(lesson): lesson.key for lesson in imported.values()}
    for lesson in lessons:
        if not found.bad(lesson, "held_on") and not _in_years(lesson.held_on, known):
            found.fault(lesson, "held_on", _outside_years(known))
        if found.bad(lesson, "classes", "subject", "lesson_number"):
            continue
        _check_course(lesson, known, found)
        other = taken.setdefault(_slot(lesson), lesson.key)
        if other != lesson.key and not found.bad(lesson):
            message = N_("Lesson %(key)s stands at this place already. Correct one.", key=other)
            found.fault(lesson, "lesson_number", message)


def _check_course(lesson: LessonRow, known: HistoryKnown, found: SheetFindings[LessonRow]) -> None:
    if lesson.group not in known.courses:
        subgroup = any(lesson.group[:2] == group[:2] for group in known.courses)
        found.fault(lesson, "subgroup" if subgroup else "subject", no_course())
    for name in lesson.classes:
        if lesson.lesson_number not in known.bells.get(name, frozenset()):
            message = N_(
                "The bells of class %(name)s have no lesson %(number)s. Add it to «Звонки» or "
                "correct the number.",
                name=name,
                number=lesson.lesson_number,
            )
            found.fault(lesson, "lesson_number", message)


def check_exemptions(
    exemptions: Iterable[ExemptionRow], known: HistoryKnown, found: SheetFindings[ExemptionRow]
) -> None:
    """A release ends on its first day or later and touches a year."""
    for row in exemptions:
        if found.bad(row, "starts_on", "ends_before"):
            continue
        last = (row.ends_before or date.max) - ONE_DAY
        if last < row.starts_on:
            found.fault(row, "ends_before", N_("The last day is before the first. Correct it."))
        elif not any(y.starts_on <= last and row.starts_on < y.ends_before for y in known.years):
            found.fault(row, "starts_on", _outside_years(known))


class EntryCheck:
    """Whether a mark or an absence may stand in its lesson. Lessons that are faulty themselves
    are not in `lessons`: nothing is held against their entries."""

    def __init__(self, lessons: Lessons, known: HistoryKnown) -> None:
        self._lessons = lessons
        self._rosters = Rosters(known)
        self._scales = known.subjects

    def check_marks(self, marks: Iterable[MarkRow], found: SheetFindings[MarkRow]) -> None:
        """In a lesson that was held, of a pupil on its roster, within the subject's scale."""
        for mark in marks:
            lesson = self._checked(mark, found)
            if lesson is None or found.bad(mark, "value"):
                continue
            scale = self._scales.get(lesson.subject, "five_point")
            if mark.value not in SCALES[scale]:
                found.fault(mark, "value", outside_scale(lesson.subject))
            elif mark.deadline and mark.value != AWAITED:
                message = N_("Only a • has a deadline. Delete it here.")
                found.fault(mark, "deadline", message)

    def check_absences(
        self, absences: Iterable[AbsenceRow], releases: Releases, found: SheetFindings[AbsenceRow]
    ) -> None:
        """The same; nobody is absent who need not come, and only lateness has minutes."""
        for absence in absences:
            if absence.minutes is not None and absence.code != "o" and not found.bad(absence):
                message = N_("Minutes are written for ОП only. Delete them here.")
                found.fault(absence, "minutes", message)
            lesson = self._checked(absence, found)
            if lesson is None:
                continue
            pupil, day = absence.personal_file, lesson.held_on
            released = releases.cover(pupil, lesson.subject, day)
            if released and not self._rosters.alone(lesson.group, pupil, day):
                message = N_(
                    "The pupil is released from attending on %(day)s. Delete the row.",
                    day=f"{day:%d.%m.%Y}",
                )
                found.fault(absence, "personal_file", message)

    def _checked(self, entry: Entry, found: SheetFindings[Entry]) -> LessonRow | None:
        lesson = self._lessons.get(entry.lesson)
        if lesson is None:
            return None
        if lesson.cancelled:
            message = N_("Lesson %(key)s was cancelled. Delete the row.", key=lesson.key)
            found.fault(entry, "lesson", message)
            return None
        if not self._rosters.has(lesson.group, entry.personal_file, lesson.held_on):
            message = N_(
                "The pupil is not on the roster of lesson %(key)s on %(day)s. Correct the row.",
                key=lesson.key,
                day=f"{lesson.held_on:%d.%m.%Y}",
            )
            found.fault(entry, "personal_file", message)
            return None
        return lesson


def numbered(marks: Sequence[MarkRow]) -> list[MarkRow]:
    """Marks without «Номер» get it from the order of the pupil's rows in the lesson."""
    counts: dict[tuple[str, str], int] = {}
    result = []
    for mark in marks:
        key = (mark.lesson, mark.personal_file)
        counts[key] = counts.get(key, 0) + 1
        result.append(mark if mark.number else replace(mark, number=counts[key]))
    return result


def check_numbers(
    marks: Sequence[MarkRow], known: HistoryKnown, found: SheetFindings[MarkRow]
) -> None:
    """Numbers are not repeated, and a retake names an earlier mark of the pupil in the lesson."""
    numbers = {key: set(held) for key, held in known.mark_numbers.items()}
    seen: set[tuple[str, str, int]] = set()
    lost: set[str] = set()
    for mark in marks:
        if found.bad(mark, "lesson", "personal_file", "number"):
            # It may be anybody's mark: what it was retaken by is not called an error.
            lost |= {mark.lesson, mark.personal_file}
            continue
        place = (mark.lesson, mark.personal_file, mark.number)
        if place in seen:
            message = N_(
                "The pupil has mark number %(number)s in this lesson already. Correct the number.",
                number=mark.number,
            )
            found.fault(mark, "number", message)
        seen.add(place)
        numbers.setdefault(place[:2], set()).add(mark.number)
    for mark in marks:
        if mark.retake_of is not None and lost.isdisjoint((mark.lesson, mark.personal_file)):
            _check_retake(mark, numbers.get((mark.lesson, mark.personal_file), set()), found)


def _check_retake(mark: MarkRow, numbers: set[int], found: SheetFindings[MarkRow]) -> None:
    original = mark.retake_of
    if original is None or found.bad(mark, "retake_of", "number"):
        return
    if original not in numbers or original >= mark.number:
        message = N_(
            "The pupil has no earlier mark number %(number)s in this lesson. Correct the number.",
            number=original,
        )
        found.fault(mark, "retake_of", message)


def check_period_marks(
    marks: Iterable[PeriodMarkRow], known: HistoryKnown, found: SheetFindings[PeriodMarkRow]
) -> None:
    """A period mark is within the scale, for a period that the pupil's parallel has."""
    periods = {
        (term.year, term.kind, term.number, grade) for term in known.terms for grade in term.grades
    }
    current = known.year.name if known.year else ""
    for mark in marks:
        if not found.bad(mark, "value"):
            allowed = SCALES[known.subjects.get(mark.subject, "five_point")] - {AWAITED}
            if mark.value not in allowed:
                found.fault(mark, "value", outside_scale(mark.subject))
        if found.bad(mark, "number") or not _number_fits(mark, found):
            continue
        stays = known.stays.get(mark.personal_file, ())
        mine = {known.classes[stay.class_name] for stay in stays}
        if mark.number and mark.year == current:
            wanted = {(mark.year, mark.kind, mark.number, grade) for grade in mine}
            if periods.isdisjoint(wanted):
                message = N_("The pupil's class has no such period. Correct the row.")
                found.fault(mark, "number", message)


def _number_fits(mark: PeriodMarkRow, found: SheetFindings[PeriodMarkRow]) -> bool:
    if mark.kind in TERM_KINDS.values() and not mark.number:
        found.fault(mark, "number", N_("Fill in the number of the period."))
        return False
    if mark.kind not in TERM_KINDS.values() and mark.number:
        found.fault(mark, "number", N_("A mark for the year has no number. Delete it."))
        return False
    return True


def outside_scale(subject: str) -> Message:
    """What is said of a mark that the subject's scale does not have."""
    return N_("The scale of “%(subject)s” has no such mark. Correct it.", subject=subject)


def _slot(lesson: LessonRow) -> tuple[object, ...]:
    return lesson.held_on, lesson.lesson_number, lesson.group


def _in_years(day: date, known: HistoryKnown) -> bool:
    return any(year.starts_on <= day < year.ends_before for year in known.years)


def _outside_years(known: HistoryKnown) -> Message:
    names = ", ".join(year.name for year in known.years)
    return N_("The date lies outside the academic year (%(names)s). Correct it.", names=names)
