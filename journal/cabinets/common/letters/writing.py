"""Writing to several: chosen, written, looked at family by family, sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.letters.forms import LetterForm
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.files import StoredFacts
from journal.core.messages import N_
from journal.core.text import tidy
from journal.messages.audiences import (
    Audience,
    any_class_audience,
    course_audience,
    own_class_audience,
    staff_audience,
)
from journal.messages.letter_facts import letter_facts
from journal.messages.letter_queries import own_uploads
from journal.messages.letter_rules import FILES_MAX, PLACES, About, places_of
from journal.messages.letter_templates import Template, offered
from journal.messages.letters import Draft, Filled, fill_letter, send_letter
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.files import take_upload
from journal.webkit.filters import number_of, typed_number
from journal.webkit.forms import field_errors
from journal.webkit.i18n import say
from journal.webkit.links import journal_address
from journal.webkit.moment import now

blueprint = Blueprint("writing", __name__, url_prefix="/letters")
blueprint.before_request(work_in_current_organisation)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a new letter: who is ticked, what is attached, the copies when looked at."""

    audience: Audience
    chosen: frozenset[str]
    copies: tuple[Filled, ...] = ()
    kept: tuple[StoredFacts, ...] = ()


@blueprint.route("/class", methods=["GET", "POST"])
@requires(Permission.KEEP_CLASS)
@commits
def own_class() -> ResponseReturnValue:
    """To families of one's own class (?class=)."""
    audience = own_class_audience(
        db.session(), current_actor(), class_id=typed_number("class"), now=now()
    )
    return _written(audience, "class")


@blueprint.route("/course", methods=["GET", "POST"])
@requires(Permission.WRITE_LESSONS)
@commits
def course() -> ResponseReturnValue:
    """To families of the pupils one teaches (?course=)."""
    audience = course_audience(
        db.session(), current_actor(), course_id=typed_number("course"), now=now()
    )
    return _written(audience, "course")


@blueprint.route("/any-class", methods=["GET", "POST"])
@requires(Permission.WRITE_TO_SCHOOL)
@commits
def any_class() -> ResponseReturnValue:
    """The administration to families of a class (?class=)."""
    audience = any_class_audience(
        db.session(), current_actor(), class_id=typed_number("class"), now=now()
    )
    return _written(audience, "class")


@blueprint.route("/staff", methods=["GET", "POST"])
@requires(Permission.WRITE_TO_SCHOOL)
@commits
def staff() -> ResponseReturnValue:
    """The administration to the staff."""
    return _written(staff_audience(db.session(), current_actor(), now=now()), None)


def _written(audience: Audience, key: str | None) -> ResponseReturnValue:
    """`key` is the parameter of the address that changes to another class or course."""
    form = LetterForm()
    form.name_abouts()
    if request.method == "GET":
        return _page(_begun(form, audience), Sheet(audience, _everybody(audience)), key)
    chosen = frozenset(request.form.getlist("families"))
    sheet = Sheet(audience, chosen, kept=_kept())
    if form.validate():
        with field_errors(form):
            sheet = Sheet(audience, chosen, kept=_with_uploads(form, sheet.kept))
            draft, copies = _filled(form, sheet)
            if "look" in request.form:
                return _page(form, Sheet(audience, chosen, copies, sheet.kept), key)
            return _sent(draft, copies, sheet.kept)
    return _page(form, sheet, key), 422


def _everybody(audience: Audience) -> frozenset[str]:
    """Ticked at first: the families of a class all (of ?pupil= alone), of the staff nobody."""
    if audience.figures is None:
        return frozenset()
    pupil_id = typed_number("pupil")
    return frozenset(
        one.key for one in audience.people if one.reachable and pupil_id in (None, one.pupil_id)
    )


def _begun(form: LetterForm, audience: Audience) -> LetterForm:
    """The form, begun with the template of the address (?template=)."""
    asked = request.args.get("template", "")
    found = next((one for one in offered(db.session(), audience.places) if one.key == asked), None)
    if found is not None:
        form.about.data, form.subject.data = found.about.value, say(found.subject)
        form.text.data = say(found.text)
    return form


def _kept() -> tuple[StoredFacts, ...]:
    """Files taken in when the letter was looked at before."""
    ids = [number_of(text) for text in request.form.getlist("kept")]
    return own_uploads(db.session(), current_actor(), [one for one in ids if one is not None])


def _with_uploads(form: LetterForm, kept: tuple[StoredFacts, ...]) -> tuple[StoredFacts, ...]:
    chosen = [one for one in form.files.data or () if one and one.filename]
    if len(chosen) + len(kept) > FILES_MAX:
        raise RuleViolation("files", N_("Attach at most %(max)s files.", max=FILES_MAX))
    actor = current_actor()
    taken = (take_upload(actor, actor.organisation_id, one, field="files") for one in chosen)
    return (*kept, *taken)


def _filled(form: LetterForm, sheet: Sheet) -> tuple[Draft, tuple[Filled, ...]]:
    draft = Draft(
        about=About(form.about.data),
        subject=tidy(form.subject.data or ""),
        text=(form.text.data or "").replace("\r\n", "\n").strip(),
    )
    facts = letter_facts(
        db.session(),
        current_actor(),
        sheet.audience,
        named=places_of(draft.text),
        address=journal_address(),
        now=now(),
    )
    said = {key: {name: say(value) for name, value in own.items()} for key, own in facts.items()}
    return draft, tuple(fill_letter(draft, sheet.audience, sheet.chosen, said))


def _sent(
    draft: Draft, copies: tuple[Filled, ...], files: tuple[StoredFacts, ...]
) -> ResponseReturnValue:
    ids = [one.id for one in files]
    letter_id = send_letter(db.session(), current_actor(), draft, copies, file_ids=ids, now=now())
    flash(_("The letter is sent to the recipients: %(count)s.", count=len(copies)), "ok")
    return redirect(url_for("letters.receipts", letter_id=letter_id))


def _page(form: LetterForm, sheet: Sheet, key: str | None) -> str:
    audience = sheet.audience
    return render_template(
        "shared/letters/writing.html",
        form=form,
        sheet=sheet,
        places={name: PLACES[name] for name in PLACES if name in audience.places},
        choices=_choices(audience, key) if key else [],
        templates=_templates(offered(db.session(), audience.places), key, audience.chosen),
    )


def _choices(audience: Audience, key: str) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": _address({key: id_}),
            "current": id_ == audience.chosen,
        }
        for id_, label in audience.choices
    ]


def _templates(
    found: list[Template], key: str | None, chosen: int | None
) -> list[dict[str, object]]:
    here: dict[str, object] = {key: chosen} if key and chosen else {}
    asked = request.args.get("template", "")
    return [
        {
            "label": say(one.subject),
            "url": _address({"template": one.key, **here}),
            "current": one.key == asked,
        }
        for one in found
    ]


def _address(query: dict[str, object]) -> str:
    """This page with other parameters."""
    return f"{request.path}?{urlencode(query)}"
