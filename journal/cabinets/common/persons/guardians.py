"""Guardians of a pupil: a new one, the relation, the end of it."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.persons.blueprint import blueprint, load, name_of_whom, to_card
from journal.cabinets.common.persons.forms import GuardianForm, LinkForm, relations, sexes
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.persons.guardians import LinkFacts, add_guardian, save_link, unlink
from journal.office.persons.rows import Link, Whom, load_link
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today


@blueprint.route("/<int:person_id>/guardians/new", methods=["GET", "POST"])
@requires(Permission.KEEP_PEOPLE)
@commits
def new_guardian(person_id: int) -> ResponseReturnValue:
    """A guardian of the pupil; one who is known by name and contact is linked."""
    child = load(person_id)
    if child.pupil is None:
        raise NotFound()
    form = GuardianForm()
    form.sex.choices, form.relation.choices = sexes(), relations()
    if form.validate_on_submit():
        with field_errors(form):
            _add(child, form)
            flash(_("The parent is entered."), "ok")
            return to_card(person_id)
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "title": _("New parent of %(name)s", name=name_of_whom(child))}
    return render_template("persons/edit.html", person_id=person_id, **page), status


def _add(child: Whom, form: GuardianForm) -> None:
    add_guardian(
        db.session(),
        current_actor(),
        child=child,
        person=form.person,
        link=_link_facts(form),
        now=now(),
    )


def _link_facts(form: GuardianForm | LinkForm) -> LinkFacts:
    declined = bool(form.declined_e_service.data)
    return LinkFacts(relation=form.relation.data, declined_e_service=declined)


@blueprint.route("/links/<int:link_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_PEOPLE)
@commits
def link(link_id: int) -> ResponseReturnValue:
    """Relation and electronic service of one guardian for one child."""
    found = _load(link_id)
    facts = {
        "relation": found.row.relation,
        "declined_e_service": found.row.declined_e_service,
    }
    form = LinkForm(kept=facts)
    form.relation.choices = relations()
    if form.validate_on_submit():
        with field_errors(form):
            save_link(
                db.session(), current_actor(), link=found.row, facts=_link_facts(form), now=now()
            )
            flash(_("The data are saved."), "ok")
            return to_card(found.child_person_id)
    status = 422 if form.is_submitted() else 200
    return render_template("persons/link.html", form=form, link=found), status


@blueprint.post("/links/<int:link_id>/delete")
@requires(Permission.KEEP_PEOPLE)
@commits
def delete_link(link_id: int) -> ResponseReturnValue:
    """Not a guardian of this child any more."""
    found = _load(link_id)
    unlink(db.session(), current_actor(), link=found.row, now=now())
    flash(_("Not a parent of this pupil any more; the diary is closed."), "ok")
    return to_card(found.child_person_id)


def _load(link_id: int) -> Link:
    return load_link(db.session(), current_actor(), link_id, today=today(current_actor()))
