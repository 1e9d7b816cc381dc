"""Views of lesson plans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.plans.typed import TypedRow, read_typed, rows_of_plan
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation, StaleVersion
from journal.core.messages import N_, Message
from journal.documents.guards import UnreadableFile
from journal.documents.tables import read_tables
from journal.grading.work_types import work_type_names
from journal.lessons.plans import (
    follow_plan,
    own_plan_course,
    pin_topic,
    put_plan,
    share_plan,
    split_plan,
    take_plan,
)
from journal.lessons.rules.plan_table import Row, TableRead, TopicDraft, read_table, split_pasted
from journal.register.plan_pages import PlanPage, plan_list, plan_page
from journal.reports.lesson_plan import lesson_plan_xlsx
from journal.webkit.access import commits, current_actor, requires, work_in_current_organisation
from journal.webkit.addresses import day_of
from journal.webkit.answers import XLSX, download
from journal.webkit.filters import number_of, typed_number
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now

blueprint = Blueprint("plans", __name__, url_prefix="/plans")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Lesson plans"),
        endpoint="plans.listing",
        permission=Permission.OPEN_PLANS,
        order=45,
        group=MenuGroup.JOURNALS,
    ),
)
SPARE_ROWS = 3


@blueprint.get("/")
@requires(Permission.OPEN_PLANS)
def listing() -> ResponseReturnValue:
    """Own courses with plan and fact; a parallel (?grade=) for who reads all plans."""
    page = plan_list(db.session(), current_actor(), grade=typed_number("grade"), now=now())
    return render_template("shared/plans/listing.html", page=page)


@blueprint.get("/<int:course_id>")
@requires(Permission.OPEN_PLANS)
def plan(course_id: int) -> ResponseReturnValue:
    """The plan of a course: a table to keep, or to read."""
    page = plan_page(db.session(), current_actor(), course_id=course_id, now=now())
    return _page(page, rows_of_plan(page.rows))


@blueprint.get("/<int:course_id>/xlsx")
@requires(Permission.OPEN_PLANS)
def xlsx(course_id: int) -> ResponseReturnValue:
    """The plan as a workbook, in the shape this page reads."""
    actor = current_actor()
    page = plan_page(db.session(), actor, course_id=course_id, now=now())
    whose = (actor.current.organisation_name, page.course.title, page.head.year_name)
    content = lesson_plan_xlsx(_drafts(page), say, made_at=now(), whose=whose)
    return download(content, name=f"{_('Lesson plan')} {page.course.title}.xlsx", mimetype=XLSX)


@blueprint.post("/<int:course_id>/save")
@requires(Permission.WRITE_LESSONS)
@commits
def save(course_id: int) -> ResponseReturnValue:
    """Save the whole table against the version it was opened with."""
    own_plan_course(db.session(), current_actor(), course_id, now=now())
    rows, drafts = read_typed(request.form, work_types=work_type_names(db.session()))
    if any(row.faults for row in rows):
        return _again(course_id, rows), 422
    try:
        _put(course_id, drafts)
    except StaleVersion as stale:
        return _again(course_id, rows, stale=stale), 409
    except RuleViolation as violation:
        return _again(course_id, rows, said=violation.message), 422
    flash(_("The plan is saved."), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


@blueprint.post("/<int:course_id>/bring")
@requires(Permission.WRITE_LESSONS)
@commits
def bring(course_id: int) -> ResponseReturnValue:
    """Add the topics of a pasted table or a file, or put them in place of the plan."""
    own_plan_course(db.session(), current_actor(), course_id, now=now())
    try:
        read = read_table(_brought(), work_types=work_type_names(db.session()))
        if read.faults:
            return _again(course_id, brought=read), 422
        _put(course_id, (*_kept(course_id), *read.topics))
    except (RuleViolation, UnreadableFile) as refusal:
        return _again(course_id, said=refusal.message), 422
    except StaleVersion as stale:
        return _again(course_id, stale=stale), 409
    flash(_("Topics added: %(count)s.", count=len(read.topics)), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


def _brought() -> Sequence[Row]:
    file = request.files.get("file")
    if file is not None and file.filename:
        tables = read_tables(file.filename, file.stream.read())
        return [(row.number, row.cells) for row in tables[0].rows] if tables else []
    pasted = split_pasted(request.form.get("pasted", ""))
    if not pasted:
        raise RuleViolation("pasted", N_("Paste a table or choose a file."))
    return pasted


def _kept(course_id: int) -> tuple[TopicDraft, ...]:
    """What stays before the brought topics: nothing when they replace the plan."""
    if request.form.get("mode") == "replace":
        return ()
    return _drafts(plan_page(db.session(), current_actor(), course_id=course_id, now=now()))


def _drafts(page: PlanPage) -> tuple[TopicDraft, ...]:
    topics = (row.topic for row in page.rows)
    return tuple(
        TopicDraft(
            id=one.id,
            title=one.title,
            hours=one.hours,
            section=one.section,
            homework=one.homework,
            work_type=one.work_type,
        )
        for one in topics
    )


def _put(course_id: int, drafts: Sequence[TopicDraft]) -> None:
    with db.session().begin_nested():  # a refused table leaves nothing of itself
        put_plan(
            db.session(),
            current_actor(),
            course_id=course_id,
            drafts=drafts,
            base=number_of(request.form.get("base", "")) or 0,
            now=now(),
        )


@blueprint.post("/<int:course_id>/take")
@requires(Permission.WRITE_LESSONS)
@commits
def take(course_id: int) -> ResponseReturnValue:
    """Copy the chosen plan, or keep the course by it together with others."""
    session, actor, plan_id = db.session(), current_actor(), _number("plan")
    if request.form.get("how") == "follow":
        follow_plan(session, actor, course_id=course_id, plan_id=plan_id, now=now())
    else:
        base = number_of(request.form.get("base", "")) or 0
        take_plan(session, actor, course_id=course_id, plan_id=plan_id, base=base, now=now())
    flash(_("The plan is taken over."), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


@blueprint.post("/<int:course_id>/share")
@requires(Permission.WRITE_LESSONS)
@commits
def share(course_id: int) -> ResponseReturnValue:
    """Let other own courses of the parallel follow this plan."""
    others = [number for text in request.form.getlist("others") if (number := number_of(text))]
    try:
        share_plan(db.session(), current_actor(), course_id=course_id, others=others, now=now())
    except RuleViolation as violation:
        return _again(course_id, said=violation.message), 422
    flash(_("The chosen courses follow this plan now."), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


@blueprint.post("/<int:course_id>/split")
@requires(Permission.WRITE_LESSONS)
@commits
def split(course_id: int) -> ResponseReturnValue:
    """Give the course a copy of its own."""
    try:
        split_plan(db.session(), current_actor(), course_id=course_id, now=now())
    except RuleViolation as violation:
        return _again(course_id, said=violation.message), 422
    flash(_("The course has a plan of its own now."), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


@blueprint.post("/<int:course_id>/pin")
@requires(Permission.WRITE_LESSONS)
@commits
def pin(course_id: int) -> ResponseReturnValue:
    """Tie a topic to a day of this course; an empty day unties it."""
    typed = request.form.get("day", "")
    day = day_of(typed)
    try:
        if typed and day is None:
            raise RuleViolation("day", N_("Choose a day of the academic year."))
        actor, topic_id = current_actor(), _number("topic")
        pin_topic(db.session(), actor, course_id=course_id, topic_id=topic_id, day=day, now=now())
    except RuleViolation as violation:
        return _again(course_id, said=violation.message), 422
    flash(_("The topic is tied to the day.") if day else _("The topic is untied."), "ok")
    return redirect(url_for("plans.plan", course_id=course_id))


def _number(name: str) -> int:
    number = number_of(request.form.get(name, ""))
    if number is None:
        raise NotFound()
    return number


def _again(
    course_id: int,
    rows: Sequence[TypedRow] | None = None,
    *,
    stale: StaleVersion | None = None,
    brought: TableRead | None = None,
    said: Message | None = None,
) -> str:
    """The page once more with what was typed and what is wrong with it."""
    page = plan_page(db.session(), current_actor(), course_id=course_id, now=now())
    shown = rows_of_plan(page.rows) if rows is None else rows
    return _page(page, shown, stale=stale, brought=brought, said=said)


def _page(page: PlanPage, rows: Sequence[TypedRow], **more: Any) -> str:
    spare = (TypedRow(hours=""),) * SPARE_ROWS if page.keeps else ()
    return render_template(
        "shared/plans/plan.html",
        page=page,
        rows=(*rows, *spare),
        work_types=work_type_names(db.session()) if page.keeps else (),
        pasted=request.form.get("pasted", ""),
        **more,
    )
