"""Certified summary sheets: sign, read an edition, see what a later one changed."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.summary import form_of, read_page
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.reports.certifying.queries import CertifiedPage, certified_page, editions
from journal.reports.certifying.service import certify_sheet
from journal.reports.certifying.words import POSTS, certified_making
from journal.reports.forms import PaperForm
from journal.reports.forms.model import Difference, differences, grouped
from journal.reports.forms.writing import FORMATS, Making, written_form
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.school.class_reader import load_class
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import download
from journal.webkit.i18n import moment_year, say, speaking_to
from journal.webkit.links import journal_address
from journal.webkit.moment import now

OFFICIAL = "ru"  # what is signed is in the language of the school's documents, whoever reads it


@blueprint.post("/classes/<int:class_id>/certify")
@requires(Permission.CERTIFY_SHEETS)
@commits
def certify(class_id: int) -> ResponseReturnValue:
    """Certify the sheet (?at=) as it is now; a refusal says what is in the way."""
    page = read_page(class_id)
    session = db.session()
    try:
        with session.begin_nested():
            sheet_id = certify_sheet(
                session, current_actor(), page=page, form=_official(page), now=now()
            )
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
        return redirect(url_for("results.summary", class_id=class_id, at=page.key))
    flash(_("The sheet is certified and kept."), "ok")
    return redirect(url_for("results.certified", sheet_id=sheet_id))


@blueprint.get("/classes/<int:class_id>/certified")
@requires(Permission.OPEN_JOURNAL)
def certified_sheets(class_id: int) -> ResponseReturnValue:
    """Every edition of the class's sheets."""
    group = load_class(db.session(), current_actor(), class_id)
    found = editions(db.session(), class_id)
    return render_template(
        "results/certified_list.html", group=group, editions=found, posts=POSTS, code=grouped
    )


@blueprint.get("/certified/<int:sheet_id>")
@requires(Permission.OPEN_JOURNAL)
def certified(sheet_id: int) -> ResponseReturnValue:
    """An edition as it was signed, what it changed, and whether the journal has changed since."""
    page = certified_page(db.session(), current_actor(), sheet_id)
    changed = differences(page.previous, page.form) if page.previous else ()
    since = _since(page) if page.latest else ()
    return render_template(
        "results/certified.html",
        page=page,
        changed=changed,
        since=since,
        posts=POSTS,
        code=grouped(page.edition.code),
    )


@blueprint.get("/certified/<int:sheet_id>.<kind>")
@requires(Permission.OPEN_JOURNAL)
def certified_file(sheet_id: int, kind: str) -> ResponseReturnValue:
    """The edition as PDF, xlsx or csv with its certification block."""
    if kind not in FORMATS:
        abort(404)
    page = certified_page(db.session(), current_actor(), sheet_id)
    with speaking_to(OFFICIAL, current_actor().current.time_zone):
        content = written_form(page.form, _making(page), kind, say)
    name = f"{page.form.title}. {page.form.subtitle}. {page.edition.edition}.{kind}"
    return download(content, name=name, mimetype=FORMATS[kind])


def _official(page: SummarySheet) -> PaperForm:
    with speaking_to(OFFICIAL, current_actor().current.time_zone):
        return form_of(page)


def _since(page: CertifiedPage) -> tuple[Difference, ...]:
    """What the journal says now that this edition does not."""
    actor, edition = current_actor(), page.edition
    live = summary_sheet(
        db.session(), actor, class_id=edition.class_id, at=edition.place, now=now()
    )
    return differences(page.form, _official(live))


def _making(page: CertifiedPage) -> Making:
    return certified_making(
        page.edition,
        time_zone=current_actor().current.time_zone,
        moment=moment_year(page.edition.certified_at),
        address=journal_address() + url_for("check.code"),
        say=say,
    )
