"""Letters: from a class teacher to families, from anybody to the administrator, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from journal.access import Permission
from journal.core.db import db
from journal.core.messages import N_
from journal.core.tenancy import bind
from journal.core.text import tidy
from journal.messages.families import ClassFamilies, class_families, missed_lessons
from journal.messages.letter_queries import copies_of, copy_with_answers, received, sent
from journal.messages.letter_rules import (
    ABOUT_NAMES,
    PLACES,
    SUBJECT_MAX,
    TEXT_MAX,
    About,
    places_of,
)
from journal.messages.letters import (
    Draft,
    Filled,
    confirm_read,
    fill_letter,
    reply_to,
    send_letter,
    write_to_administrator,
)
from journal.messages.queries import own_persons
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.forms import Form, field_errors
from journal.webkit.i18n import say
from journal.webkit.links import journal_address
from journal.webkit.menu import MenuEntry
from journal.webkit.moment import now, today

blueprint = Blueprint("letters", __name__, url_prefix="/letters")
MENU = (
    MenuEntry(
        label=N_("Letters"),
        endpoint="letters.listing",
        permission=Permission.SIGNED_IN,
        order=88,
    ),
)


class LetterForm(Form):
    """What the letter is about and its words; the families are checkboxes of the page."""

    about = SelectField(_l("What the letter is about"))
    subject = StringField(_l("Subject of the letter"), render_kw={"maxlength": SUBJECT_MAX})
    text = TextAreaField(_l("Text"), render_kw={"rows": 8, "maxlength": TEXT_MAX})


class WordsForm(Form):
    """A subject and words; an answer has no subject."""

    subject = StringField(_l("Subject of the letter"), render_kw={"maxlength": SUBJECT_MAX})
    text = TextAreaField(_l("Text"), render_kw={"rows": 5, "maxlength": TEXT_MAX})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a new letter: the class, who is ticked, the copies when they are looked at."""

    page: ClassFamilies
    chosen: frozenset[str]
    copies: tuple[Filled, ...]


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def listing() -> ResponseReturnValue:
    """What one has got and what one has sent."""
    session, actor = db.session(), current_actor()
    return render_template(
        "shared/letters/listing.html",
        received=received(session, actor),
        sent=sent(session, actor),
        about=ABOUT_NAMES,
    )


@blueprint.get("/<int:copy_id>")
@requires(Permission.SIGNED_IN)
def letter(copy_id: int) -> ResponseReturnValue:
    """One letter with the answers under it."""
    return _letter(copy_id, WordsForm())


def _letter(copy_id: int, form: WordsForm) -> str:
    copy, answers = copy_with_answers(db.session(), current_actor(), copy_id)
    own = own_persons(current_actor())
    return render_template(
        "shared/letters/letter.html",
        copy=copy,
        answers=answers,
        form=form,
        about=ABOUT_NAMES,
        mine=copy.recipient_id in own,
    )


@blueprint.post("/<int:copy_id>/read")
@requires(Permission.SIGNED_IN)
@commits
def read(copy_id: int) -> ResponseReturnValue:
    """Confirm that one has read it."""
    confirm_read(db.session(), current_actor(), copy_id, now=now())
    return redirect(url_for("letters.letter", copy_id=copy_id))


@blueprint.post("/<int:copy_id>/reply")
@requires(Permission.SIGNED_IN)
@commits
def reply(copy_id: int) -> ResponseReturnValue:
    """Answer under the letter."""
    form = WordsForm()
    if form.validate():
        with field_errors(form):
            text = form.text.data or ""
            reply_to(db.session(), current_actor(), copy_id, text=text, now=now())
            flash(_("The answer is sent."), "ok")
            return redirect(url_for("letters.letter", copy_id=copy_id))
    return _letter(copy_id, form), 422


@blueprint.get("/sent/<int:letter_id>")
@requires(Permission.SIGNED_IN)
def receipts(letter_id: int) -> ResponseReturnValue:
    """Who has read a letter of one's own, and who has answered."""
    rows = copies_of(db.session(), current_actor(), letter_id)
    return render_template("shared/letters/receipts.html", rows=rows)


@blueprint.route("/administrator", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@commits
def administrator() -> ResponseReturnValue:
    """A question to the administrator of the chosen school."""
    form = WordsForm()
    if form.validate_on_submit():
        with field_errors(form):
            write_to_administrator(
                db.session(),
                current_actor(),
                subject=form.subject.data or "",
                text=form.text.data or "",
                now=now(),
            )
            flash(_("The letter is sent. The answer will come here."), "ok")
            return redirect(url_for("letters.listing"))
    status = 422 if form.is_submitted() else 200
    return render_template("shared/letters/administrator.html", form=form), status


@blueprint.route("/class", methods=["GET", "POST"])
@requires(Permission.KEEP_CLASS)
@commits
def to_class() -> ResponseReturnValue:
    """A letter to families of one's own class (?class=): looked at first, then sent."""
    bind(db.session(), {current_actor().organisation_id})
    page = class_families(db.session(), current_actor(), class_id=typed_number("class"), now=now())
    form = LetterForm()
    form.about.choices = [SelectChoice(k, say(v)) for k, v in ABOUT_NAMES.items() if k != "support"]
    if request.method == "GET":
        everybody = frozenset(one.key for one in page.families if one.reachable)
        return _sheet(form, Sheet(page, everybody, ()))
    chosen = frozenset(request.form.getlist("families"))
    copies: tuple[Filled, ...] = ()
    if form.validate():
        with field_errors(form):
            draft, copies = _copies(form, page, chosen)
            if "look" in request.form:
                return _sheet(form, Sheet(page, chosen, copies))
            return _sent(draft, copies)
    return _sheet(form, Sheet(page, chosen, copies)), 422


def _sheet(form: LetterForm, sheet: Sheet) -> str:
    own = sheet.page.group
    links = [
        {
            "label": one.name,
            "url": f"{url_for('letters.to_class')}?class={one.id}",
            "current": one == own,
        }
        for one in sheet.page.groups
    ]
    return render_template(
        "shared/letters/class.html", form=form, sheet=sheet, places=PLACES, links=links
    )


def _sent(draft: Draft, copies: tuple[Filled, ...]) -> ResponseReturnValue:
    letter_id = send_letter(db.session(), current_actor(), draft, copies, now=now())
    flash(_("The letter is sent to the families: %(count)s.", count=len(copies)), "ok")
    return redirect(url_for("letters.receipts", letter_id=letter_id))


def _copies(
    form: LetterForm, page: ClassFamilies, chosen: frozenset[str]
) -> tuple[Draft, tuple[Filled, ...]]:
    draft = Draft(
        about=About(form.about.data),
        subject=tidy(form.subject.data or ""),
        text=(form.text.data or "").replace("\r\n", "\n").strip(),
    )
    facts = _facts(page, counted="пропущено" in places_of(draft.text))
    return draft, tuple(fill_letter(draft, page.families, chosen, facts))


def _facts(page: ClassFamilies, *, counted: bool) -> dict[str, dict[str, str]]:
    """What a text may name, by family; lessons are counted only where the text asks for them."""
    missed: dict[int, int] = {}
    if counted:
        pupils = {one.pupil_id for one in page.families}
        day = today(current_actor())
        missed = missed_lessons(db.session(), page.group, pupils, now=now(), today=day)
    return {
        one.key: {
            "ребёнок": one.pupil,
            "родитель": one.name,
            "класс": page.group.name,
            "пропущено": str(missed.get(one.pupil_id, 0)),
            "адрес": journal_address(),
        }
        for one in page.families
    }
