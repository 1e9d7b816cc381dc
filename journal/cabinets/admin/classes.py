"""Classes and courses: lists and pages of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import Opening, open_year
from journal.core.db import db
from journal.core.paging import Page
from journal.school.courses import (
    CourseFilter,
    CourseRow,
    course_page,
    course_row,
    courses_of,
)
from journal.school.directory import (
    ClassRow,
    class_choices,
    class_row,
    class_rows,
    subject_rows,
)
from journal.school.history import ClassPupil, class_pupils
from journal.school.queries import rosters
from journal.school.rules import RosterEntry
from journal.timetable.week import timetabled_hours
from journal.webkit.access import requires
from journal.webkit.filters import steps, typed_number, typed_page


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPage:
    """A class: `present` on the day, `gone` before it, `coming` after it."""

    group: ClassRow
    year_id: int
    day: date
    present: tuple[ClassPupil, ...]
    gone: tuple[ClassPupil, ...]
    coming: tuple[ClassPupil, ...]
    courses: tuple[CourseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage:
    """A course with its roster, movers and leavers included."""

    course: CourseRow
    roster: tuple[RosterEntry, ...]
    today: date


@blueprint.get("/classes")
@requires(Permission.MANAGE_SCHOOL)
def classes() -> ResponseReturnValue:
    """The classes of a year (?year=)."""
    session = db.session()
    opening = open_year(session)
    rows = class_rows(session, opening.year.id, opening.day) if opening.year else []
    return render_template("cabinets/admin/classes.html", opening=opening, rows=rows)


@blueprint.get("/classes/<int:class_id>")
@requires(Permission.MANAGE_SCHOOL)
def class_group(class_id: int) -> ResponseReturnValue:
    """One class: pupils with their spans, courses with teachers and hours."""
    session = db.session()
    group, year_id = class_row(session, class_id)
    opening = open_year(session)
    year = next(span for span in opening.years if span.id == year_id)
    day = year.day_within(opening.today)
    pupils = class_pupils(session, class_id)
    wanted = CourseFilter(academic_year_id=year_id, class_group_id=class_id)
    page = ClassPage(
        group=group,
        year_id=year_id,
        day=day,
        present=tuple(one for one in pupils if one.span.covers(day)),
        gone=tuple(one for one in pupils if one.span.ends_before and one.span.ends_before <= day),
        coming=tuple(one for one in pupils if one.span.starts_on > day),
        courses=tuple(courses_of(session, wanted)),
    )
    return render_template("cabinets/admin/class.html", page=page)


@blueprint.get("/classes/courses")
@requires(Permission.MANAGE_SCHOOL)
def courses() -> ResponseReturnValue:
    """The courses of a year; ?class= and ?subject= narrow."""
    session = db.session()
    opening = open_year(session)
    if opening.year is None:
        return render_template("cabinets/admin/courses.html", opening=opening, page=Page((), 1, 0))
    narrowed = {"class_group_id": typed_number("class"), "subject_id": typed_number("subject")}
    wanted = CourseFilter(academic_year_id=opening.year.id, **narrowed)
    page = course_page(session, wanted, typed_page())
    return render_template(
        "cabinets/admin/courses.html",
        opening=opening,
        page=page,
        steps=steps(page),
        wanted=wanted,
        timetabled=_timetabled(opening, page),
        classes=class_choices(session, opening.year.id),
        subjects=subject_rows(session, opening.year.id),
    )


def _timetabled(opening: Opening, page: Page[CourseRow]) -> dict[int, Decimal]:
    """Hours a week as the timetable has them, to be held against the load."""
    if opening.year is None:
        return {}
    ids = [row.id for row in page.rows]
    return timetabled_hours(db.session(), opening.year.id, ids, opening.day)


@blueprint.get("/classes/courses/<int:course_id>")
@requires(Permission.MANAGE_SCHOOL)
def course(course_id: int) -> ResponseReturnValue:
    """One course: its teachers and who is on its roster."""
    session = db.session()
    found = course_row(session, course_id)
    page = CoursePage(
        course=found,
        roster=tuple(rosters(session, [found.study_group_id])),
        today=open_year(session).day,
    )
    return render_template("cabinets/admin/course.html", page=page)
