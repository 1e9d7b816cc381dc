"""The demonstration school in the shape the importer writes: a SchoolPackage. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from journal.demo.bells import bells
from journal.demo.guardians import staff_email, staff_phone
from journal.demo.load import rows_of, subjects
from journal.demo.model import DemoCourse
from journal.demo.movements import OPEN_END, order_date
from journal.demo.plans import year_plan
from journal.demo.school import CODE, TIME_ZONE, DemoSchool
from journal.demo.staff import SUBSTITUTE_KEY
from journal.demo.timetables import taken_over
from journal.transfer.school.package import SchoolPackage
from journal.transfer.school.rows import (
    BellRow,
    ClassRow,
    GuardianRow,
    HolidayRow,
    LoadRow,
    MovementRow,
    OrganisationRow,
    PupilRow,
    RoomRow,
    SlotRow,
    StaffRow,
    SubgroupRow,
    SubjectRow,
    TermRow,
    TopicRow,
    YearRow,
)
from journal.transfer.school.sheets import TITLES

_SCALES = {"5-балльная": "five_point", "зачёт": "pass_fail", "без отметок": "none"}
_SEXES = {"м": "m", "ж": "f"}
_SHARED_ROOMS = (("Актовый зал", 200, "собрания"), ("Библиотека", 40, "читальный зал"))


def school_package(school: DemoSchool) -> SchoolPackage:
    """Every sheet of the school workbook."""
    year = school.calendar
    return SchoolPackage(
        organisation=_organisation(school),
        years=(YearRow(year.name, year.starts_on, year.ends_before),),
        terms=tuple(_terms(school)),
        holidays=tuple(_holidays(school)),
        bells=tuple(
            BellRow(one.bell_set, 1, one.number, one.starts_at, one.ends_at) for one in bells()
        ),
        subjects=tuple(_subjects()),
        rooms=tuple(_rooms(school)),
        classes=tuple(_classes(school)),
        staff=tuple(_staff(school)),
        pupils=tuple(_pupils(school)),
        movements=tuple(_movements(school)),
        guardians=tuple(_guardians(school)),
        loads=tuple(_loads(school)),
        subgroups=tuple(_subgroups(school)),
        slots=tuple(_slots(school)),
        topics=tuple(_topics(school)),
        sheets=frozenset(TITLES),
    )


def _organisation(school: DemoSchool) -> OrganisationRow:
    return OrganisationRow(
        code=CODE,
        full_name="Муниципальное бюджетное общеобразовательное учреждение "
        "«Средняя общеобразовательная школа № 5» города Зеленоборска",
        short_name="МБОУ «СОШ № 5» г. Зеленоборска",
        type_name="общеобразовательная организация",
        municipality="Зеленоборский муниципальный округ",
        address="г. Зеленоборск, ул. Школьная, д. 5",
        phone="+7 900 100-00-05",
        email="school5@example.org",
        website="https://school5.example.org",
        time_zone=TIME_ZONE,
        director_name=school.staff[0].name.full,
    )


def _holidays(school: DemoSchool) -> Iterator[HolidayRow]:
    for one in school.calendar.days_off:
        yield HolidayRow(one.name, one.starts_on, one.ends_before, tuple(sorted(one.grades)))


def _subjects() -> Iterator[SubjectRow]:
    for one in subjects().values():
        yield SubjectRow(one.name, one.short, one.area, _SCALES[one.scale])


def _terms(school: DemoSchool) -> Iterator[TermRow]:
    for one in school.calendar.terms:
        yield TermRow(
            school.calendar.name,
            one.kind,
            one.number,
            tuple(sorted(one.grades)),
            one.starts_on,
            one.ends_before,
            one.marks_from,
            one.marks_before,
        )


def _rooms(school: DemoSchool) -> Iterator[RoomRow]:
    positions = {row["key"]: row["position"] for row in rows_of("positions.csv")}
    positions[SUBSTITUTE_KEY] = positions["maths"]
    for one in school.staff:
        if one.room:
            _, _, taught = positions[one.key].partition(" ")  # «Учитель математики»
            sort = "кабинет" if one.room[0].isdigit() else "уроки"
            yield RoomRow(one.room, 30, f"{sort} {taught}")
    for name, capacity, purpose in _SHARED_ROOMS:
        yield RoomRow(name, capacity, purpose)


def _classes(school: DemoSchool) -> Iterator[ClassRow]:
    for one in school.classes:
        leader = school.staff[school.leaders[one.name]]
        yield ClassRow(
            one.name,
            one.grade,
            one.letter,
            "full_time",
            1,
            one.bells,
            leader.number,
            leader.room,
            one.days_per_week,
        )


def _staff(school: DemoSchool) -> Iterator[StaffRow]:
    for one in school.staff:
        yield StaffRow(
            one.number,
            one.name.surname,
            one.name.given_name,
            one.name.patronymic,
            date(one.birth_year, 1 + int(one.number) % 12, 1 + int(one.number) % 28),
            one.position,
            one.roles,
            staff_email(one),
            staff_phone(one),
        )


def _pupils(school: DemoSchool) -> Iterator[PupilRow]:
    for one in school.population.pupils:
        consent = max(one.enrolled_on, school.calendar.starts_on) - timedelta(days=9)
        yield PupilRow(
            one.file,
            one.name.surname,
            one.name.given_name,
            one.name.patronymic,
            _SEXES[one.sex],
            one.born_on,
            one.class_name,
            one.enrolled_on,
            f"№ {one.file.rpartition('-')[2]}-у от {order_date(one.enrolled_on):%d.%m.%Y}",
            one.email,
            consent,
        )


def _movements(school: DemoSchool) -> Iterator[MovementRow]:
    for number, one in enumerate(school.population.movements, 101):
        yield MovementRow(
            one.file,
            one.happens_on,
            one.kind,
            one.class_name,
            f"{number}-{'п' if one.kind == 'transfer' else 'у'}",
            order_date(one.happens_on),
            one.destination,
        )


def _guardians(school: DemoSchool) -> Iterator[GuardianRow]:
    consent = school.calendar.starts_on - timedelta(days=9)
    for one in school.guardians:
        for file in one.files:
            yield GuardianRow(
                file,
                one.name.surname,
                one.name.given_name,
                one.name.patronymic,
                one.relation,
                one.phone,
                one.email,
                one.declined,
                consent,
            )


def _loads(school: DemoSchool) -> Iterator[LoadRow]:
    leaving, _ = taken_over(school.staff)
    begins, change = school.calendar.starts_on, school.versions[1].starts_on
    later = {c.key: c for block in school.versions[1].blocks for c in block.courses}
    for block in school.blocks:
        for one in block.courses:
            ends = change if one.teacher == leaving else None
            yield _load(school, one, begins, ends)
            if ends:
                yield _load(school, later[one.key], change, None)


def _load(school: DemoSchool, one: DemoCourse, begins: date, ends: date | None) -> LoadRow:
    teacher = school.staff[one.teacher].number
    return LoadRow(one.classes, one.subgroup, one.subject, teacher, one.hours, begins, ends)


def _subgroups(school: DemoSchool) -> Iterator[SubgroupRow]:
    courses = {c.key: c for block in school.blocks for c in block.courses}
    for seat in school.population.seats:
        one = courses[seat.place]
        ends = None if seat.ends_before == OPEN_END else seat.ends_before
        yield SubgroupRow(one.classes, one.subject, one.subgroup, seat.file, seat.starts_on, ends)


def _slots(school: DemoSchool) -> Iterator[SlotRow]:
    for version in school.versions:
        for place in version.placements:
            for one in version.blocks[place.block].courses:
                teacher = school.staff[one.teacher]
                yield SlotRow(
                    version.starts_on,
                    version.ends_before,
                    one.classes,
                    place.weekday,
                    one.week,
                    place.number,
                    one.subject,
                    one.subgroup,
                    teacher.number,
                    teacher.room,
                )


def _topics(school: DemoSchool) -> Iterator[TopicRow]:
    planned: set[tuple[tuple[str, ...], str]] = set()
    for block in school.blocks:
        for one in block.courses:
            if (one.classes, one.subject) in planned:
                continue
            planned.add((one.classes, one.subject))
            for position, topic in enumerate(year_plan(one.subject, one.grade, one.hours), 1):
                yield TopicRow(
                    one.classes,
                    "",
                    one.subject,
                    position,
                    topic.section,
                    topic.title,
                    1,
                    topic.homework or None,
                    topic.work or None,
                )
