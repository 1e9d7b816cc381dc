"""The versions of the timetable: drafts made, copied, dated, thrown away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.planning.blueprint import attempt, blueprint, planner, present_year
from journal.cabinets.common.planning.forms import ActForm, DatesForm, DraftForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.timetable.plan import version_head
from journal.timetable.service import change_draft, create_draft, drop_draft
from journal.timetable.week import Version, version_to_open
from journal.timetable.week import versions as versions_of_year
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import choices
from journal.webkit.i18n import period, say
from journal.webkit.moment import today

EMPTY = 0


@blueprint.get("/")
@requires(Permission.PLAN_TIMETABLE)
def versions() -> ResponseReturnValue:
    """Every version of the year, and the form of a new draft."""
    found = _versions()
    year, day = present_year(), today(current_actor())
    source = version_to_open([one for one in found if one.status == "published"], day)
    first = min(max(day, year.starts_on), year.ends_before) if year else day
    form = DraftForm(
        formdata=None,
        first_day=first,
        last_day=year.last_day if year else day,
        copy_of=source.id if source else EMPTY,
    )
    return _page(form)


@blueprint.post("/new")
@requires(Permission.PLAN_TIMETABLE)
@commits
def create() -> ResponseReturnValue:
    """A new draft, empty or a copy."""
    form = DraftForm()
    form.copy_of.choices = choices(_sources(_versions()))
    year = present_year()
    if year is None:
        raise NotFound(N_("There is no academic year yet. Set it up first."))
    if form.validate_on_submit():
        with attempt(form):
            version_id = create_draft(
                planner(),
                academic_year_id=year.id,
                dates=form.dates(),
                copy_of=form.copy_of.data or None,
            )
            return redirect(url_for("planning.editor", version_id=version_id))
    return _page(form), 422


@blueprint.route("/<int:version_id>/dates", methods=["GET", "POST"])
@requires(Permission.PLAN_TIMETABLE)
@commits
def dates(version_id: int) -> ResponseReturnValue:
    """Other dates or another name of a draft."""
    head = version_head(db.session(), version_id)
    kept = {"first_day": head.starts_on, "last_day": head.last_day, "note": head.note}
    form = DatesForm(kept=kept)
    if form.validate_on_submit():
        with attempt(form):
            change_draft(planner(), timetable_id=version_id, dates=form.dates())
            flash(_("Saved."), "ok")
            return redirect(url_for("planning.versions"))
    status = 422 if form.is_submitted() else 200
    return render_template("planning/dates.html", form=form, head=head), status


@blueprint.post("/<int:version_id>/drop")
@requires(Permission.PLAN_TIMETABLE)
@commits
def drop(version_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    if not ActForm().validate_on_submit():
        raise NotFound()
    drop_draft(planner(), timetable_id=version_id)
    flash(_("The draft is thrown away."), "ok")
    return redirect(url_for("planning.versions"))


def _versions() -> list[Version]:
    year = present_year()
    return versions_of_year(db.session(), year.id) if year else []


def _sources(found: list[Version]) -> list[tuple[int, str]]:
    copies = [
        (one.id, say(N_("copy of %(period)s", period=period(one.starts_on, one.ends_before))))
        for one in found
    ]
    return [(EMPTY, say(N_("none, an empty week"))), *copies]


def _page(form: DraftForm) -> str:
    found = _versions()
    form.copy_of.choices = choices(_sources(found))
    return render_template(
        "planning/versions.html",
        versions=found,
        form=form,
        year=present_year(),
        today=today(current_actor()),
    )
