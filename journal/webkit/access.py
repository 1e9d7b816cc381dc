"""Access rules of views. A view without one is never served.

Order on a view: `@blueprint.route`, then `@requires(Permission.X)` or `@public`, then `@commits`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from journal.access import Actor, Permission
from journal.core.db import db, transaction
from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.core.tenancy import bind
from journal.webkit.answers import refusal, wants_json
from journal.webkit.session import signed_in

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
_ATTEMPTS = 3
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_WITH_TEMPORARY_PASSWORD = frozenset(
    {"common.password", "common.sign_out", "common.session_state", "common.language"}
)


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in who holds the permission in some organisation; objects are the loaders' business."""
    if not isinstance(permission, Permission):
        raise TypeError(f"not a permission: {permission!r}")

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """A view for everybody, signed in or not."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def commits(view: View) -> View:
    """Run the view in one writing transaction, committed at its end, rolled back on an error.

    A GET of the same address (the empty form) only reads and takes no write lock. PostgreSQL lets
    two write at once: who was overtaken begins anew and sees what the other has written.
    """

    @wraps(view)
    def in_transaction(*args: Any, **kwargs: Any) -> Any:
        if request.method in _READING:
            return view(*args, **kwargs)
        return repeated(partial(view, *args, **kwargs))

    in_transaction.commits = True  # type: ignore[attr-defined]
    return cast(View, in_transaction)


def repeated(act: Callable[[], Any]) -> Any:
    """The act in a transaction, and anew in another when somebody else was faster: a double click,
    two administrators. Whatever else goes wrong goes wrong at once."""
    told = list(session.get("_flashes", ()))
    for _ in range(_ATTEMPTS - 1):
        try:
            with transaction():
                return act()
        except (IntegrityError, StaleDataError, ObjectDeletedError):
            session["_flashes"] = list(told)
            for sent in request.files.values():
                sent.stream.seek(0)
    with transaction():
        return act()


def current_actor() -> Actor:
    """The actor of this request. Only behind `@requires`."""
    return cast(Actor, g.actor)


def access_rule(view: Callable[..., Any]) -> Permission | str | None:
    """The rule a view function carries, or None."""
    return getattr(view, "access", None)


def guard() -> ResponseReturnValue | None:
    """before_request: refuse what has no rule, ask to sign in, bind the organisations."""
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such address: Flask answers 404
    rule = access_rule(current_app.view_functions[endpoint])
    if rule is None:
        abort(500, f"no access rule on {endpoint}")
    if rule == PUBLIC:
        return None
    actor = signed_in()
    if actor is None:
        return _ask_to_sign_in()
    g.actor = actor
    bind(db.session(), actor.organisation_ids)
    if actor.must_change_password and endpoint not in _WITH_TEMPORARY_PASSWORD:
        return redirect(url_for("common.password"))
    if not actor.may_anywhere(cast(Permission, rule)):
        raise Forbidden()
    return None


def work_in_current_organisation() -> None:
    """before_request of a staff blueprint: the chosen organisation alone, and the right there.

    A person may be an administrator in one school and a parent in another; pages of the staff show
    the chosen school only, so its statements are bound to it alone.
    """
    actor = current_actor()
    rule = access_rule(current_app.view_functions[request.endpoint or ""])
    if not actor.may(cast(Permission, rule)):
        raise Forbidden()
    bind(db.session(), {actor.organisation_id})


def _ask_to_sign_in() -> ResponseReturnValue:
    if wants_json():
        message = N_("Your session has ended. Sign in again: what you typed is kept.")
        return refusal(message, 401, login=url_for("common.sign_in"))
    if request.method == "GET":
        session["next"] = request.full_path.rstrip("?")
    return redirect(url_for("common.sign_in"))
