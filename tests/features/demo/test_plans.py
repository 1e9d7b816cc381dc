"""Plans of every course: long enough, sensibly worded, with works the school knows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from journal.demo.load import blocks, rows_of, school_classes, subjects
from journal.demo.model import DemoCourse
from journal.demo.plans import (
    ANALYSIS,
    YEAR_WEEKS,
    families,
    family_of,
    topics,
    work_kinds,
    year_plan,
)
from journal.grading.defaults import DEFAULT_WORK_TYPES

COURSES = {
    (course.subject, course.grade): course
    for block in blocks(school_classes())
    for course in block.courses
}


@pytest.mark.parametrize("course", COURSES.values(), ids=lambda c: f"{c.subject} {c.grade}")
def test_a_plan_fills_the_year(course: DemoCourse) -> None:
    plan = year_plan(course.subject, course.grade, course.hours)
    assert len(plan) == int(course.hours * YEAR_WEEKS)
    assert all(len(one.title) <= 120 and one.section for one in plan)
    assert {one.work for one in plan} - {""} <= work_kinds().keys()
    if course.grade == 1:
        assert not any(one.homework or one.work for one in plan)
    assert plan == year_plan(course.subject, course.grade, course.hours)


def test_the_word_lists_name_existing_things() -> None:
    assert {subject for subject, _ in topics()} <= subjects().keys()
    assert {one.family for one in subjects().values()} <= families().keys()
    for family in families().values():
        assert {*family.middle, *family.final} <= work_kinds().keys()
    taught = {
        subject.partition(":")[0]
        for row in rows_of("positions.csv")
        for subject in row["subjects"].split(",")
    }
    assert taught <= subjects().keys()


def test_a_section_ends_with_its_work_and_the_analysis() -> None:
    plan = year_plan("Алгебра", 8, Decimal(3))
    works = [place for place, one in enumerate(plan) if one.work == "Контрольная работа"]
    assert len(works) >= 5
    assert plan[works[0]].title == "Контрольная работа по теме «Квадратные корни»"
    assert plan[works[0] + 1].title == ANALYSIS
    assert family_of("Алгебра").answers == 3


def test_kinds_of_work_are_those_a_school_starts_with() -> None:
    defaults = {name: facts for name, *facts in DEFAULT_WORK_TYPES}
    for name, kind in work_kinds().items():
        if name in defaults:
            assert [kind.short, kind.weight, kind.checking_days] == defaults[name]
    assert len(work_kinds().keys() - defaults.keys()) == 4
