"""The journal of every moment: nothing from the future, and proportions of a living school."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

import pytest

from journal.demo.load import subjects
from journal.demo.plans import work_kinds
from journal.demo.roster import Rosters
from journal.demo.termbook import TermBook, mean_value
from tests.features.demo.conftest import told

LIVING = ["a Friday noon", "29 February", "31 May", "a Sunday in July"]


def test_nothing_is_entered_for_a_lesson_that_has_not_ended(moment: str) -> None:
    _, journal, stories = told(moment)
    for story in stories:
        if not journal.has_ended(story.lesson):
            entries = (story.topic, story.homework, story.absences, story.marks)
            assert not any(entries)
            assert not story.taken


def test_every_lesson_is_told_once(moment: str) -> None:
    _, journal, stories = told(moment)
    keys = Counter(story.lesson.key for story in stories)
    assert not [key for key, count in keys.items() if count > 1]
    past = [lesson for lesson in journal.school.lessons if lesson.day <= journal.school.today]
    assert keys.keys() == {lesson.key for lesson in past}


def test_entries_keep_to_roster_state_and_scale(moment: str) -> None:
    school, _, stories = told(moment)
    rosters = Rosters(school.population)
    for story in stories:
        course, day = story.lesson.course, story.lesson.day
        roster = set(rosters.on(course, day))
        assert {one.file for one in story.absences} <= roster
        assert {one.file for one in story.marks} <= roster
        assert len({one.file for one in story.absences}) == len(story.absences)
        if story.change.cancelled:
            assert not story.marks
            assert not story.absences
        if story.absences:
            assert story.taken
        if course.grade == 1:
            assert not story.marks
        allowed = {"5-балльная": "54321н/аосв•", "зачёт": "зачнезачосв"}
        for mark in story.marks:
            assert mark.value in allowed[subjects()[course.subject].scale]
            assert mark.work in work_kinds()
            assert (mark.deadline is not None) == (mark.value == "•")
        numbers = Counter((mark.file, mark.number) for mark in story.marks)
        assert all(count == 1 for count in numbers.values())


def test_nobody_released_from_attending_is_absent(moment: str) -> None:
    _, journal, stories = told(moment)
    for story in stories:
        for one in journal.exemptions:
            if one.kind == "attending" and one.holds(story.lesson.course.subject, story.lesson.day):
                assert one.file not in {absence.file for absence in story.absences}


@pytest.mark.parametrize("moment", LIVING)
def test_distribution_of_marks_and_absences(moment: str) -> None:
    _, _, stories = told(moment)
    values = Counter(mark.value for story in stories for mark in story.marks)
    numeric = sum(values[value] for value in "5432")
    assert 0.15 < values["5"] / numeric < 0.4
    assert 0.3 < values["4"] / numeric < 0.55
    assert 0.01 < values["2"] / numeric < 0.1
    assert all(values[value] for value in ("•", "осв", "н/а", "зач", "незач", "1"))
    codes = Counter(one.code for story in stories for one in story.absences)
    assert codes["b"] > codes["u"] > 0
    assert codes["p"] > 0
    assert codes["o"] > 0
    marks = [mark for story in stories for mark in story.marks]
    assert any(mark.retake_of for mark in marks)
    assert any(mark.comment for mark in marks)
    assert any(mark.weight for mark in marks)
    assert any(mark.caption for mark in marks)


@pytest.mark.parametrize("moment", LIVING)
def test_most_lessons_are_filled(moment: str) -> None:
    school, _, stories = told(moment)
    held = [story for story in stories if not story.change.cancelled]
    empty = [story for story in held if not story.taken and not story.topic]
    assert 0 < len(empty) < 0.04 * len(held)
    if school.today < school.calendar.lessons_before:
        fresh = [s for s in empty if s.lesson.day > school.today - timedelta(days=14)]
        assert len(fresh) > len(empty) / 3


@pytest.mark.parametrize("moment", LIVING)
def test_days_that_differ_from_the_timetable(moment: str) -> None:
    _, _, stories = told(moment)
    assert any(story.change.cancelled for story in stories)
    assert any(story.change.distance for story in stories)
    replaced = [story for story in stories if story.change.planned is not None]
    assert replaced
    at = defaultdict(list)
    for story in stories:
        if not story.change.cancelled and story.lesson.course.week == "every":
            at[story.lesson.day, story.lesson.number].append(story.change.teacher)
    assert all(len(busy) == len(set(busy)) for busy in at.values())


def test_a_substitution_waits_for_the_shown_teacher() -> None:
    for moment in ("a Friday noon", "a Sunday", "a Saturday, only 10 and 11"):
        school, journal, stories = told(moment)
        shown = journal.changes.shown
        assert shown is not None
        assert shown.day == school.shown_day
        changed = (*stories, *journal.coming_changes())
        story = next(story for story in changed if story.lesson == shown)
        assert story.change.teacher == school.shown_teacher
        assert story.change.planned == shown.course.teacher
        assert not story.topic


def test_a_lesson_once_filled_stays_as_it_was() -> None:
    """Two days later the past is the same; only the shown teacher's gap has moved along."""
    school, _, stories = told("a Friday noon")
    earlier = {
        story.lesson: story
        for story in stories
        if story.topic and story.change.teacher != school.shown_teacher
    }
    later = {story.lesson: story for story in told("a Sunday")[2]}
    changed = [lesson for lesson, story in earlier.items() if later[lesson].topic != story.topic]
    assert not changed


def test_summer_shows_a_closed_year() -> None:
    school, journal, stories = told("a Sunday in July")
    assert school.shown_day is None
    assert all(term.marks_before <= school.today for term in school.calendar.terms)
    assert all(journal.has_ended(lesson) for lesson in school.lessons)
    assert len(stories) == len(school.lessons)


def test_term_marks_follow_the_terms() -> None:
    for moment, kinds in {
        "the second day at noon": set(),
        "the autumn break": {("quarter", 1)},
        "the winter break": {("quarter", 1), ("quarter", 2), ("half_year", 1)},
    }.items():
        _, journal, stories = told(moment)
        book = TermBook(journal)
        for story in stories:
            book.take(story)
        notes = list(book.notes())
        assert {(note.kind, note.number) for note in notes} == kinds
        twice = Counter((note.file, note.subject, note.kind, note.number) for note in notes)
        assert all(count == 1 for count in twice.values())


def test_the_finished_year_has_all_marks() -> None:
    _, journal, stories = told("a Sunday in July")
    book = TermBook(journal)
    for story in stories:
        book.take(story)
    kinds = Counter(note.kind for note in book.notes())
    assert kinds.keys() == {"quarter", "half_year", "year", "exam", "final"}
    values = Counter(note.value for note in book.notes())
    assert values["н/а"]
    assert values["осв"]
    assert values["зач"]


def test_thresholds_of_term_marks() -> None:
    assert [mean_value(points, 100) for points in (460, 459, 360, 359, 260, 259)] == list("544332")
