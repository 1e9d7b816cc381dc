"""Views of releases: the office enters orders, a class teacher reads those of the own class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.access import Permission
from journal.attendance.releases.queries import (
    ReleaseView,
    absences_within,
    release_list,
    release_view,
)
from journal.attendance.releases.service import (
    Clerk,
    add_release,
    change_release,
    remove_release,
)
from journal.attendance.rules.releases import KINDS, ReleaseDraft
from journal.cabinets.common.releases.forms import ChangeForm, ReleaseForm
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.core.paging import Page
from journal.school.calendar import year_to_open, years
from journal.school.class_desk import NoClassKept, own_classes, pupils_on
from journal.school.class_reader import read_class
from journal.school.directory import class_choices, subject_rows
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.fields import choices
from journal.webkit.filters import here, steps, typed_number, typed_page
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now, today

blueprint = Blueprint("releases", __name__, url_prefix="/releases")
blueprint.before_request(work_in_current_organisation)
MENU = (
    MenuEntry(
        label=N_("Releases"),
        endpoint="releases.listing",
        permission=Permission.KEEP_RELEASES,
        order=37,
        group=MenuGroup.PEOPLE,
    ),
)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"Permission": Permission, "here": here, "kinds": KINDS}


@blueprint.errorhandler(NoClassKept)
def nobody(refusal: NoClassKept) -> ResponseReturnValue:
    """A class teacher before the appointment: no error, and nothing to show."""
    return render_template("cabinets/class_teacher/nobody.html", message=refusal.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the list shows: of one class or of the school, those that hold or those past."""

    classes: tuple[tuple[int, str], ...]
    class_id: int | None
    past: bool
    page: Page[ReleaseView]

    @property
    def chosen(self) -> str | None:
        """The name of the class."""
        return dict(self.classes).get(self.class_id or 0)


@blueprint.get("/")
@requires(Permission.READ_RELEASES)
def listing() -> ResponseReturnValue:
    """Who is released from what. A class teacher sees the own class."""
    classes, class_id = _classes()
    past = request.args.get("past") == "1"
    day, number = today(current_actor()), typed_page()
    page = release_list(db.session(), day=day, class_group_id=class_id, past=past, page=number)
    shown = Listing(classes=tuple(classes), class_id=class_id, past=past, page=page)
    return render_template("releases/listing.html", shown=shown, steps=steps(page))


def _classes() -> tuple[list[tuple[int, str]], int | None]:
    """Whose releases may be chosen, and the class asked for; none = all of the school."""
    session, actor, asked = db.session(), current_actor(), typed_number("class")
    if not actor.may(Permission.READ_ANY_JOURNAL):
        group, groups = own_classes(session, actor, class_id=asked, today=today(actor))
        return [(one.id, one.name) for one in groups], group.id
    return _classes_of_year(_present_year()), asked


def _classes_of_year(year_id: int) -> list[tuple[int, str]]:
    asked = typed_number("class")
    if asked is not None:
        read_class(db.session(), asked)
    return class_choices(db.session(), year_id)


def _present_year() -> int:
    year = year_to_open(years(db.session()), today(current_actor()))
    return year.id if year else 0


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.KEEP_RELEASES)
@commits
def new() -> ResponseReturnValue:
    """An order is entered, for a pupil of the class chosen above the form."""
    year_id, class_id = _present_year(), typed_number("class")
    classes, form = _classes_of_year(year_id), _new_form(year_id, class_id)
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            add_release(_clerk(), pupil_id=form.pupil.data, draft=form.draft)
            _flash_entered(form.pupil.data, form.draft)
            return redirect(_back(class_id))
    status = 422 if form.is_submitted() else 200
    page = {"classes": classes, "class_id": class_id}
    return render_template("releases/new.html", form=form, back=_back(class_id), **page), status


def _new_form(year_id: int, class_id: int | None) -> ReleaseForm:
    session, day = db.session(), today(current_actor())
    form = ReleaseForm(pupil=typed_number("pupil"), first=day)
    pupils = pupils_on(session, class_group_id=class_id, day=day) if class_id else []
    form.pupil.choices = choices([("", _("choose")), *((p.pupil_id, p.name) for p in pupils)])
    names = ((one.id, one.name) for one in subject_rows(session, year_id))
    form.subject_id.choices = choices([("", _("all subjects")), *names])
    return form


def _flash_entered(pupil_id: int, draft: ReleaseDraft) -> None:
    entered = 0
    if draft.kind == "attending":
        entered = absences_within(db.session(), pupil_id, draft.subject_id, draft.span)
    flash(_("The release is entered. The class teacher is told."), "ok")
    if entered:
        words = ngettext(
            "%(num)s absence entered on these days is not counted any more.",
            "%(num)s absences entered on these days are not counted any more.",
            entered,
        )
        flash(words, "warn")


@blueprint.route("/<int:release_id>", methods=["GET", "POST"])
@requires(Permission.KEEP_RELEASES)
@commits
def edit(release_id: int) -> ResponseReturnValue:
    """Another last day, another wording of the order."""
    release = release_view(db.session(), release_id, day=today(current_actor()))
    form = ChangeForm(kept={"last": release.last, "order": release.order})
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            order = form.order.data or ""
            change_release(_clerk(), release_id=release_id, last=form.last.data, order=order)
            flash(_("The release is changed."), "ok")
            return redirect(_back(release.class_group_id))
    return _edit_page(release, form), 422 if form.is_submitted() else 200


@blueprint.post("/<int:release_id>/remove")
@requires(Permission.KEEP_RELEASES)
@commits
def remove(release_id: int) -> ResponseReturnValue:
    """What was entered by mistake goes away."""
    release = release_view(db.session(), release_id, day=today(current_actor()))
    try:
        remove_release(_clerk(), release_id=release_id)
    except RuleViolation as refused:
        form = ChangeForm(last=release.last, order=release.order)
        return _edit_page(release, form, say(refused.message)), 422
    flash(_("The release is removed."), "ok")
    return redirect(_back(release.class_group_id))


def _edit_page(release: ReleaseView, form: ChangeForm, refused: str = "") -> str:
    back = _back(release.class_group_id)
    page = {"release": release, "form": form, "refused": refused, "back": back}
    return render_template("releases/edit.html", **page)


def _clerk() -> Clerk:
    return Clerk(db.session(), current_actor(), now())


def _back(class_id: int | None) -> str:
    address = url_for("releases.listing")
    return f"{address}?class={class_id}" if class_id else address
