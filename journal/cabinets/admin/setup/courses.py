"""Courses: a new one with its teachers, the teachers of one that is there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.setup.forms import CourseForm, TeachingsForm
from journal.cabinets.admin.setup.tables import present_year
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.office.setup import load, reading
from journal.people.names import staff_choices
from journal.school.courses import course_row
from journal.school.directory import class_choices, subject_rows
from journal.school.frame_rules import ONE_DAY
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import Choices, choices, with_nobody
from journal.webkit.filters import typed_number
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now


def _staff() -> dict[str, Choices]:
    return {"staff_id": with_nobody(staff_choices(db.session()))}


def _teachings(form: TeachingsForm) -> list[load.TeachingFacts]:
    return [
        load.TeachingFacts(
            staff_id=row.staff_id.data,
            weekly_hours=row.weekly_hours.data,
            starts_on=row.starts_on.data,
            ends_before=row.last_day.data + ONE_DAY if row.last_day.data else None,
            place=place,
        )
        for place, row in form.filled
    ]


@blueprint.route("/setup/courses/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_course() -> ResponseReturnValue:
    """A subject for a class, a subgroup or several classes; ?class= and ?subject= fill it in."""
    session, year = db.session(), present_year()
    given = {"class_ids": [typed_number("class")], "subject_id": typed_number("subject")}
    form = CourseForm(data=given, held=[{"starts_on": year.starts_on}], choices=_staff())
    form.class_ids.choices = choices(class_choices(session, year.id))
    subjects = [(one.id, one.name) for one in subject_rows(session, year.id)]
    form.subject_id.choices = with_nobody(subjects)
    if form.validate_on_submit():
        with field_errors(form):
            course_id = _add(form, year.id)
            flash(_("The course is there. Its journal page opens with the timetable."), "ok")
            return redirect(url_for("admin.course", course_id=course_id))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/admin/setup/course.html", form=form, year=year), status


def _add(form: CourseForm, year_id: int) -> int:
    facts = load.CourseFacts(
        class_ids=tuple(form.class_ids.data or ()),
        subject_id=form.subject_id.data,
        subgroup=form.subgroup.data or "",
    )
    return load.add_course(
        db.session(),
        current_actor(),
        year_id=year_id,
        facts=facts,
        teachings=_teachings(form),
        now=now(),
    )


@blueprint.route("/setup/courses/<int:course_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def teachings(course_id: int) -> ResponseReturnValue:
    """Who teaches the course, when, how many hours a week."""
    session = db.session()
    found = course_row(session, course_id)
    held = [_shown(one) for one in _held(course_id)]
    form = TeachingsForm(kept={}, held=held, choices=_staff())
    if form.validate_on_submit():
        with field_errors(form):
            rows = _teachings(form)
            load.save_teachings(
                session, current_actor(), course_id=course_id, teachings=rows, now=now()
            )
            flash(_("The teachers are saved."), "ok")
            return redirect(url_for("admin.course", course_id=course_id))
    status = 422 if form.is_submitted() else 200
    return render_template("cabinets/admin/setup/teachings.html", form=form, course=found), status


def _held(course_id: int) -> list[load.TeachingFacts]:
    return reading.teachings_of(db.session(), course_id)


def _shown(one: load.TeachingFacts) -> dict[str, Any]:
    last = one.ends_before - ONE_DAY if one.ends_before else None
    return {**one.columns, "last_day": last}


@blueprint.post("/setup/courses/<int:course_id>/delete")
@requires(Permission.MANAGE_SCHOOL)
@commits
def delete_course(course_id: int) -> ResponseReturnValue:
    """Delete a course that nothing was entered in."""
    course_row(db.session(), course_id)
    try:
        load.delete_course(db.session(), current_actor(), course_id, now=now())
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
        return redirect(url_for("admin.teachings", course_id=course_id))
    flash(_("Deleted."), "ok")
    return redirect(url_for("admin.courses"))
