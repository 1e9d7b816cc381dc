"""The named cast: the people every test knows, in the autumn of 2026.

«Школа № 17» is where the story happens, «Школа № 5» is next door and must never be seen from it.
It is Friday 2026-11-20, 10:42 in Moscow: the third lesson is on. The first quarter is closed.

5А: own teacher (математика), other teacher (русский язык), class teacher (литература and the
class). 5Б: other teacher (математика). The parent has one child in each; the stranger parent a
child in 5Б only. `lessons` are named by what they are for the own teacher at this moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.tenancy import across
from journal.lessons.models import Lesson
from journal.people.models import Guardian, Person, Pupil, StaffMember
from journal.school.models import ClassGroup, Course
from journal.timetable.models import BellSchedule
from tests.factories import SchoolBuilder

NOW = datetime(2026, 11, 20, 7, 42, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YEAR = (date(2026, 9, 1), date(2027, 6, 1))
QUARTERS = (
    (date(2026, 9, 1), date(2026, 10, 25), date(2026, 10, 29)),
    (date(2026, 11, 2), date(2026, 12, 28), date(2026, 12, 30)),
    (date(2027, 1, 11), date(2027, 3, 22), date(2027, 3, 26)),
    (date(2027, 4, 1), date(2027, 6, 1), date(2027, 6, 5)),
)
LESSONS_UNTIL = date(2026, 11, 28)
MEMBERS = (
    "own_teacher",
    "other_teacher",
    "class_teacher",
    "deputy",
    "director",
    "administrator",
    "specialist",
    "parent",
    "stranger_parent",
    "pupil",
    "classmate",
    "stranger_pupil",
    "foreign_administrator",
    "foreign_teacher",
    "foreign_parent",
    "foreign_pupil",
)


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast: his account's session id, and the rows he has."""

    name: str
    account_id: int
    person_id: int
    surname: str
    login: str
    staff_id: int | None = None
    pupil_id: int | None = None
    guardian_id: int | None = None

    @property
    def session_id(self) -> str:
        return f"{self.account_id}.1"


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything a test may name, by ids that are the same in every run."""

    school: int
    foreign_school: int
    year: int
    foreign_year: int
    members: dict[str, Member] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    courses: dict[str, int] = field(default_factory=dict)
    lessons: dict[str, int] = field(default_factory=dict)
    works: dict[str, int] = field(default_factory=dict)
    marks: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        return self.members[name]


def load_cast(session: Session) -> Cast:
    """Write both schools; the caller commits."""
    with across(session, "two schools of the tests at once"):
        school = SchoolBuilder(session, code="1017", name="Школа № 17")
        foreign = SchoolBuilder(session, code="1005", name="Школа № 5")
        for builder in (school, foreign):
            _calendar(builder)
        cast = Cast(
            school=school.organisation.id,
            foreign_school=foreign.organisation.id,
            year=school.year.id,
            foreign_year=foreign.year.id,
        )
        _own_school(school, cast)
        _foreign_school(foreign, cast)
    return cast


def _calendar(builder: SchoolBuilder) -> None:
    builder.academic_year("2026-2027", *YEAR)
    for number, (starts_on, ends_before, marks_before) in enumerate(QUARTERS, 1):
        builder.term(number, starts_on, ends_before, marks_before=marks_before)


def _own_school(school: SchoolBuilder, cast: Cast) -> None:
    bells = school.bells()
    office = {
        "administrator": ("Зотова Инна Львовна", Role.ADMINISTRATOR, "Администратор"),
        "director": ("Громов Пётр Ильич", Role.DIRECTOR, "Директор"),
        "deputy": ("Орлова Марина Павловна", Role.DEPUTY_DIRECTOR, "Заместитель директора"),
        "specialist": ("Ким Ольга Сергеевна", Role.SPECIALIST, "Педагог-психолог"),
    }
    for name, (full_name, role, position) in office.items():
        _enter_staff(school, cast, name, school.staff(full_name, role, position=position))
    own = school.staff("Соколова Анна Ивановна", Role.TEACHER)
    other = school.staff("Лебедев Олег Петрович", Role.TEACHER)
    keeper = school.staff("Морозова Елена Юрьевна", Role.TEACHER, Role.CLASS_TEACHER)
    teachers = {"own_teacher": own, "other_teacher": other, "class_teacher": keeper}
    for name, staff in teachers.items():
        _enter_staff(school, cast, name, staff)
    class_a = school.class_group("5А", keeper, bells)
    class_b = school.class_group("5Б", None, bells)
    cast.classes.update({"own": class_a.id, "other": class_b.id})
    pupils = _pupils(school, cast, class_a, class_b)
    _courses(school, cast, class_a, class_b, teachers, pupils)


def _pupils(
    school: SchoolBuilder, cast: Cast, class_a: ClassGroup, class_b: ClassGroup
) -> dict[str, Pupil]:
    """Three stay in 5А, one left it on 12 October; two are in 5Б."""
    pupils = {
        "pupil": school.pupil("Ёлкин Артём Игоревич", class_a),
        "classmate": school.pupil("Жуков Иван Олегович", class_a),
        "third": school.pupil("Абрамова Дарья Ильинична", class_a),
        "leaver": school.pupil("Рыбин Глеб Маратович", class_a, before=date(2026, 10, 12)),
        "sibling": school.pupil("Ёлкина Софья Игоревна", class_b),
        "stranger_pupil": school.pupil("Чайка Роман Денисович", class_b),
    }
    for name, pupil in pupils.items():
        cast.pupils[name] = pupil.id
        if name in MEMBERS:
            _enter(school, cast, name, pupil.person_id, pupil_id=pupil.id)
    families = {
        "parent": school.guardian("Ёлкина Вера Андреевна", pupils["pupil"], pupils["sibling"]),
        "stranger_parent": school.guardian("Чайка Нина Фёдоровна", pupils["stranger_pupil"]),
    }
    for name, guardian in families.items():
        _enter_guardian(school, cast, name, guardian)
    return pupils


def _courses(
    school: SchoolBuilder,
    cast: Cast,
    class_a: ClassGroup,
    class_b: ClassGroup,
    teachers: dict[str, StaffMember],
    pupils: dict[str, Pupil],
) -> None:
    own, other, keeper = (teachers[n] for n in ("own_teacher", "other_teacher", "class_teacher"))
    names = ("Математика", "Русский язык", "Литература")
    maths, russian, reading = (school.subject(name) for name in names)
    cast.subjects.update(maths=maths.id, russian=russian.id, reading=reading.id)
    own_maths = school.course(class_a, maths, own)
    russian_a = school.course(class_a, russian, other)
    reading_a = school.course(class_a, reading, keeper)
    maths_b = school.course(class_b, maths, other)
    cast.courses.update(own=own_maths.id, same_class=russian_a.id, keeper=reading_a.id)
    cast.courses.update(other_class=maths_b.id)
    weekly = (
        (own_maths, own, (0, 2, 4), 3),
        (russian_a, other, (0, 4), 2),
        (reading_a, keeper, (1, 4), 1),
        (maths_b, other, (0, 4), 4),
    )
    timetable = school.timetable(*YEAR)
    held: dict[tuple[int, date], Lesson] = {}
    for course, teacher, weekdays, number in weekly:
        for weekday in weekdays:
            school.slot(timetable, course, teacher, weekday + 1, number)
        for day in lesson_days(weekdays):
            held[course.id, day] = school.lesson(course, teacher, day, number)
    _name_lessons(cast, held)
    _entries(school, cast, own_maths, held, pupils)


def lesson_days(weekdays: tuple[int, ...]) -> list[date]:
    """Days of those weekdays inside the quarters up to the end of next week."""
    days = [YEAR[0] + timedelta(days=n) for n in range((LESSONS_UNTIL - YEAR[0]).days)]
    inside = [day for day in days if any(q[0] <= day < q[1] for q in QUARTERS)]
    return [day for day in inside if day.weekday() in weekdays]


def _name_lessons(cast: Cast, held: dict[tuple[int, date], Lesson]) -> None:
    own = cast.courses["own"]
    cast.lessons.update(
        own=held[own, TODAY].id,
        recent=held[own, date(2026, 11, 18)].id,
        locked=held[own, date(2026, 11, 13)].id,
        closed=held[own, date(2026, 10, 9)].id,
        future=held[own, date(2026, 11, 23)].id,
        same_class=held[cast.courses["same_class"], TODAY].id,
        keeper=held[cast.courses["keeper"], TODAY].id,
        other_class=held[cast.courses["other_class"], date(2026, 11, 16)].id,
    )


def _entries(
    school: SchoolBuilder,
    cast: Cast,
    course: Course,
    held: dict[tuple[int, date], Lesson],
    pupils: dict[str, Pupil],
) -> None:
    """Marks of the closed quarter, of a locked and of a recent lesson; one absence, one lateness.

    Weighted average of the pupil in the second quarter: (4·1 + 5·3)/4 = 4.75.
    """
    school.work_type("Контрольная работа", weight=3, days=7)
    plan = (("closed", "Ответ на уроке", date(2026, 10, 9), "4", "3"),)
    plan += (("locked", "Ответ на уроке", date(2026, 11, 13), "4", "5"),)
    plan += (("recent", "Контрольная работа", date(2026, 11, 18), "5", "2"),)
    for name, kind, day, of_pupil, of_classmate in plan:
        lesson = held[course.id, day]
        lesson.topic = "Доли и дроби"
        lesson.attendance_taken_at = lesson.ends_at
        lesson.attendance_taken_by = lesson.staff_id
        work = school.work(lesson, kind)
        cast.works[name] = work.id
        cast.marks[name] = school.mark(work, pupils["pupil"], of_pupil, lesson.ends_at).id
        school.mark(work, pupils["classmate"], of_classmate, lesson.ends_at)
    school.absence(held[course.id, date(2026, 11, 13)], pupils["third"], "b")
    school.absence(held[course.id, date(2026, 11, 18)], pupils["third"], "o", minutes=10)
    school.homework(held[course.id, date(2026, 11, 18)], "№ 412, 415", TODAY)


def _foreign_school(school: SchoolBuilder, cast: Cast) -> None:
    """The same shape next door: every name here is proof of a leak when seen from «№ 17»."""
    bells: BellSchedule = school.bells()
    administrator = school.staff("Чужова Алла Борисовна", Role.ADMINISTRATOR)
    teacher = school.staff("Чужов Игорь Иванович", Role.TEACHER, Role.CLASS_TEACHER)
    _enter_staff(school, cast, "foreign_administrator", administrator)
    _enter_staff(school, cast, "foreign_teacher", teacher)
    group = school.class_group("5А", teacher, bells)
    child = school.pupil("Чужаков Кирилл Антонович", group)
    cast.pupils["foreign_pupil"] = child.id
    _enter(school, cast, "foreign_pupil", child.person_id, pupil_id=child.id)
    mother = school.guardian("Чужакова Лидия Марковна", child)
    _enter_guardian(school, cast, "foreign_parent", mother)
    subject = school.subject("Математика")
    course = school.course(group, subject, teacher)
    lesson = school.lesson(course, teacher, TODAY, 3)
    work = school.work(lesson)
    cast.classes["foreign"] = group.id
    cast.subjects["foreign"] = subject.id
    cast.courses["foreign"] = course.id
    cast.lessons["foreign"] = lesson.id
    cast.works["foreign"] = work.id
    cast.marks["foreign"] = school.mark(work, child, "5", NOW).id


def _enter_staff(school: SchoolBuilder, cast: Cast, name: str, staff: StaffMember) -> None:
    _enter(school, cast, name, staff.person_id, staff_id=staff.id)


def _enter_guardian(school: SchoolBuilder, cast: Cast, name: str, guardian: Guardian) -> None:
    _enter(school, cast, name, guardian.person_id, guardian_id=guardian.id)


def _enter(
    school: SchoolBuilder, cast: Cast, name: str, person_id: int, **rows: int | None
) -> None:
    person = school.session.get_one(Person, person_id)
    assert person.account_id is not None
    login = school.login_of(person)
    cast.members[name] = Member(name, person.account_id, person.id, person.surname, login, **rows)
