"""Views of the teacher's cabinet."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.teacher_courses import teacher_courses
from journal.control.teacher_day import teacher_day
from journal.control.teacher_week import teacher_week
from journal.core.db import db
from journal.core.messages import N_
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now

blueprint = Blueprint("teacher", __name__, url_prefix="/teacher")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Lessons"),
        endpoint="teacher.home",
        permission=Permission.READ_OWN_JOURNALS,
        order=40,
        home=True,
    ),
    MenuEntry(
        label=N_("My journals"),
        endpoint="teacher.courses",
        permission=Permission.READ_OWN_JOURNALS,
        order=41,
    ),
    MenuEntry(
        label=N_("My week"),
        endpoint="teacher.week",
        permission=Permission.READ_OWN_JOURNALS,
        order=42,
    ),
)


@blueprint.get("/")
@requires(Permission.READ_OWN_JOURNALS)
def home() -> ResponseReturnValue:
    """The lessons of a day (?date=, today without it), what each lacks, what is left behind."""
    page = teacher_day(db.session(), current_actor(), asked=asked_day(), now=now())
    return render_template("cabinets/teacher/home.html", page=page, now=now())


@blueprint.get("/courses")
@requires(Permission.READ_OWN_JOURNALS)
def courses() -> ResponseReturnValue:
    """Own courses of the year and those where lessons were substituted."""
    page = teacher_courses(db.session(), current_actor(), now=now())
    return render_template("cabinets/teacher/courses.html", page=page)


@blueprint.get("/week")
@requires(Permission.READ_OWN_JOURNALS)
def week() -> ResponseReturnValue:
    """Own timetable of the week that holds ?date=."""
    page = teacher_week(db.session(), current_actor(), asked=asked_day(), now=now())
    return render_template("cabinets/teacher/week.html", page=page)
