"""Views of unlocks: a teacher asks, a deputy or an administrator decides, everybody sees."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.unlock_forms import DaysForm, DecisionForm, LessonsForm
from journal.control.unlock_desk import unlock_desk
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.lessons.queries.unlock_lessons import lessons_to_name
from journal.lessons.queries.unlock_register import RegisterFilter, whole_register
from journal.lessons.queries.unlocks import UnlockRow, unlock_row
from journal.lessons.rules.unlocks import (
    HOURS,
    KIND_WORDS,
    MAX_LESSONS,
    UnlockState,
    kinds_from,
)
from journal.lessons.unlock_asking import own_course
from journal.lessons.unlocks import (
    decide_unlock,
    revoke_unlock,
    withdraw_unlock,
)
from journal.lessons.unlocks import request_unlock as ask_for_unlock
from journal.reports.unlock_register import REGISTER, UnlockRegister, unlock_register_xlsx
from journal.school.titles import course_title
from journal.webkit.access import commits, current_actor, requires, work_in_current_organisation
from journal.webkit.answers import XLSX, download
from journal.webkit.filters import (
    day_begins,
    day_ends,
    number_of,
    typed_day,
    typed_number,
    typed_page,
)
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import asked_day, now, today

blueprint = Blueprint("unlocks", __name__, url_prefix="/unlocks")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Unlocks"),
        endpoint="unlocks.listing",
        permission=Permission.OPEN_UNLOCKS,
        order=70,
        group=MenuGroup.JOURNALS,
    ),
)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.REQUEST_UNLOCK)
@commits
def request_unlock() -> ResponseReturnValue:
    """Ask to open entries of ?course=: of every ?lesson= alone, or of days, ?date= filled in."""
    course_id = typed_number("course")
    if course_id is None:
        raise NotFound()
    head = own_course(db.session(), current_actor(), course_id, now=now())
    form = _form(course_id)
    if form.validate_on_submit():
        with field_errors(form):
            _ask(form, course_id)
            flash(
                _("The request is sent. You will see the answer here and on your home page."), "ok"
            )
            return redirect(url_for("unlocks.listing"))
    title = course_title(head.classes_key, head.subject, head.subgroup)
    status = 422 if form.is_submitted() else 200
    return render_template("shared/unlocks/new.html", form=form, title=title, head=head), status


def _form(course_id: int) -> DaysForm | LessonsForm:
    """Lessons that the course has not are passed over."""
    asked = request.method == "GET"
    kinds = [kind.value for kind in kinds_from(request.args.get("kinds", ""))] if asked else None
    ids = [number for text in request.args.getlist("lesson") if (number := number_of(text))]
    named = lessons_to_name(db.session(), course_id=course_id, lesson_ids=ids[: 2 * MAX_LESSONS])
    if named:
        form = LessonsForm(
            **({"kinds": kinds, "lessons": [one.id for one in named]} if asked else {})
        )
        form.offer(named)
        return form
    day = asked_day() or today(current_actor())
    return DaysForm(**({"kinds": kinds, "lessons_from": day, "lessons_to": day} if asked else {}))


def _ask(form: DaysForm | LessonsForm, course_id: int) -> int:
    return ask_for_unlock(
        db.session(),
        current_actor(),
        course_id=course_id,
        wanted=form.wanted(),
        reason=form.reason.data or "",
        now=now(),
    )


@blueprint.get("/")
@requires(Permission.OPEN_UNLOCKS)
def listing() -> ResponseReturnValue:
    """Own requests; for those who decide, what waits; the school's register with its filters."""
    return _listing()


def _listing(refused: tuple[int, DecisionForm] | None = None) -> str:
    desk = unlock_desk(db.session(), current_actor(), chosen=_chosen(), now=now())
    return render_template(
        "shared/unlocks/listing.html",
        desk=desk,
        hours=HOURS,
        kinds=KIND_WORDS,
        refused=refused,
        newer_url=_filtered("listing", desk.previous_page) if desk.previous_page else None,
        older_url=_filtered("listing", desk.next_page) if desk.next_page else None,
        xlsx_url=_filtered("xlsx"),
    )


def _filtered(view: str, page: int | None = None) -> str:
    """The address of a view with the filters of the register kept."""
    names = ("state", "teacher", "from", "to")
    kept: dict[str, Any] = {name: request.args.get(name) or None for name in names}
    return url_for(f"unlocks.{view}", **kept, page=page)


def _chosen() -> RegisterFilter:
    state = request.args.get("state", "")
    return RegisterFilter(
        state=UnlockState(state) if state in set(UnlockState) else None,
        staff_id=typed_number("teacher"),
        since=day_begins(typed_day("from")),
        before=day_ends(typed_day("to")),
        page=typed_page(),
    )


@blueprint.post("/<int:unlock_id>/decide")
@requires(Permission.APPROVE_UNLOCK)
@commits
def decide(unlock_id: int) -> ResponseReturnValue:
    """Open for the chosen hours, or refuse with a note."""
    form = DecisionForm()
    row = unlock_row(db.session(), current_actor(), unlock_id, now=now())
    if form.validate_on_submit():
        with field_errors(form):
            granted = _decide(form, row)
            flash(_("Opened for the teacher.") if granted else _("Refused."), "ok")
            return redirect(url_for("unlocks.listing"))
    return _listing((unlock_id, form)), 422


def _decide(form: DecisionForm, row: UnlockRow) -> bool:
    granted: bool = form.decision.data == "grant"
    if not granted and form.decision.data != "refuse":
        raise NotFound()
    decide_unlock(
        db.session(),
        current_actor(),
        unlock_id=row.unlock_id,
        granted=granted,
        hours=form.hours.data or 0,
        note=form.note.data or "",
        now=now(),
        opened=form.opened(row.wanted) if granted else None,
    )
    return granted


@blueprint.post("/<int:unlock_id>/withdraw")
@requires(Permission.REQUEST_UNLOCK)
@commits
def withdraw(unlock_id: int) -> ResponseReturnValue:
    """Take one's own request back."""
    withdraw_unlock(db.session(), current_actor(), unlock_id, now=now())
    flash(_("The request is withdrawn."), "ok")
    return redirect(url_for("unlocks.listing"))


@blueprint.post("/<int:unlock_id>/revoke")
@requires(Permission.APPROVE_UNLOCK)
@commits
def revoke(unlock_id: int) -> ResponseReturnValue:
    """End a running grant early."""
    note = request.form.get("note", "")
    revoke_unlock(db.session(), current_actor(), unlock_id, note=note, now=now())
    flash(_("The unlock is ended. What was entered stays."), "ok")
    return redirect(url_for("unlocks.listing", _anchor="register"))


@blueprint.get("/xlsx")
@requires(Permission.CONTROL_UNLOCKS)
def xlsx() -> ResponseReturnValue:
    """The school's register as it is filtered, to work with."""
    actor = current_actor()
    register = UnlockRegister(
        school=actor.current.organisation_name,
        rows=tuple(whole_register(db.session(), _chosen(), now=now())),
        made_at=now(),
        time_zone=actor.current.time_zone,
    )
    name = f"{say(REGISTER)} {today(actor):%d.%m.%Y}.xlsx"
    return download(unlock_register_xlsx(register, say), name=name, mimetype=XLSX)
