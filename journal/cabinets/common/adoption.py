"""«Внедрение»: the plan of adoption as it stands, ticks, the orders and the consents to print."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired, Length, Optional

from journal.access import Permission, Role
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.office.adoption.papers import pupils_without_consent, staff_without_consent
from journal.office.adoption.queries import Adoption, PlanFacts, names_of, read_adoption
from journal.office.adoption.rules import ITEMS, OWNERS
from journal.office.adoption.service import may_tick, save_plan
from journal.office.adoption.service import tick as set_tick
from journal.office.adoption.service import untick as take_tick
from journal.office.setup.ground import organisation_facts
from journal.reports.consents import School, Sheet, consent_sheets
from journal.reports.orders import OrderFacts, PlanRow, adoption_order, coordinators_order
from journal.school.calendar import YearSpan, year_to_open, years
from journal.school.directory import class_choices
from journal.webkit.access import commits, current_actor, requires, work_in_current_organisation
from journal.webkit.answers import download
from journal.webkit.fields import Text
from journal.webkit.filters import typed_number
from journal.webkit.forms import Form, day_of_a_school, field_errors
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now, today

blueprint = Blueprint("adoption", __name__, url_prefix="/adoption")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Adoption"),
        endpoint="adoption.plan",
        permission=Permission.FOLLOW_ADOPTION,
        order=60,
        group=MenuGroup.UPKEEP,
    ),
)
PDF = "application/pdf"


class PlanForm(Form):
    """The start and the orders."""

    starts_on = DateField(
        _l("Work begins on"),
        [InputRequired(_l("Enter the day.")), day_of_a_school],
        description=_l("All due dates of the plan count from it."),
    )
    order_number = Text(_l("Order of adoption, number"), [Optional(), Length(max=100)])
    order_date = DateField(_l("Order of adoption, date"), [Optional(), day_of_a_school])
    coordinators_number = Text(_l("Order on coordinators, number"), [Optional(), Length(max=100)])
    coordinators_date = DateField(_l("Order on coordinators, date"), [Optional(), day_of_a_school])


@blueprint.get("")
@requires(Permission.FOLLOW_ADOPTION)
def plan() -> ResponseReturnValue:
    """The 21 items with owner, due date and state."""
    year = _year()
    if year is None:
        return render_template("adoption/plan.html", plan=None)
    found = _read(year)
    return render_template(
        "adoption/plan.html",
        plan=found,
        owners=OWNERS,
        year=year,
        classes=class_choices(db.session(), year.id),
        may_tick={item.number for item in ITEMS if may_tick(current_actor(), item.number)},
        may_manage=current_actor().may(Permission.MANAGE_SCHOOL),
    )


@blueprint.route("/settings", methods=["GET", "POST"])
@requires(Permission.FOLLOW_ADOPTION)
@commits
def settings() -> ResponseReturnValue:
    """When work begins, numbers and dates of the orders."""
    form = PlanForm(kept=asdict(_read(_known_year()).facts))
    if form.validate_on_submit():
        with field_errors(form):
            typed = {name: form[name].data for name in PlanFacts.__dataclass_fields__}
            save_plan(db.session(), current_actor(), facts=PlanFacts(**typed), now=now())
            flash(_("The plan is saved."), "ok")
            return redirect(url_for("adoption.plan"))
    status = 422 if form.is_submitted() else 200
    return render_template("adoption/settings.html", form=form), status


@blueprint.post("/<int:number>/tick")
@requires(Permission.FOLLOW_ADOPTION)
@commits
def tick(number: int) -> ResponseReturnValue:
    """Done, in one's own name."""
    day = today(current_actor())
    set_tick(db.session(), current_actor(), item=number, today=day, now=now())
    return redirect(url_for("adoption.plan", _anchor=f"item-{number}"))


@blueprint.post("/<int:number>/untick")
@requires(Permission.FOLLOW_ADOPTION)
@commits
def untick(number: int) -> ResponseReturnValue:
    """Not done after all."""
    take_tick(db.session(), current_actor(), item=number, now=now())
    return redirect(url_for("adoption.plan", _anchor=f"item-{number}"))


@blueprint.get("/order.pdf")
@requires(Permission.FOLLOW_ADOPTION)
def order_pdf() -> ResponseReturnValue:
    """«Приказ о внедрении» with the plan."""
    found = _read(_known_year())
    facts = _order_facts(found.facts.starts_on, found.facts.order_number, found.facts.order_date)
    rows = [
        PlanRow(
            number=line.item.number,
            title=line.item.title,
            owner=OWNERS[line.item.owner],
            due_on=line.due_on,
        )
        for line in found.lines
    ]
    content = adoption_order(_school(), facts, rows, say)
    return download(content, name=f"{say(N_('Order of adoption'))}.pdf", mimetype=PDF)


@blueprint.get("/coordinators.pdf")
@requires(Permission.FOLLOW_ADOPTION)
def coordinators_pdf() -> ResponseReturnValue:
    """«Приказ о назначении координатора»."""
    held = _read(_known_year()).facts
    facts = _order_facts(held.starts_on, held.coordinators_number, held.coordinators_date)
    content = coordinators_order(_school(), facts, say)
    return download(content, name=f"{say(N_('Order on coordinators'))}.pdf", mimetype=PDF)


@blueprint.get("/consents.pdf")
@requires(Permission.FOLLOW_ADOPTION)
def consents_pdf() -> ResponseReturnValue:
    """Sheets for whose consent is missing: the staff, or the pupils of ?class=."""
    day, class_id = _known_year().day_within(today(current_actor())), typed_number("class")
    if class_id is None:
        people = staff_without_consent(db.session(), day)
        sheets = [Sheet(signer=one.name, post=one.position) for one in people]
        sheets = sheets or [Sheet(signer=None)]
    else:
        pupils = pupils_without_consent(db.session(), class_id, day)
        sheets = [
            Sheet(signer=one.guardian, child=one.name, child_class=one.class_name) for one in pupils
        ] or [Sheet(signer=None, child="")]
    content = consent_sheets(_school(), sheets, say)
    return download(content, name=f"{say(N_('Consents'))}.pdf", mimetype=PDF)


def _year() -> YearSpan | None:
    return year_to_open(years(db.session()), today(current_actor()))


def _known_year() -> YearSpan:
    year = _year()
    if year is None:
        raise NotFound()
    return year


def _read(year: YearSpan) -> Adoption:
    return read_adoption(db.session(), year=year, today=today(current_actor()), now=now())


def _order_facts(starts_on: date, number: str | None, dated: date | None) -> OrderFacts:
    return OrderFacts(
        number=number,
        dated=dated,
        starts_on=starts_on,
        administrators=_names(Role.ADMINISTRATOR),
        coordinators=_names(Role.MONITORING_COORDINATOR),
    )


def _names(role: Role) -> list[str]:
    return names_of(db.session(), role, day=today(current_actor()))


def _school() -> School:
    place = current_actor().current
    facts = organisation_facts(db.session(), place.organisation_id)
    directors = _names(Role.DIRECTOR)
    return School(
        full_name=facts.full_name,
        address=facts.address or "",
        director=facts.director_name or ", ".join(directors),
        made_at=now(),
        time_zone=place.time_zone,
    )
