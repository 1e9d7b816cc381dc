"""Views of alerts: telling families, thresholds, a preview of both (D11, D22)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.attendance.alerts.service import (
    add_threshold,
    drop_threshold,
    set_telling_policy,
)
from journal.attendance.rules.alerts import (
    CODES,
    FEWEST_DUE,
    Threshold,
    check_threshold,
    reasons_words,
    threshold_words,
)
from journal.cabinets.common.alerts.forms import TellingForm, ThresholdForm
from journal.core.db import db
from journal.core.messages import N_
from journal.messages.alert_desk import alert_desk
from journal.messages.rules import Way
from journal.webkit.access import (
    commits,
    current_actor,
    requires,
    work_in_current_organisation,
)
from journal.webkit.forms import field_errors
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Absence alerts"),
        endpoint="alerts.page",
        permission=Permission.SET_ALERTS,
        order=37,
        group=MenuGroup.PEOPLE,
    ),
)
WAYS = {
    Way.SITE: N_("in the journal"),
    Way.MAIL: N_("in the journal and by e-mail"),
    Way.OFF: N_("has switched it off"),
}
USUAL = Threshold(measure="percent", bound=30, window_days=28, codes=frozenset(CODES))


@blueprint.get("/")
@requires(Permission.SET_ALERTS)
def page() -> ResponseReturnValue:
    """What is set, and who would be told today; a threshold typed is shown before it is added."""
    form = _threshold_form()
    draft = None
    if "bound" in request.args and form.validate():
        with field_errors(form):
            draft = form.threshold
            check_threshold(draft)
    if form.errors:
        return _page(form=form), 422
    return _page(form=form, draft=draft)


def _threshold_form() -> ThresholdForm:
    """What the address says; without it a usual threshold."""
    typed = request.args if "bound" in request.args else None
    usual = {name: getattr(USUAL, name) for name in ("measure", "bound", "window_days")}
    form = ThresholdForm(typed, **usual, codes=list(CODES), meta={"csrf": False})
    form.name_reasons()
    return form


def _page(
    *,
    form: ThresholdForm,
    draft: Threshold | None = None,
    telling: TellingForm | None = None,
) -> str:
    desk = alert_desk(db.session(), current_actor(), draft=draft, now=now())
    return render_template(
        "shared/alerts/page.html",
        desk=desk,
        form=form,
        telling=telling or TellingForm(obj=desk.policy),
        words=threshold_words,
        reasons=reasons_words,
        ways=WAYS,
        fewest=FEWEST_DUE,
        now=now(),
    )


@blueprint.post("/telling")
@requires(Permission.SET_ALERTS)
@commits
def telling() -> ResponseReturnValue:
    """Whether, how soon and until when families are told."""
    form = TellingForm()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            set_telling_policy(db.session(), current_actor(), form.policy, now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for("alerts.page"))
    return _page(form=_threshold_form(), telling=form), 422


@blueprint.post("/thresholds")
@requires(Permission.SET_ALERTS)
@commits
def add() -> ResponseReturnValue:
    """A threshold of the staff."""
    form = ThresholdForm()
    form.name_reasons()
    if form.validate_on_submit():
        with field_errors(form), db.session.begin_nested():
            add_threshold(db.session(), current_actor(), form.threshold, now=now())
            flash(_("Added. The staff are told from the coming night on."), "ok")
            return redirect(url_for("alerts.page"))
    return _page(form=form), 422


@blueprint.post("/thresholds/<int:threshold_id>/drop")
@requires(Permission.SET_ALERTS)
@commits
def drop(threshold_id: int) -> ResponseReturnValue:
    """Nobody is told of it any more."""
    drop_threshold(db.session(), current_actor(), threshold_id, now=now())
    flash(_("Removed."), "ok")
    return redirect(url_for("alerts.page"))
