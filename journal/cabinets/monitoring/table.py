"""The on-line table: opened, saved by itself, handed in, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.forms import ConfirmForm
from journal.cabinets.monitoring.remarks import (
    RemarkLine,
    ToExplain,
    remark_lines,
    to_explain,
    typed_explanations,
)
from journal.core.db import db
from journal.core.errors import NotFound, StaleVersion
from journal.core.messages import N_
from journal.exchange.control import Finding, findings, nothing_typed
from journal.exchange.figures import Content, Figures
from journal.exchange.forms.specification import ClassSheet
from journal.exchange.queries import (
    DraftView,
    ParticipationCard,
    attempts,
    filled_of,
    participation,
)
from journal.exchange.service.journal import table_content
from journal.exchange.service.school import save_draft, send_table
from journal.exchange.tables import SheetView, sheet_view
from journal.exchange.typing_in import typed
from journal.people.queries import name_of_account
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.answers import refusal, wants_json
from journal.webkit.filters import number_of
from journal.webkit.forms import field_errors
from journal.webkit.i18n import clock, say
from journal.webkit.moment import now

BLANK = "T01"


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePage:
    """A sheet of the on-line table with what is to be said of the whole form."""

    card: ParticipationCard
    sheet: SheetView
    draft: DraftView | None
    remarks: list[RemarkLine]
    explain: list[ToExplain]
    nothing: bool
    """Not a single number is typed."""

    @property
    def version(self) -> int:
        """0 as long as nothing was saved."""
        return 0 if self.draft is None else self.draft.version

    @property
    def blank(self) -> int:
        """Cells that are still to be filled: counted, not listed."""
        return sum(one.code == BLANK for one in self.remarks)

    @property
    def errors(self) -> list[RemarkLine]:
        """What is wrong, beside what is blank."""
        return [one for one in self.remarks if one.error and one.code != BLANK]

    @property
    def unexplained(self) -> bool:
        """Whether a warning lacks its explanation."""
        return any(not one.given for one in self.explain)


def chosen_sheet(card: ParticipationCard, name: str) -> ClassSheet:
    """The sheet of that name, the first one without a name. Raises NotFound."""
    sheets = card.procedure.form.in_period(card.procedure.period)
    found = next((one for one in sheets if one.name == name or not name), None)
    if found is None:
        raise NotFound()
    return found


def table_page(card: ParticipationCard, sheet: ClassSheet) -> TablePage:
    """Read the table; what the journal knows (W03, W05) is asked of its latest filling."""
    session = db.session()
    content, draft = table_content(session, card, now=now())
    figures = Figures(card.procedure.form, content, card.procedure.thresholds)
    found = findings(figures, card.procedure.period)
    wrong = [one for one in found if one.code != BLANK]
    return TablePage(
        card=card,
        sheet=sheet_view(figures, sheet, card.procedure.period, wrong),
        draft=draft,
        remarks=remark_lines(card.procedure.form, found),
        explain=list(to_explain(content, [*found, *_of_journal(card)])),
        nothing=nothing_typed(content),
    )


def _of_journal(card: ParticipationCard) -> list[Finding]:
    """What only the journal knows: of its latest filling, and of a sending it refused."""
    session = db.session()
    filled, sent = filled_of(session, card.id), attempts(session, card.id)[:1]
    found = [] if filled is None else [one for one in filled.findings if one.code == "W05"]
    refused = [one.findings for one in sent if one.state == "refused"]
    told = [one for findings_ in refused for one in findings_ if one.code in ("W03", "W05")]
    return [*found, *told]


@blueprint.get("/<int:procedure_id>/table")
@requires(Permission.FILL_MONITORING)
def table(procedure_id: int) -> ResponseReturnValue:
    """«Заполнить», «Редактировать»: a sheet (?sheet=) to be typed into."""
    card = participation(db.session(), current_actor(), procedure_id)
    return _page(card, request.args.get("sheet", ""), ConfirmForm(formdata=None))


def _page(card: ParticipationCard, sheet_name: str, form: ConfirmForm) -> str:
    page = table_page(card, chosen_sheet(card, sheet_name))
    return render_template(
        "cabinets/monitoring/table.html",
        page=page,
        card=card,
        procedure=card.procedure,
        sheets=card.procedure.form.in_period(card.procedure.period),
        own_classes=page.draft is None and any(one.name for one in page.sheet.lines),
        form=form,
        state=card.window.state(now()),
        somebody=_somebody_else(page),
        school=current_actor().current.organisation_name,
        now=now(),
    )


def _somebody_else(page: TablePage) -> str | None:
    """Who saved the table last, unless it was the reader."""
    actor, draft = current_actor(), page.draft
    if draft is None or draft.saved_by == actor.account_id:
        return None
    return name_of_account(db.session(), draft.saved_by, actor.organisation_id)


@blueprint.post("/<int:procedure_id>/table")
@requires(Permission.FILL_MONITORING)
@commits
def save_table(procedure_id: int) -> ResponseReturnValue:
    """Save cells of a sheet, as the script does by itself and the button without it."""
    session, actor = db.session(), current_actor()
    card = participation(session, actor, procedure_id)
    sheet = chosen_sheet(card, request.form.get("sheet", ""))
    content, _draft = table_content(session, card, now=now())
    base = number_of(request.form.get("base", "")) or 0
    changed = typed(card.procedure.form, sheet.name, content, request.form, typed_explanations())
    try:
        save_draft(session, actor, procedure_id, changed.content, base=base, now=now())
    except StaleVersion as stale:
        return _stale(stale)
    page = table_page(card, sheet)
    if wants_json():
        return jsonify(**_saved(page, changed.refused))
    flash(_("The table is saved."), "ok")
    return redirect(url_for("monitoring.table", procedure_id=procedure_id, sheet=sheet.name))


def _stale(stale: StaleVersion) -> ResponseReturnValue:
    theirs: Any = stale.theirs
    name = name_of_account(db.session(), theirs["saved_by"], current_actor().organisation_id)
    message = N_(
        "%(name)s has saved this table meanwhile. Open it anew: what you typed last is not saved.",
        name=name or "–",
    )
    if wants_json():
        return refusal(message, 409)
    raise StaleVersion(message, theirs=theirs)


def _saved(page: TablePage, refused: tuple[str, ...]) -> dict[str, Any]:
    """The table after a saving: computed cells, totals, marks of errors, the remarks as markup."""
    sheet = page.sheet
    return {
        "version": page.version,
        "words": say(N_("Saved by itself at %(time)s", time=clock(now()))),
        "refused": refused,
        "refusal": say(N_("Only a whole number not below 0 can stand here.")),
        "cells": {
            f"{line.row}-{one.letter}": one.text
            for line in sheet.lines
            for one in line.cells
            if not one.typed
        },
        "wrong": [
            f"{line.row}-{one.letter}" for line in sheet.lines for one in line.cells if one.wrong
        ],
        "controls": {str(line.row): line.control for line in sheet.lines},
        "totals": list(sheet.totals),
        "remarks": render_template(
            "cabinets/monitoring/_remarks.html", page=page, procedure=page.card.procedure
        ),
    }


@blueprint.post("/<int:procedure_id>/table/send")
@requires(Permission.POST_MONITORING)
@commits
def send(procedure_id: int) -> ResponseReturnValue:
    """«Сдать отчет»: the saved table goes off; errors that are known already lead back to it."""
    session, actor = db.session(), current_actor()
    card = participation(session, actor, procedure_id)
    form = ConfirmForm()
    if errors_of(table_content(session, card, now=now())[0], card):
        flash(_("The report cannot be handed in yet: settle the remarks first."), "bad")
        return redirect(url_for("monitoring.table", procedure_id=procedure_id, _anchor="remarks"))
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            confirmed = bool(form.confirmed.data)
            sent = send_table(session, actor, procedure_id, confirmed=confirmed, now=now())
            return redirect(
                url_for("monitoring.attempt", procedure_id=procedure_id, attempt_id=sent)
            )
    return _page(card, "", form), 422


def errors_of(content: Content, card: ParticipationCard) -> bool:
    """Whether nothing is typed, or the form's own rules find anything that blocks."""
    figures = Figures(card.procedure.form, content, card.procedure.thresholds)
    found = findings(figures, card.procedure.period)
    return nothing_typed(content) or any(one.open for one in found)
