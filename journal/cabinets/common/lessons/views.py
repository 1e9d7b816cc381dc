"""Views of a lesson's panel. JSON, asked for only when the panel is open and there is a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.lessons.facts import beside_json, planned_json
from journal.core.db import db
from journal.core.errors import Forbidden, RuleViolation
from journal.core.messages import N_
from journal.grading.load import load_warnings
from journal.lessons.desk import Desk, open_desk
from journal.lessons.homework import (
    OwnTaskDraft,
    add_template,
    attach_file,
    put_own_task,
    remove_file,
    remove_own_task,
    remove_template,
)
from journal.lessons.queries import load_course
from journal.lessons.queries.homework import file_of_course
from journal.register.beside import lesson_beside, planned_topics
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.addresses import day_of
from journal.webkit.files import send_stored, take_upload
from journal.webkit.filters import number_of, typed_day, typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now

blueprint = Blueprint("lessons", __name__, url_prefix="/journal/<int:course_id>")
_LESSON = "/lessons/<int:lesson_id>"
_WRONG = N_("The request could not be read. Open the page again and repeat.")


@blueprint.get(_LESSON)
@requires(Permission.OPEN_JOURNAL)
def beside(course_id: int, lesson_id: int) -> ResponseReturnValue:
    """What the panel shows beside the facts of the page."""
    return _beside(course_id, lesson_id)


def _beside(course_id: int, lesson_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = lesson_beside(db.session(), actor, course_id=course_id, lesson_id=lesson_id, now=now())
    return jsonify(beside_json(found))


@blueprint.get("/planned")
@requires(Permission.WRITE_LESSONS)
def planned(course_id: int) -> ResponseReturnValue:
    """The plan's topic of every lesson that has none yet: what one key takes for many lessons."""
    found = planned_topics(db.session(), current_actor(), course_id=course_id, now=now())
    return jsonify(planned_json(found))


@blueprint.get(f"{_LESSON}/load")
@requires(Permission.WRITE_LESSONS)
def load(course_id: int, lesson_id: int) -> ResponseReturnValue:
    """What speaks against works of ?type= and homework of ?minutes= in the lesson: told, never
    refused."""
    desk = _desk(course_id, lesson_id, reading=True)
    desk.own_lesson(lesson_id)
    types = [number for text in request.args.getlist("type") if (number := number_of(text))]
    found = load_warnings(
        desk,
        lesson_id=lesson_id,
        work_type_ids=types,
        minutes=typed_number("minutes"),
        due_on=typed_day("due"),
    )
    return jsonify(warnings=[say(one) for one in found])


@blueprint.get("/files/<int:file_id>")
@requires(Permission.OPEN_JOURNAL)
def file(course_id: int, file_id: int) -> ResponseReturnValue:
    """A file of a homework of the course, for who may read its journal page."""
    head = load_course(db.session(), current_actor(), course_id, now=now())
    return send_stored(file_of_course(db.session(), course_id=head.course_id, file_id=file_id))


@blueprint.post(f"{_LESSON}/files")
@requires(Permission.WRITE_LESSONS)
@commits
def add_file(course_id: int, lesson_id: int) -> ResponseReturnValue:
    """Take one file, for the homework of the course or (own=) a task of single pupils."""
    desk = _desk(course_id, lesson_id)
    desk.own_lesson(lesson_id)
    upload = request.files.get("file")
    if upload is None:
        raise RuleViolation("file", N_("Choose a file."))
    with db.session().begin_nested():
        stored = take_upload(desk.actor, desk.head.organisation_id, upload)
        own = number_of(request.form.get("own", ""))
        attach_file(desk, lesson_id=lesson_id, individual_id=own, stored=stored)
    return _beside(course_id, lesson_id)


