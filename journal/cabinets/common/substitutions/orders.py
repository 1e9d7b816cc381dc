"""Orders about whole days: frost, quarantine, distance learning."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.substitutions.blueprint import ONE_DAY, attempt, blueprint, office
from journal.cabinets.common.substitutions.forms import ActForm, OrderForm
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.queries.orders import order_rows
from journal.office.service.orders import Carried, OrderDraft, give_order, revoke_order
from journal.school.calendar import year_to_open, years
from journal.school.directory import class_choices
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.moment import asked_day, today


@blueprint.get("/orders")
@requires(Permission.PLAN_TIMETABLE)
def orders() -> ResponseReturnValue:
    """The orders, and the form of a new one (?date=)."""
    day = asked_day() or today(current_actor())
    return _page(OrderForm(first_day=day, last_day=day, order_date=day))


@blueprint.post("/orders/new")
@requires(Permission.PLAN_TIMETABLE)
@commits
def order() -> ResponseReturnValue:
    """Carry an order out for all lessons of the classes in those days."""
    form = OrderForm()
    form.offer(_classes())
    if form.validate_on_submit():
        with attempt(form):
            carried = give_order(office(), _draft(form))
            _tell(carried)
            return redirect(url_for("substitutions.orders"))
    return _page(form), 422


@blueprint.post("/orders/<int:order_id>/revoke")
@requires(Permission.PLAN_TIMETABLE)
@commits
def revoke(order_id: int) -> ResponseReturnValue:
    """Give back what nothing was written in."""
    form = OrderForm(formdata=None)
    if ActForm().validate_on_submit():
        with attempt(form):
            _tell(revoke_order(office(), order_id))
            return redirect(url_for("substitutions.orders"))
    return _page(form), 422


def _tell(carried: Carried) -> None:
    flash(_("Lessons changed: %(count)s.", count=carried.changed), "ok")
    if carried.left:
        flash(_("Left as they are, because they hold entries: %(count)s.", count=carried.left), "")


def _draft(form: OrderForm) -> OrderDraft:
    first, last, ordered = form.first_day.data, form.last_day.data, form.order_date.data
    if first is None or last is None or ordered is None:
        raise NotFound()
    return OrderDraft(
        kind=form.kind.data or "other",
        mode=form.mode.data or "cancelled",
        class_ids=frozenset(form.classes.data or ()),
        starts_on=first,
        ends_before=last + ONE_DAY,
        order_number=(form.order_number.data or "").strip(),
        order_date=ordered,
    )


def _classes() -> list[tuple[int, str]]:
    session = db.session()
    year = year_to_open(years(session), today(current_actor()))
    return class_choices(session, year.id) if year else []


def _page(form: OrderForm) -> str:
    form.offer(_classes())
    return render_template("substitutions/orders.html", form=form, rows=order_rows(db.session()))
