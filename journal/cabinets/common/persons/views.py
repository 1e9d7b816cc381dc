"""A person entered or changed: staff, a pupil with enrolment, anybody's own data; leaving."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import ASSIGNED_ROLES, Permission, Role
from journal.cabinets.common.persons.blueprint import blueprint, load, name_of_whom, to_card
from journal.cabinets.common.persons.forms import (
    EnrolmentForm,
    LeavingForm,
    PersonForm,
    PupilForm,
    StaffForm,
    sexes,
    staff_roles,
)
from journal.core.db import db
from journal.core.errors import NotFound
from journal.office.persons.guardians import save_guardian
from journal.office.persons.pupils import Enrolment, enrol_pupil, save_pupil
from journal.office.persons.rows import Whom
from journal.office.persons.staff import (
    StaffFacts,
    dismiss_staff,
    leaving_consequences,
    save_staff,
    take_back,
)
from journal.people.directory import roles_of
from journal.school.calendar import year_to_open, years
from journal.school.directory import class_choices
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.fields import with_nobody
from journal.webkit.filters import typed_day, typed_number
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today

_OWN = ("surname", "given_name", "patronymic", "sex", "born_on", "phone", "email")


def shown(whom: Whom) -> dict[str, Any]:
    """The form's data of a person who is there."""
    held = {name: getattr(whom.person, name) for name in _OWN}
    if whom.staff is not None:
        roles = roles_of(db.session(), [whom.person.id]).get(whom.person.id, ())
        held["personnel_number"] = whom.staff.personnel_number
        held["position"] = whom.staff.position
        held["roles"] = [role.value for role in roles if role in ASSIGNED_ROLES]
    if whom.pupil is not None:
        held["personal_file"] = whom.pupil.personal_file
    return held


@blueprint.route("/<int:person_id>/edit", methods=["GET", "POST"])
@requires(Permission.KEEP_PEOPLE)
@commits
def edit(person_id: int) -> ResponseReturnValue:
    """The data of a person who is there."""
    whom = load(person_id)
    form = _form_of(whom)
    if form.validate_on_submit():
        with field_errors(form):
            _save(whom, form)
            flash(_("The data are saved."), "ok")
            return to_card(person_id)
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "title": name_of_whom(whom), "person_id": person_id}
    return render_template("persons/edit.html", **page), status


def _form_of(whom: Whom) -> Any:
    kind = StaffForm if whom.staff else PupilForm if whom.pupil else PersonForm
    form: Any = kind(kept=shown(whom))
    form.sex.choices = sexes()
    if whom.staff is not None:
        form.roles.choices = staff_roles()
    return form


def _save(whom: Whom, form: Any) -> None:
    session, actor = db.session(), current_actor()
    if whom.staff is not None:
        save_staff(session, actor, whom=whom, facts=_staff_facts(form), now=now())
    elif whom.pupil is not None:
        file = form.personal_file.data
        save_pupil(session, actor, whom=whom, person=form.person, personal_file=file, now=now())
    else:
        save_guardian(session, actor, whom=whom, person=form.person, now=now())


def _staff_facts(form: StaffForm) -> StaffFacts:
    return StaffFacts(
        person=form.person,
        personnel_number=form.personnel_number.data,
        position=form.position.data,
        roles=frozenset(Role(one) for one in form.roles.data or ()),
    )


@blueprint.route("/staff/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_staff() -> ResponseReturnValue:
    """A member of staff; ?person= makes one of a parent who is there."""
    person_id = typed_number("person")
    whom = load(person_id) if person_id is not None else None
    form = StaffForm(data=shown(whom) if whom else {"roles": [Role.TEACHER.value]})
    form.sex.choices, form.roles.choices = sexes(), staff_roles()
    if form.validate_on_submit():
        with field_errors(form):
            facts = _staff_facts(form)
            saved = save_staff(db.session(), current_actor(), whom=whom, facts=facts, now=now())
            flash(_("Entered. Make a temporary password to let the person in."), "ok")
            return to_card(saved)
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "title": _("New member of staff"), "person_id": person_id}
    return render_template("persons/edit.html", **page), status


@blueprint.route("/pupils/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def new_pupil() -> ResponseReturnValue:
    """Enrol a pupil; ?class= chooses the class."""
    year = year_to_open(years(db.session()), today(current_actor()))
    begins = year.day_within(today(current_actor())) if year else today(current_actor())
    form = EnrolmentForm(data={"class_id": typed_number("class"), "enrolled_on": begins})
    form.sex.choices = sexes()
    form.class_id.choices = with_nobody(class_choices(db.session(), year.id) if year else [])
    if form.validate_on_submit():
        with field_errors(form):
            saved = _enrol(form)
            flash(_("Enrolled. Enter the parents now."), "ok")
            return to_card(saved)
    status = 422 if form.is_submitted() else 200
    page = {"form": form, "title": _("Enrol a pupil"), "person_id": None}
    return render_template("persons/edit.html", **page), status


def _enrol(form: EnrolmentForm) -> int:
    return enrol_pupil(
        db.session(),
        current_actor(),
        person=form.person,
        personal_file=form.personal_file.data,
        enrolment=Enrolment(
            class_id=form.class_id.data,
            enrolled_on=form.enrolled_on.data,
            order=form.order.data,
        ),
        now=now(),
    )


@blueprint.route("/<int:person_id>/leaving", methods=["GET", "POST"])
@requires(Permission.MANAGE_SCHOOL)
@commits
def leaving(person_id: int) -> ResponseReturnValue:
    """A member of staff goes: what is left without him comes first (?day=)."""
    whom = load(person_id)
    if whom.staff is None:
        raise NotFound()
    day = typed_day("day") or today(current_actor())
    form = LeavingForm(data={"left_on": day})
    if form.validate_on_submit():
        with field_errors(form):
            _dismiss(whom.staff.id, form)
            flash(_("Saved. What he entered stays in the journal under his name."), "ok")
            return to_card(person_id)
    status = 422 if form.is_submitted() else 200
    follows = leaving_consequences(db.session(), whom.staff.id, form.left_on.data or day)
    page = {"form": form, "follows": follows, "name": name_of_whom(whom), "person_id": person_id}
    return render_template("persons/leaving.html", **page), status


def _dismiss(staff_id: int, form: LeavingForm) -> None:
    left_on = form.left_on.data or today(current_actor())
    dismiss_staff(db.session(), current_actor(), staff_id=staff_id, left_on=left_on, now=now())


@blueprint.post("/<int:person_id>/back")
@requires(Permission.MANAGE_SCHOOL)
@commits
def back(person_id: int) -> ResponseReturnValue:
    """One who left works here again."""
    whom = load(person_id)
    if whom.staff is None:
        raise NotFound()
    take_back(db.session(), current_actor(), staff_id=whom.staff.id, now=now())
    flash(_("Works here again. Give courses and a class anew."), "ok")
    return redirect(url_for("admin.person", person_id=person_id))
