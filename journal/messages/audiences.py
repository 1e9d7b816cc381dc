"""Whom one may write to, and of what a letter may speak there.

These are the loaders of letters: who is not in their answer cannot be written to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.clock import local_date
from journal.core.errors import Forbidden
from journal.core.messages import N_, Message
from journal.lessons.queries import load_course
from journal.lessons.queries.course_lists import courses_of_staff, loads_of_staff
from journal.lessons.rules import CourseHead
from journal.messages.letter_rules import CLASS_PLACES, COURSE_PLACES, STAFF_PLACES
from journal.people.directory import staff_list
from journal.people.person_card import GuardianRef, guardians_of
from journal.school.calendar import year_to_open, years
from journal.school.class_desk import own_classes, pupils_on
from journal.school.class_reader import load_class
from journal.school.directory import class_choices
from journal.school.queries import rosters
from journal.school.rules import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Somebody a letter may go to: a guardian of a pupil, or a member of staff (no pupil).

    `reachable` is not who declined the electronic service.
    """

    person_id: int
    name: str
    pupil_id: int | None = None
    pupil: str = ""
    class_name: str = ""
    reachable: bool = True
    login: str | None = None

    @property
    def key(self) -> str:
        """«pupil-person», as the form names him."""
        return f"{self.pupil_id or 0}-{self.person_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Where the figures of a text are counted: in classes, or in one course."""

    grade: int
    year_id: int
    year: Span
    class_ids: tuple[int, ...] = ()
    course_id: int | None = None
    subject_id: int | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The people in the order of the page; `choices` are the classes or courses to change to.

    `figures` None: a text speaks of nobody's marks there.
    """

    title: Message
    chosen: int | None
    choices: tuple[tuple[int, str], ...]
    people: tuple[Correspondent, ...]
    places: frozenset[str]
    figures: Figures | None = None


def own_class_audience(
    session: Session, actor: Actor, *, class_id: int | None, now: datetime
) -> Audience:
    """The families of a class teacher's class. NotFound, Forbidden, NoClassKept."""
    today = local_date(now, actor.current.time_zone)
    group, groups = own_classes(session, actor, class_id=class_id, today=today)
    people = _class_families(session, group.id, group.name, today)
    figures = Figures(
        grade=group.grade, year_id=group.year_id, year=group.year, class_ids=(group.id,)
    )
    return Audience(
        title=N_("Letter to families: %(group)s", group=group.name),
        chosen=group.id,
        choices=tuple((one.id, one.name) for one in groups),
        people=people,
        places=CLASS_PLACES,
        figures=figures,
    )


def any_class_audience(
    session: Session, actor: Actor, *, class_id: int | None, now: datetime
) -> Audience:
    """The families of any class of the school; without a class nobody yet. NotFound."""
    today = local_date(now, actor.current.time_zone)
    year = year_to_open(years(session), today)
    choices = tuple(class_choices(session, year.id)) if year else ()
    if class_id is None:
        title = N_("Letter to families of a class")
        return Audience(title=title, chosen=None, choices=choices, people=(), places=CLASS_PLACES)
    group = load_class(session, actor, class_id, whole_school=Permission.WRITE_TO_SCHOOL)
    return Audience(
        title=N_("Letter to families: %(group)s", group=group.name),
        chosen=group.id,
        choices=choices,
        people=_class_families(session, group.id, group.name, today),
        places=CLASS_PLACES,
        figures=Figures(
            grade=group.grade, year_id=group.year_id, year=group.year, class_ids=(group.id,)
        ),
    )


def _class_families(
    session: Session, class_id: int, class_name: str, today: date
) -> tuple[Correspondent, ...]:
    pupils = pupils_on(session, class_group_id=class_id, day=today)
    return _families(session, [(one.pupil_id, one.name, class_name) for one in pupils])


def course_audience(
    session: Session, actor: Actor, *, course_id: int | None, now: datetime
) -> Audience:
    """The families of the pupils one teaches; without a course nobody yet.

    NotFound for a course of another school, Forbidden for one the actor does not teach today.
    """
    today, staff_id = local_date(now, actor.current.time_zone), actor.current.staff_id or 0
    choices = _own_courses(session, staff_id, today, now)
    if course_id is None:
        title = N_("Letter to families of the pupils you teach")
        return Audience(title=title, chosen=None, choices=choices, people=(), places=COURSE_PLACES)
    head = load_course(session, actor, course_id, now=now)
    if not head.teaches(head.writer(actor), today):
        raise Forbidden(N_("You write to families of the pupils you teach."))
    entries = [one for one in rosters(session, [head.group_id]) if one.span.covers(today)]
    pupils = [(one.pupil_id, one.name, one.class_name) for one in entries]
    return Audience(
        title=N_("Letter to families: %(group)s", group=dict(choices).get(course_id, head.subject)),
        chosen=course_id,
        choices=choices,
        people=_families(session, pupils),
        places=COURSE_PLACES,
        figures=_of_course(head),
    )


def _of_course(head: CourseHead) -> Figures:
    return Figures(
        grade=head.grade,
        year_id=head.year_id,
        year=head.year,
        course_id=head.course_id,
        subject_id=head.subject_id,
        subject=head.subject,
    )


def _own_courses(
    session: Session, staff_id: int, today: date, now: datetime
) -> tuple[tuple[int, str], ...]:
    year = year_to_open(years(session), today)
    if year is None:
        return ()
    loads = loads_of_staff(session, staff_id=staff_id, year_id=year.id)
    taught = {one.course_id for one in loads if one.span.covers(today)}
    lines = courses_of_staff(session, staff_id=staff_id, year_id=year.id, now=now)
    return tuple((one.course_id, one.title) for one in lines if one.course_id in taught)


def _families(
    session: Session, pupils: Iterable[tuple[int, str, str]]
) -> tuple[Correspondent, ...]:
    known = list(pupils)
    guardians = guardians_of(session, [pupil_id for pupil_id, _, _ in known])
    return tuple(
        _guardian(one, pupil_id, name, class_name)
        for pupil_id, name, class_name in known
        for one in guardians[pupil_id]
    )


def _guardian(one: GuardianRef, pupil_id: int, pupil: str, class_name: str) -> Correspondent:
    return Correspondent(
        person_id=one.person_id,
        name=one.name,
        pupil_id=pupil_id,
        pupil=pupil,
        class_name=class_name,
        reachable=not one.declined_e_service,
        login=one.access.login,
    )


def staff_audience(session: Session, actor: Actor, *, now: datetime) -> Audience:
    """The staff of the school without oneself."""
    today = local_date(now, actor.current.time_zone)
    people = tuple(
        Correspondent(
            person_id=one.person_id, name=one.name, class_name=one.position, login=one.access.login
        )
        for one in staff_list(session)
        if one.person_id != actor.current.person_id and (one.left_on is None or one.left_on > today)
    )
    title = N_("Letter to the staff")
    return Audience(title=title, chosen=None, choices=(), people=people, places=STAFF_PLACES)
