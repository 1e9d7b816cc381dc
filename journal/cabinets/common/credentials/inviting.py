"""Access by e-mail: a link to each person's own address, and the page where it leads.

A link opens nothing by itself, because mail programs follow links: the password is chosen by the
form of its page.
"""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user

from config import Settings
from journal.access import Permission
from journal.cabinets.common.credentials.blueprint import blueprint
from journal.cabinets.common.credentials.issuing import chosen_targets
from journal.cabinets.common.credentials.views import present_year
from journal.cabinets.common.forms import FirstPasswordForm
from journal.core.db import db, transaction
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.core.operations import keep_answers, kept_answers
from journal.core.tenancy import bind
from journal.office.invitations.queries import Invitation, invitation_of, invitations
from journal.office.invitations.rules import InvitationState
from journal.office.invitations.service import NO_LONGER, Invited, accept, invite
from journal.people.service import chosen_first
from journal.school.credential_targets import persons_of_own_classes
from journal.webkit.access import current_actor, public, requires
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today
from journal.webkit.security import limiter
from journal.webkit.session import SessionUser

STATES: dict[InvitationState, tuple[Message, str]] = {
    InvitationState.WAITING: (N_("the letter waits to leave"), "wait"),
    InvitationState.SENT: (N_("sent"), "warn"),
    InvitationState.LOST: (N_("not delivered"), "bad"),
    InvitationState.USED: (N_("password chosen"), "ok"),
    InvitationState.ENDED: (N_("does not open any more"), "locked"),
}
door = Blueprint("invitation", __name__, url_prefix="/invitation")


@blueprint.post("/invite")
@requires(Permission.OPEN_CREDENTIALS)
def send() -> ResponseReturnValue:
    """Send a link to each who has an address; the form sent again sends nothing again."""
    operation, targets = chosen_targets(request.form)
    whom = [Invited(one.person_id, one.email) for one in targets if one.email]
    if not _settings().sends_mail or not whom:
        raise RuleViolation("person", N_("Nobody can be written to. Make slips on paper."))
    sent = _invite_once(operation, whom)
    if sent:
        flash(_("Letters are on their way: %(count)s.", count=sent), "ok")
    return redirect(url_for("credentials.invited"))


def _invite_once(operation: str, whom: list[Invited]) -> int:
    actor = current_actor()
    ids = {"account_id": actor.account_id}
    with transaction() as session:
        if kept_answers(session, operation_ids=[operation], **ids):
            return 0
        sent = invite(session, actor, whom=whom, link_of=_link_of, now=now())
        keep_answers(session, answers={operation: {"invited": sent}}, now=now(), **ids)
    return sent


def _link_of(token: str) -> str:
    path = url_for("invitation.follow", token=token)
    public_url = _settings().public_url
    if public_url:
        return f"{public_url.rstrip('/')}{path}"
    return url_for("invitation.follow", token=token, _external=True)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


@blueprint.get("/invitations")
@requires(Permission.OPEN_CREDENTIALS)
def invited() -> ResponseReturnValue:
    """Who was invited by e-mail, and what came of it; a class teacher sees the own class."""
    session, actor = db.session(), current_actor()
    own = None
    if not actor.may(Permission.ISSUE_CREDENTIALS):
        year, day = present_year(session), today(actor)
        own = persons_of_own_classes(session, actor, year.day_within(day) if year else day)
    rows = invitations(session, now=now(), persons=own)
    return render_template("credentials/invitations.html", rows=rows, states=STATES)


@door.route("/<token>", methods=["GET", "POST"])
@public
@limiter.limit("60 per minute")
def follow(token: str) -> ResponseReturnValue:
    """Choose the own password by a link of a letter; one is signed in with it."""
    invitation = invitation_of(db.session(), token, now=now())
    if invitation is None:
        return render_template("credentials/no_longer.html", why=NO_LONGER), 404
    form = FirstPasswordForm()
    if form.validate_on_submit():
        with field_errors(form):
            login_user(SessionUser(_accept(invitation, form)))
            return redirect(url_for("common.home"))
    status = 422 if form.is_submitted() else 200
    page = render_template("credentials/follow.html", form=form, invitation=invitation)
    return page, status, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def _accept(invitation: Invitation, form: FirstPasswordForm) -> str:
    """Hashing is slow by intention: it is done before the writing transaction begins."""
    if form.again.data != form.password.data:
        raise RuleViolation("again", N_("The two new passwords differ. Type them again."))
    chosen = chosen_first(login=invitation.login, new=form.password.data or "")
    address = request.remote_addr
    with transaction() as writing:
        bind(writing, {invitation.organisation_id})
        return accept(
            writing, invitation=invitation, chosen=chosen, client_address=address, now=now()
        )
