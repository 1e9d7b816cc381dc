"""The school of every moment: people, courses and a timetable without conflicts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from journal.access.roles import Role
from journal.control.birthdays import birthdays
from journal.demo.load import weekly_hours
from journal.demo.movements import OPEN_END
from journal.demo.pupils import FAMILY_CLASSES
from journal.demo.roster import Rosters
from journal.demo.school import DemoSchool, make_school
from journal.demo.timetables import Version
from tests.features.demo.conftest import MOMENTS, told


def test_the_same_moment_gives_the_same_school(moment: str) -> None:
    assert make_school(MOMENTS[moment]) == told(moment)[0]


def test_the_people_of_a_year_stay_the_same() -> None:
    autumn, spring = told("a Friday noon")[0], told("31 May")[0]
    assert autumn.staff == spring.staff
    assert autumn.versions == spring.versions
    files = {pupil.file for pupil in spring.population.pupils}
    here = {pupil.file for pupil in autumn.population.pupils}
    assert len(here - files) == 1  # who came today, whatever the day


def test_size_of_the_school(moment: str) -> None:
    school = told(moment)[0]
    assert len(school.classes) >= 20
    assert 550 <= len(school.population.pupils) <= 590
    assert 44 <= len(school.staff) <= 48
    assert {role for one in school.staff for role in one.roles} == {
        Role.ADMINISTRATOR,
        Role.DIRECTOR,
        Role.DEPUTY_DIRECTOR,
        Role.CLASS_TEACHER,
        Role.TEACHER,
        Role.SPECIALIST,
        Role.MONITORING_COORDINATOR,
    }


def test_keys_are_unique_and_families_hold_together(moment: str) -> None:
    school = told(moment)[0]
    pupils = school.population.pupils
    assert len({one.file for one in pupils}) == len(pupils)
    assert len({one.number for one in school.staff}) == len(school.staff)
    assert len({one.phone for one in school.guardians}) == len(school.guardians)
    known = {one.file for one in pupils}
    cared = {file for one in school.guardians for file in one.files}
    assert cared == known
    two = [one for one in school.guardians if len(one.files) == 2]
    assert len(two) > 20


def test_remarkable_people_are_there() -> None:
    school = told("a Friday noon")[0]
    names = Counter(one.name.full for one in school.population.pupils)
    assert max(map(len, names)) == 60
    assert names["Смирнов Артём Сергеевич"] == 2
    assert any(one.name.patronymic is None for one in school.population.pupils)
    assert sum("ё" in name for name in names) > 50
    assert sum("-" in one.name.surname for one in school.population.pupils) >= 3
    staff = {one.name: one for one in school.staff}
    assert sum(one.name in staff for one in school.guardians) == 2  # teachers who are mothers


def test_the_classes_shown_first_have_birthdays_this_week(moment: str) -> None:
    """As young as their class is, on the days to come."""
    school = told(moment)[0]
    for name in FAMILY_CLASSES:
        grade = school.by_class[name].grade
        mates = [one for one in school.population.pupils if one.class_name == name]
        born = [(one.name.full, one.born_on) for one in mates]
        assert birthdays(born, school.today, timedelta(days=7))
        first = date(school.calendar.first_year - 7 - grade, 10, 1)
        assert all(first <= day < first + timedelta(days=366) for _, day in born)


def test_every_pupil_is_in_one_class_at_a_time(moment: str) -> None:
    school = told(moment)[0]
    names = set(school.by_class)
    by_file: dict[str, list[tuple[object, object]]] = {}
    for stay in school.population.stays:
        assert stay.place in names
        assert stay.starts_on < stay.ends_before
        assert stay.starts_on <= max(school.today, school.calendar.starts_on)
        by_file.setdefault(stay.file, []).append((stay.starts_on, stay.ends_before))
    assert by_file.keys() == {one.file for one in school.population.pupils}
    for spans in by_file.values():
        for before, after in pairwise(spans):
            assert before[1] <= after[0]  # type: ignore[operator]


def test_subgroups_share_out_every_class(moment: str) -> None:
    school = told(moment)[0]
    rosters = Rosters(school.population)
    day = school.today if school.today < school.calendar.ends_before else school.calendar.starts_on
    for block in school.blocks:
        if not block.courses[0].subgroup:
            continue
        members = [file for course in block.courses for file in rosters.on(course, day)]
        whole = {
            stay.file
            for stay in school.population.stays
            if stay.place in block.classes and stay.holds(day)
        }
        assert Counter(members) == Counter(whole)
        assert all(rosters.on(course, day) for course in block.courses)


def busy(version: Version, school: DemoSchool) -> Counter[tuple[object, ...]]:
    """How often each class, teacher and room is wanted at each place of the week."""
    wanted: Counter[tuple[object, ...]] = Counter()
    for place in version.placements:
        block, at = version.blocks[place.block], (place.weekday, place.number)
        wanted.update(("class", name, *at) for name in block.classes)
        wanted.update(("teacher", teacher, *at) for teacher in block.teachers)
        wanted.update(("room", school.staff[t].room, *at) for t in block.teachers)
    return wanted


def test_nobody_is_in_two_places(moment: str) -> None:
    school = told(moment)[0]
    for version in school.versions:
        twice = {what: count for what, count in busy(version, school).items() if count > 1}
        assert not twice
        placed = Counter(place.block for place in version.placements)
        assert placed == Counter({i: b.sessions for i, b in enumerate(version.blocks)})


def test_days_have_no_gaps_and_a_subject_once_a_day(moment: str) -> None:
    school = told(moment)[0]
    for version in school.versions:
        for name, one in school.by_class.items():
            mine = [p for p in version.placements if name in version.blocks[p.block].classes]
            for weekday in range(1, one.days_per_week + 1):
                day = [place for place in mine if place.weekday == weekday]
                numbers = sorted(place.number for place in day)
                assert numbers == list(range(1, len(day) + 1))
                twice = Counter(place.block for place in day)
                allowed = {p.block: version.blocks[p.block].sessions for p in day}
                assert all(n == 1 or allowed[b] > one.days_per_week for b, n in twice.items())


def test_loads_are_humane() -> None:
    school = told("a Friday noon")[0]
    hours = weekly_hours(school.blocks)
    assert max(hours.values()) <= 27
    assert min(hours.values()) >= 5


def test_two_versions_meet_at_the_second_quarter(moment: str) -> None:
    first, second = told(moment)[0].versions
    assert first.ends_before == second.starts_on
    assert first.placements != second.placements
    before = {course.key: course.teacher for b in first.blocks for course in b.courses}
    after = {course.key: course.teacher for b in second.blocks for course in b.courses}
    assert before != after
    assert before.keys() == after.keys()


def test_the_shown_teacher_teaches_both_children_of_the_shown_family(moment: str) -> None:
    school = told(moment)[0]
    children = [one for one in school.population.pupils if one.family.number == 0]
    assert [one.class_name for one in children] == list(FAMILY_CLASSES)
    for name in FAMILY_CLASSES:
        assert any(
            lesson.course.teacher == school.shown_teacher and name in lesson.course.classes
            for lesson in school.lessons
        )


def test_the_shown_teacher_has_lessons_on_any_day_of_the_week() -> None:
    monday = datetime(2026, 11, 16, 9, tzinfo=UTC)
    for offset in range(6):
        school = make_school(monday + timedelta(days=offset))
        assert school.shown_day == school.today
        mine = [x for x in school.lessons if x.day == school.today]
        assert any(x.course.teacher == school.shown_teacher for x in mine)


def test_the_year_is_not_yet_moved() -> None:
    school = told("the first day of school, before lessons")[0]
    assert not school.population.movements
    assert all(stay.ends_before == OPEN_END for stay in school.population.stays)


def test_movements_of_every_kind_by_november() -> None:
    kinds = Counter(one.kind for one in told("a Friday noon")[0].population.movements)
    assert kinds.keys() == {"transfer", "leaving", "return"}
    pupils = told("a Friday noon")[0].population.pupils
    year = told("a Friday noon")[0].calendar
    assert sum(one.enrolled_on > year.starts_on for one in pupils) >= 3
