"""The page of e-mail that did not leave: why, once more, or no more."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.core.db import db
from journal.messages.mail_trouble import give_up, mail_desk, send_again, send_all_again
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.filters import typed_page
from journal.webkit.moment import now


@blueprint.get("/mail")
@requires(Permission.MANAGE_SCHOOL)
def mail() -> ResponseReturnValue:
    """Letters that could not be sent; whether e-mail is set up at all."""
    desk = mail_desk(db.session(), page=typed_page())
    settings = current_app.config["SETTINGS"]
    return render_template(
        "cabinets/admin/mail.html",
        desk=desk,
        sends=settings.sends_mail,
        leads_back=settings.public_url is not None,
        newer_url=url_for("admin.mail", page=desk.page - 1) if desk.page > 1 else None,
        older_url=url_for("admin.mail", page=desk.page + 1) if desk.more else None,
    )


@blueprint.post("/mail/<int:mail_id>/again")
@requires(Permission.MANAGE_SCHOOL)
@commits
def mail_again(mail_id: int) -> ResponseReturnValue:
    """Send one letter again."""
    send_again(db.session(), current_actor(), mail_id, now=now())
    flash(_("The letter is in the queue again and leaves within a minute."), "ok")
    return redirect(url_for("admin.mail"))


@blueprint.post("/mail/again")
@requires(Permission.MANAGE_SCHOOL)
@commits
def mail_all_again() -> ResponseReturnValue:
    """Send every letter again that was given up."""
    count = send_all_again(db.session(), current_actor(), now=now())
    flash(
        ngettext(
            "%(num)s letter is in the queue again.",
            "%(num)s letters are in the queue again.",
            count,
        ),
        "ok",
    )
    return redirect(url_for("admin.mail"))


@blueprint.post("/mail/<int:mail_id>/give-up")
@requires(Permission.MANAGE_SCHOOL)
@commits
def mail_give_up(mail_id: int) -> ResponseReturnValue:
    """Stop trying to send one letter."""
    give_up(db.session(), current_actor(), mail_id, now=now())
    flash(_("The letter is given up: nobody tries to send it any more."), "ok")
    return redirect(url_for("admin.mail"))
