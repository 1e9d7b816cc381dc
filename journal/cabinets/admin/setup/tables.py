"""Views of what is edited as a table: the terms of a year, a set of bells, proposed holidays."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import open_year
from journal.cabinets.admin.setup.forms import BellsForm, TermsForm, term_kinds
from journal.core.db import db
from journal.core.errors import NotFound, RuleViolation
from journal.office.setup import ground, reading
from journal.office.setup.breaks import HolidayFacts, MovedDayFacts, add_holidays
from journal.office.setup.calendar import TermFacts, save_terms
from journal.office.setup.proposals import (
    breaks_between,
    moved_working_days,
    public_holidays,
    usual_terms,
)
from journal.school.calendar import YearSpan
from journal.school.frame_rules import ONE_DAY
from journal.school.queries import term_spans
from journal.school.rules import Span
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now


def present_year() -> YearSpan:
    """The year the page is about (?year=); NotFound where there is none."""
    year = open_year(db.session()).year
    if year is None:
        raise NotFound()
    return year


@blueprint.route("/setup/terms", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def terms() -> ResponseReturnValue:
    """All terms of the year (?year=); where there are none, the usual ones are offered."""
    year = present_year()
    known = reading.term_facts(db.session(), year.id)
    offered = known or usual_terms(Span(year.starts_on, year.ends_before))
    held = [_shown(one) for one in offered]
    form = TermsForm(kept={}, held=held, choices=term_kinds())
    if form.validate_on_submit():
        with field_errors(form):
            facts = _term_facts(form)
            save_terms(db.session(), current_actor(), year_id=year.id, terms=facts, now=now())
            flash(_("The terms are saved."), "ok")
            return redirect(url_for("admin.calendar", year=year.id, _anchor="terms"))
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "year": year, "offered": not known}
    return render_template("cabinets/admin/setup/terms.html", **page), status


def _shown(one: TermFacts) -> dict[str, Any]:
    shown = {**one.columns, "last_day": one.ends_before - ONE_DAY}
    return shown | {"marks_last": one.marks_before - ONE_DAY if one.marks_before else None}


def _term_facts(form: TermsForm) -> list[TermFacts]:
    return [
        TermFacts(
            kind=row.kind.data,
            number=row.number.data,
            grades=row.grades.data or frozenset(),
            starts_on=row.starts_on.data,
            ends_before=row.last_day.data + ONE_DAY,
            marks_from=row.marks_from.data,
            marks_before=row.marks_last.data + ONE_DAY if row.marks_last.data else None,
            place=place,
        )
        for place, row in form.filled
    ]


@blueprint.route("/setup/bells/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_bells() -> ResponseReturnValue:
    """A set of bells."""
    return _bells(None, BellsForm(held=[{"lesson_number": number} for number in range(1, 9)]))


@blueprint.route("/setup/bells/<int:bells_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def one_bells(bells_id: int) -> ResponseReturnValue:
    """The lessons of a set."""
    name, shift, periods = reading.bells_facts(db.session(), bells_id)
    held = [asdict(one) for one in periods]
    return _bells(bells_id, BellsForm(kept={"name": name, "shift": shift}, held=held))


def _bells(bells_id: int | None, form: BellsForm) -> ResponseReturnValue:
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            ground.save_bells(
                db.session(),
                current_actor(),
                schedule_id=bells_id,
                name=form.name.data,
                shift=form.shift.data,
                bells=_bell_facts(form),
                now=now(),
            )
            flash(_("The bells are saved; the lessons ring by them."), "ok")
            return redirect(url_for("admin.bells"))
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "bells_id": bells_id}
    return render_template("cabinets/admin/setup/bells.html", **page), status


def _bell_facts(form: BellsForm) -> list[ground.BellFacts]:
    return [
        ground.BellFacts(
            lesson_number=row.lesson_number.data,
            starts_at=row.starts_at.data,
            ends_at=row.ends_at.data,
            place=place,
        )
        for place, row in form.filled
    ]


@blueprint.post("/setup/bells/<int:bells_id>/delete")
@requires(Permission.MANAGE_SCHOOL)
@commits
def delete_bells(bells_id: int) -> ResponseReturnValue:
    """Delete a set no class keeps."""
    try:
        ground.delete_bells(db.session(), current_actor(), bells_id, now=now())
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
        return redirect(url_for("admin.one_bells", bells_id=bells_id))
    flash(_("Deleted."), "ok")
    return redirect(url_for("admin.bells"))


@blueprint.route("/setup/holidays", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def proposed_holidays() -> ResponseReturnValue:
    """Public holidays, breaks between terms and working Saturdays, to tick (?year=)."""
    year = present_year()
    free, moved = _proposals(year)
    if request.method == "POST":
        ticked = set(request.form.getlist("day"))
        add_holidays(
            db.session(),
            current_actor(),
            year_id=year.id,
            holidays=[one for one in free if _key(one) in ticked],
            moved=[one for one in moved if _key(one) in ticked],
            now=now(),
        )
        flash(_("The holidays are saved; the lessons follow."), "ok")
        return redirect(url_for("admin.calendar", year=year.id, _anchor="holidays"))
    page = {"year": year, "free": free, "moved": moved, "key": _key}
    return render_template("cabinets/admin/setup/holidays.html", **page)


def _proposals(year: YearSpan) -> tuple[list[HolidayFacts], list[MovedDayFacts]]:
    """What is offered and not there yet."""
    session, span = db.session(), Span(year.starts_on, year.ends_before)
    gaps = breaks_between(term_spans(session, year.id))
    offered = [HolidayFacts(**{**asdict(one), "name": say(name)}) for name, one in gaps]
    offered += public_holidays(span)
    held = [one for _id, one in reading.holiday_rows(session, year.id)]
    free = [one for one in offered if not any(_inside(one, other) for other in held)]
    days = {one.day for _id, one in reading.moved_day_rows(session, year.id)}
    return free, [one for one in moved_working_days(span) if one.day not in days]


def _inside(one: HolidayFacts, other: HolidayFacts) -> bool:
    covered = other.starts_on <= one.starts_on and one.ends_before <= other.ends_before
    return covered and (not other.grades or (bool(one.grades) and one.grades <= other.grades))


def _key(one: HolidayFacts | MovedDayFacts) -> str:
    if isinstance(one, MovedDayFacts):
        return f"moved-{one.day}"
    return f"{one.starts_on}-{one.ends_before}"
