"""Sign-in sessions by Flask-Login: the cookie holds «account.epoch», the user is the Actor."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, session
from flask_login import LoginManager

from journal.access import Actor
from journal.core.db import db
from journal.messages.queries import unread_count
from journal.people.actors import load_actor
from journal.webkit.cookie import KeptCookies
from journal.webkit.moment import now

manager = LoginManager()


@dataclass(frozen=True)
class SessionUser:
    """What Flask-Login wants to see of an actor."""

    id: str
    actor: Actor | None = None
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The cookie's text."""
        return self.id


def init_app(app: Flask) -> None:
    """Set up Flask-Login; cookies live for the browser session."""
    app.session_interface = KeptCookies()
    manager.session_protection = None  # addresses of phones change; the epoch ends sessions
    manager.init_app(app, add_context_processor=False)


def signed_in() -> Actor | None:
    """The actor of this request's cookie, without what Flask-Login asks of every request to
    protect sessions in ways that are switched off here."""
    identity = session.get("_user_id")
    user = load_user(identity) if identity is not None else None
    return user.actor if user else None


@manager.user_loader  # type: ignore[untyped-decorator]
def load_user(identity: str) -> SessionUser | None:
    """The user of a cookie, or None when its account, epoch or memberships are gone."""
    account, _, epoch = identity.partition(".")
    if not (account.isdecimal() and epoch.isdecimal()):
        return None
    actor = load_actor(
        db.session(),
        account_id=int(account),
        session_epoch=int(epoch),
        organisation_id=session.get("organisation"),
        client_address=request.remote_addr,
        now=now(),
        unread=unread_count(),
    )
    return SessionUser(identity, actor) if actor else None
