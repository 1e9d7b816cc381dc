"""Views of the class teacher's cabinet. `?class=` chooses among several classes."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.class_day import class_day
from journal.control.class_lists import class_journals, class_list
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.school.class_desk import NoClassKept
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.filters import number_of
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import asked_day, now
from journal.webkit.words import RELATIONS

blueprint = Blueprint("class_teacher", __name__, url_prefix="/class")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("My class"),
        endpoint="class_teacher.home",
        permission=Permission.KEEP_CLASS,
        order=45,
        home=True,
    ),
)


@blueprint.get("/")
@requires(Permission.KEEP_CLASS)
def home() -> ResponseReturnValue:
    """Who is absent on the day (?date=), and what its lessons lack."""
    page = class_day(
        db.session(), current_actor(), class_id=asked_class(), asked=asked_day(), now=now()
    )
    return render_template("cabinets/class_teacher/home.html", page=page, now=now())


@blueprint.get("/pupils")
@requires(Permission.KEEP_CLASS)
def pupils() -> ResponseReturnValue:
    """The class list with the guardians' phones."""
    page = class_list(db.session(), current_actor(), class_id=asked_class(), now=now())
    return render_template("cabinets/class_teacher/pupils.html", page=page, relations=RELATIONS)


@blueprint.get("/journals")
@requires(Permission.KEEP_CLASS)
def journals() -> ResponseReturnValue:
    """Every journal page of the class."""
    page = class_journals(db.session(), current_actor(), class_id=asked_class(), now=now())
    return render_template("cabinets/class_teacher/journals.html", page=page)


@blueprint.errorhandler(NoClassKept)
def nobody(refusal: NoClassKept) -> ResponseReturnValue:
    """A class teacher before the appointment: no error, and nothing to show."""
    return render_template("cabinets/class_teacher/nobody.html", message=refusal.message)


def asked_class() -> int | None:
    """?class= of the address; NotFound for what is no number."""
    text = request.args.get("class", "")
    if text and number_of(text) is None:
        raise NotFound()
    return number_of(text)
