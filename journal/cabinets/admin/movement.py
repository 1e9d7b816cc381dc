"""Movement of pupils by order: choose, see what follows, carry out."""

from __future__ import annotations

from typing import Any, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Length, Optional

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import Opening, open_year
from journal.cabinets.admin.words import MOVEMENTS
from journal.core.db import db
from journal.office.movement.queries import NewCourses, courses_of_class
from journal.office.movement.rules import Kind, Order
from journal.office.movement.service import consequences, move_pupils
from journal.school.class_desk import pupils_on
from journal.school.directory import class_choices
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import IdSelect, Text, choices, with_nobody
from journal.webkit.filters import number_of, typed_number
from journal.webkit.forms import Form, day_of_a_school, field_errors
from journal.webkit.i18n import say
from journal.webkit.moment import now


class MovementForm(Form):
    """приказ: what, from which day, by which order."""

    kind = SelectField(_l("What happens"))
    happens_on = DateField(
        _l("From the day"),
        [InputRequired(_l("Enter the day.")), day_of_a_school],
        description=_l("The first day in the new class, or the first day away."),
    )
    class_id = IdSelect(_l("Into the class"))
    number = Text(_l("Number of the order"), [Optional(), Length(max=100)])
    dated = DateField(_l("Date of the order"), [Optional(), day_of_a_school])
    destination = Text(
        _l("Where to"), [Optional(), Length(max=300)], description=_l("For who leaves the school.")
    )

    @property
    def order(self) -> Order:
        """What was typed."""
        kind = cast("Kind", self.kind.data)
        assert self.happens_on.data is not None
        return Order(
            kind=kind,
            happens_on=self.happens_on.data,
            class_id=self.class_id.data if kind != "leaving" else None,
            number=self.number.data,
            dated=self.dated.data,
            destination=self.destination.data if kind == "leaving" else None,
        )


@blueprint.route("/movement", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def movement() -> ResponseReturnValue:
    """Pupils of ?class= (or ?pupil=) to tick, the order; then what follows; then it is done."""
    opening = open_year(db.session())
    form = _form(opening)
    chosen, follows = _ticked(), None
    if form.validate_on_submit():
        with field_errors(form):
            if request.form.get("step") == "confirm":
                return _carry_out(form.order, chosen)
            follows = _follows(form.order, chosen)
    status = 422 if form.is_submitted() and form.errors else 200
    page = {"form": form, "follows": follows, "ticked": chosen, "opening": opening}
    return render_template("cabinets/admin/movement.html", **page, **_choice(opening)), status


def _carry_out(order: Order, chosen: set[int]) -> ResponseReturnValue:
    moved = move_pupils(db.session(), current_actor(), pupil_ids=chosen, order=order, now=now())
    flash(_("Carried out. Pupils moved: %(count)s.", count=moved), "ok")
    return redirect(url_for("papers.form", name="movement"))


def _form(opening: Opening) -> MovementForm:
    form = MovementForm(data={"happens_on": opening.day})
    form.kind.choices = choices((code, say(words)) for code, words in MOVEMENTS.items())
    form.class_id.choices = with_nobody(_classes(opening))
    return form


def _classes(opening: Opening) -> list[tuple[int, str]]:
    return class_choices(db.session(), opening.year.id) if opening.year else []


def _choice(opening: Opening) -> dict[str, Any]:
    """The classes to choose from and the pupils to tick."""
    class_id, day = typed_number("class"), opening.day
    pupils = pupils_on(db.session(), class_group_id=class_id, day=day) if class_id else []
    return {"classes": _classes(opening), "class_id": class_id, "pupils": pupils}


def _ticked() -> set[int]:
    typed = {number_of(one) for one in request.form.getlist("pupil")}
    alone = typed_number("pupil")
    return {one for one in typed if one is not None} | ({alone} if alone else set())


def _follows(order: Order, chosen: set[int]) -> dict[str, Any]:
    found = consequences(db.session(), current_actor(), pupil_ids=chosen, order=order)
    new = NewCourses(whole=(), in_subgroups=())
    if order.class_id is not None:
        new = courses_of_class(db.session(), order.class_id)
    return {"rows": found, "new": new, "wrong": sum(one.wrong is not None for one in found)}
