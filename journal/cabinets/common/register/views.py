"""Views of the journal page: read, save, explain, plan."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Actor, Permission
from journal.cabinets.common.offline import KEEP_HEADER
from journal.cabinets.common.register.answering import save_answer
from journal.cabinets.common.register.facts import Sayer, page_json
from journal.cabinets.common.register.figures import paint_figures, stretch_name
from journal.cabinets.common.register.painted import Link
from journal.cabinets.common.register.painting import paint, print_url, results_url
from journal.cabinets.common.register.parsing import parse_operations
from journal.cabinets.common.register.words import absence_codes
from journal.core.db import db
from journal.register.figures import CourseFigures, average_of, course_figures
from journal.register.history import cell_history
from journal.register.reading import explained_average, journal_page
from journal.register.rules.figures import addends
from journal.register.rules.page import JournalPage
from journal.register.service import save_entries
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import wants_fragment
from journal.webkit.filters import typed_day, typed_number
from journal.webkit.i18n import gettext
from journal.webkit.moment import now

blueprint = Blueprint("register", __name__, url_prefix="/journal")


@blueprint.get("/<int:course_id>")
@requires(Permission.OPEN_JOURNAL)
def journal(course_id: int) -> ResponseReturnValue:
    """The page of a course: a term (?term=), 0 for the whole year."""
    actor = current_actor()
    page = journal_page(
        db.session(),
        actor,
        course_id=course_id,
        term_id=typed_number("term"),
        now=now(),
    )
    sayer = Sayer(page.head.zone)
    facts = page_json(page, account_id=actor.account_id, locale=actor.locale)
    painted = paint(page, facts | _addresses(page, actor), sayer, locale=actor.locale)
    tools = _tools(page, actor)
    answer = make_response(render_template("register/journal.html", painted=painted, tools=tools))
    if page.can_write:
        answer.headers[KEEP_HEADER] = str(actor.account_id)
    return answer


def _tools(page: JournalPage, actor: Actor) -> tuple[Link, ...]:
    """Where the page's toolbar leads beside other terms."""
    course_id = page.head.course_id
    figures = url_for("register.figures", course_id=course_id, term=page.term_id)
    results = results_url(course_id, page.term)
    tools = [
        Link(gettext("Results"), results, current=False),
        Link(gettext("Marks in figures"), figures, current=False),
    ]
    if actor.may(Permission.OPEN_PLANS, page.head.organisation_id):
        plan = url_for("plans.plan", course_id=course_id)
        tools.insert(0, Link(gettext("Lesson plan"), plan, current=False))
    if actor.may(Permission.OPEN_FORMS, page.head.organisation_id):
        tools.append(Link(gettext("Print"), print_url(course_id, page.term), current=False))
    return tuple(tools)


def _addresses(page: JournalPage, actor: Actor) -> dict[str, str]:
    """Where the grid saves, asks and leads; `explain` takes the pupil's id in place of 0."""
    course_id, term_id = page.head.course_id, page.term_id
    addresses = {
        "save": url_for("register.save", course_id=course_id),
        "session": url_for("common.session_state"),
        "login": url_for("common.sign_in"),
        "explain": url_for("register.average", course_id=course_id, pupil_id=0, term=term_id),
        "beside": url_for("lessons.beside", course_id=course_id, lesson_id=0),
        "planned": url_for("lessons.planned", course_id=course_id),
        "history": url_for("register.history", course_id=course_id, lesson_id=0, pupil_id=0),
    }
    if page.can_write and actor.may(Permission.REQUEST_UNLOCK):
        addresses["unlock"] = url_for("unlocks.request_unlock", course=course_id)
    return addresses


@blueprint.post("/<int:course_id>/save")
@requires(Permission.WRITE_LESSONS)
@commits
def save(course_id: int) -> ResponseReturnValue:
    """Save a small batch of entries; the answer tells of each (see docs/journal-page.md)."""
    operations = parse_operations(request.get_json(silent=True))
    saved = save_entries(
        db.session(), current_actor(), course_id=course_id, operations=operations, now=now()
    )
    body, status = save_answer(saved)
    return jsonify(body), status


@blueprint.get("/<int:course_id>/average/<int:pupil_id>")
@requires(Permission.OPEN_JOURNAL)
def average(course_id: int, pupil_id: int) -> ResponseReturnValue:
    """Why a pupil's average is what it is; a fragment for the popover, a page without it."""
    shown = explained_average(
        db.session(),
        current_actor(),
        course_id=course_id,
        pupil_id=pupil_id,
        term_id=typed_number("term"),
        now=now(),
    )
    template = "register/_average.html" if wants_fragment() else "register/average.html"
    return render_template(template, shown=shown)


@blueprint.get("/<int:course_id>/history/<int:lesson_id>/<int:pupil_id>")
@requires(Permission.OPEN_JOURNAL)
def history(course_id: int, lesson_id: int, pupil_id: int) -> ResponseReturnValue:
    """Who entered what into a cell, and when; a fragment for its panel, a page without it."""
    shown = cell_history(
        db.session(),
        current_actor(),
        course_id=course_id,
        lesson_id=lesson_id,
        pupil_id=pupil_id,
        now=now(),
    )
    template = "register/_history.html" if wants_fragment() else "register/history.html"
    return render_template(template, shown=shown, codes=absence_codes())


@blueprint.get("/<int:course_id>/figures")
@requires(Permission.OPEN_JOURNAL)
def figures(course_id: int) -> ResponseReturnValue:
    """How often each mark was given and how the average moved: a term, 0 for the year."""
    return render_template("register/figures.html", painted=paint_figures(_figures(course_id)))


@blueprint.get("/<int:course_id>/figures/average")
@requires(Permission.OPEN_JOURNAL)
def figure(course_id: int) -> ResponseReturnValue:
    """Why an average of the page of figures is what it is: ?since= names the week or month."""
    found = _figures(course_id)
    since = typed_day("since")
    shown = average_of(found, since)
    facts = {
        "figure": shown,
        "addends": addends(shown),
        "painted": paint_figures(found),
        "name": since and stretch_name(since, by_months=found.term is None),
    }
    template = "register/_figure.html" if wants_fragment() else "register/figure.html"
    return render_template(template, **facts)


def _figures(course_id: int) -> CourseFigures:
    term_id = typed_number("term")
    actor = current_actor()
    return course_figures(db.session(), actor, course_id=course_id, term_id=term_id, now=now())