@blueprint.post(f"{_LESSON}/files/<int:file_id>/remove")
@requires(Permission.WRITE_LESSONS)
@commits
def drop_file(course_id: int, lesson_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file off a homework."""
    remove_file(_desk(course_id, lesson_id), lesson_id=lesson_id, file_id=file_id)
    return _beside(course_id, lesson_id)


@blueprint.post(f"{_LESSON}/own")
@requires(Permission.WRITE_LESSONS)
@commits
def give(course_id: int, lesson_id: int) -> ResponseReturnValue:
    """Give a task to single pupils, or change one."""
    body = _body()
    draft = OwnTaskDraft(
        text=_text(body, "text"),
        pupil_ids=frozenset(_numbers(body.get("pupils"))),
        due_on=_day(body.get("due")),
        minutes=_number(body.get("minutes")),
    )
    put_own_task(
        _desk(course_id, lesson_id, draft.pupil_ids),
        lesson_id=lesson_id,
        individual_id=_number(body.get("id")),
        draft=draft,
        base=_number(body.get("base")) or 0,
    )
    return _beside(course_id, lesson_id)


@blueprint.post(f"{_LESSON}/own/<int:task_id>/remove")
@requires(Permission.WRITE_LESSONS)
@commits
def take_back(course_id: int, lesson_id: int, task_id: int) -> ResponseReturnValue:
    """Take a task of single pupils back."""
    remove_own_task(_desk(course_id, lesson_id), lesson_id=lesson_id, individual_id=task_id)
    return _beside(course_id, lesson_id)


@blueprint.post(f"{_LESSON}/templates")
@requires(Permission.WRITE_LESSONS)
@commits
def keep_template(course_id: int, lesson_id: int) -> ResponseReturnValue:
    """Keep a homework for another time."""
    body = _body()
    organisation_id, staff_id = _writer(course_id)
    add_template(
        db.session(),
        organisation_id=organisation_id,
        staff_id=staff_id,
        text=_text(body, "text"),
        minutes=_number(body.get("minutes")),
        now=now(),
    )
    return _beside(course_id, lesson_id)


@blueprint.post(f"{_LESSON}/templates/<int:template_id>/remove")
@requires(Permission.WRITE_LESSONS)
@commits
def drop_template(course_id: int, lesson_id: int, template_id: int) -> ResponseReturnValue:
    """Delete one's own template."""
    _, staff_id = _writer(course_id)
    remove_template(db.session(), staff_id=staff_id, template_id=template_id)
    return _beside(course_id, lesson_id)


def _writer(course_id: int) -> tuple[int, int]:
    """The organisation of the course and the actor's staff row there."""
    head = load_course(db.session(), current_actor(), course_id, now=now())
    staff_id = head.writer(current_actor())
    if staff_id is None:
        raise Forbidden()
    return head.organisation_id, staff_id


def _desk(
    course_id: int,
    lesson_id: int,
    pupil_ids: frozenset[int] = frozenset(),
    *,
    reading: bool = False,
) -> Desk:
    return open_desk(
        db.session(),
        current_actor(),
        course_id=course_id,
        lesson_ids=[lesson_id],
        pupil_ids=pupil_ids,
        now=now(),
        reading=reading,
    )


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise RuleViolation("", _WRONG)
    return body


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name, "")
    if not isinstance(value, str):
        raise RuleViolation(name, _WRONG)
    return value.strip()


def _number(value: Any) -> int | None:
    if value is None:
        return None
    number = number_of(str(value)) if isinstance(value, int | str) else None
    if number is None or isinstance(value, bool):
        raise RuleViolation("", _WRONG)
    return number


def _numbers(values: Any) -> list[int]:
    if not isinstance(values, list) or len(values) > 100:
        raise RuleViolation("own_pupils", _WRONG)
    return [number for value in values if (number := _number(value)) is not None]


def _day(value: Any) -> date | None:
    if not value:
        return None
    day = day_of(value) if isinstance(value, str) else None
    if day is None:
        raise RuleViolation("homework_due", N_("Choose a day of the academic year."))
    return day
