"""The weekly editor. Everything is a link or a form; a script makes them quick."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import attempt, blueprint, planner
from journal.cabinets.common.planning.forms import ActForm, PlaceForm, SlotForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.school.planning import planned_classes
from journal.timetable.editor import Taken, editor_page
from journal.timetable.free import free_page
from journal.timetable.plan import slot_version, version_head
from journal.timetable.service import (
    SlotPlace,
    change_slot,
    move_slot,
    place_course,
    remove_slot,
)
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number


@blueprint.get("/<int:version_id>")
@requires(Permission.PLAN_TIMETABLE)
def editor(version_id: int) -> ResponseReturnValue:
    """The week of ?class=; ?take= is a course in the hand, ?slot= a placed lesson."""
    return _page(version_id, ActForm())


@blueprint.post("/<int:version_id>/place")
@requires(Permission.PLAN_TIMETABLE)
@commits
def place(version_id: int) -> ResponseReturnValue:
    """Put down what is in the hand."""
    form = PlaceForm()
    if form.validate_on_submit():
        with attempt(form):
            slot_id = _put(version_id, form)
            return redirect(_back(version_id, slot_id))
    return _page(version_id, form), 422


def _put(version_id: int, form: PlaceForm) -> int:
    there = SlotPlace(weekday=form.weekday.data or 0, number=form.number.data or 0)
    slot_id, course_id = form.slot.data or 0, form.course.data or 0
    if slot_id:
        if slot_version(db.session(), slot_id) != version_id:
            raise NotFound()
        move_slot(planner(), slot_id=slot_id, place=there)
        return int(slot_id)
    return place_course(planner(), timetable_id=version_id, course_id=course_id, place=there)


@blueprint.post("/slots/<int:slot_id>/change")
@requires(Permission.PLAN_TIMETABLE)
@commits
def change(slot_id: int) -> ResponseReturnValue:
    """Other weeks, another teacher, another room."""
    form = SlotForm()
    version_id = slot_version(db.session(), slot_id)
    if form.validate_on_submit():
        with attempt(form):
            change_slot(
                planner(),
                slot_id=slot_id,
                week_kind=form.week_kind.data or "",
                staff_id=form.staff.data or 0,
                room_id=form.room.data,
            )
            return redirect(_back(version_id, slot_id))
    return _page(version_id, form), 422


@blueprint.post("/slots/<int:slot_id>/remove")
@requires(Permission.PLAN_TIMETABLE)
@commits
def remove(slot_id: int) -> ResponseReturnValue:
    """Take a lesson out of the week."""
    form = ActForm()
    version_id = slot_version(db.session(), slot_id)
    if form.validate_on_submit():
        with attempt(form):
            remove_slot(planner(), slot_id=slot_id)
            return redirect(_back(version_id, None))
    return _page(version_id, form), 422


@blueprint.get("/<int:version_id>/free")
@requires(Permission.READ_SCHOOL_TIMETABLE)
def free(version_id: int) -> ResponseReturnValue:
    """Free teachers and rooms at ?weekday= and ?number=."""
    session = db.session()
    head = version_head(session, version_id)
    weekday, number = typed_number("weekday") or 1, typed_number("number") or 1
    if weekday > 6 or number > 14:
        raise NotFound()
    page = free_page(session, head, weekday=weekday, number=number)
    return render_template("planning/free.html", page=page)


def _back(version_id: int, slot_id: int | None) -> str:
    """To the class that was shown; the lesson that was touched stays in the hand."""
    shown: dict[str, Any] = {"class": typed_number("class"), "slot": slot_id}
    return url_for("planning.editor", version_id=version_id, **shown)


def _page(version_id: int, form: ActForm | PlaceForm | SlotForm) -> str:
    session = db.session()
    taken = Taken(course_id=typed_number("take"), slot_id=typed_number("slot"))
    page = editor_page(session, version_id, class_id=typed_number("class"), taken=taken)
    planned = planned_classes(session, current_actor(), page.head.academic_year_id)
    return render_template(
        "planning/editor.html",
        page=page,
        form=form,
        may=page.head.draft and planned.covers([page.class_name]),
        fragment=request.headers.get("X-Fragment"),
    )
