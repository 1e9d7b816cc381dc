"""Views shared by all roles."""

from __future__ import annotations

from flask import (
    Blueprint,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from journal.access import Permission
from journal.cabinets.common.forms import PasswordForm, SignInForm
from journal.core.db import db, transaction
from journal.core.errors import NotFound, RuleViolation
from journal.core.messages import N_
from journal.people.service import (
    change_own_password,
    check_credentials,
    choose_password,
    note_sign_in,
    set_locale,
)
from journal.webkit.access import commits, current_actor, public, requires
from journal.webkit.addresses import within
from journal.webkit.forms import field_errors
from journal.webkit.i18n import LOCALES
from journal.webkit.menu import ALL_ROLES, MenuEntry, home_endpoint
from journal.webkit.moment import now
from journal.webkit.security import csrf_token, limiter
from journal.webkit.session import SessionUser

blueprint = Blueprint("common", __name__)
MENU: tuple[MenuEntry, ...] = ()


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def home() -> ResponseReturnValue:
    """Lead each role to its own first page."""
    endpoint = home_endpoint(current_actor())
    if endpoint is None:
        return render_template("shared/no_cabinet.html")
    return redirect(url_for(endpoint))


@blueprint.route("/login", methods=["GET", "POST"])
@public
@limiter.limit("120 per minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in; the slow password check runs outside of the writing transaction."""
    form = SignInForm()
    if form.validate_on_submit():
        with field_errors(form):
            identity = _sign_in(form)
            destination = within(session.get("next"))
            session.clear()
            login_user(SessionUser(identity))
            return redirect(destination)
    status = 422 if form.is_submitted() else 200
    return render_template("shared/sign_in.html", form=form), status


def _sign_in(form: SignInForm) -> str:
    login, password = form.login.data or "", form.password.data or ""
    outcome = check_credentials(db.session(), login=login, password=password, now=now())
    refused: RuleViolation | None = None
    with transaction() as writing:  # a wrong attempt is counted: it commits, then it is refused
        try:
            identity = note_sign_in(writing, outcome=outcome, now=now())
        except RuleViolation as violation:
            refused = violation
    if refused is not None:
        raise refused
    return identity


@blueprint.post("/logout")
@requires(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End this session. Entries waiting in the browser stay there for the same account."""
    logout_user()
    session.clear()
    return redirect(url_for("common.sign_in"))


@blueprint.route("/password", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Choose one's own password; asked for before anything else after a temporary one."""
    form = PasswordForm()
    if form.validate_on_submit():
        with field_errors(form):
            if form.again.data != form.password.data:
                raise RuleViolation("again", N_("The two new passwords differ. Type them again."))
            login_user(SessionUser(_change_password(form)))
            return redirect(url_for("common.home"))
    status = 422 if form.is_submitted() else 200
    return render_template("shared/password.html", form=form), status


def _change_password(form: PasswordForm) -> str:
    """Hashing is slow by intention: it is done before the writing transaction begins."""
    old, new = form.old_password.data or "", form.password.data or ""
    chosen = choose_password(db.session(), current_actor(), old=old, new=new)
    with transaction() as writing:
        return change_own_password(writing, current_actor(), chosen=chosen, now=now())


@blueprint.get("/session")
@public
def session_state() -> ResponseReturnValue:
    """Who is signed in, and a fresh CSRF token: the queue asks before it resumes."""
    actor = current_user.actor if current_user.is_authenticated else None
    account = actor.account_id if actor and not actor.must_change_password else None
    return jsonify(account=account, csrf=csrf_token(), login=url_for("common.sign_in"))


@blueprint.post("/language/<locale>")
@public
@commits
def language(locale: str) -> ResponseReturnValue:
    """Switch the language of the screen; kept with the account when there is one."""
    if locale not in LOCALES:
        raise NotFound()
    if current_user.is_authenticated:
        set_locale(db.session(), current_user.actor, locale=locale)
    answer = make_response(redirect(within(request.form.get("next"))))
    answer.set_cookie("locale", locale, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@blueprint.post("/role/<role>")
@requires(Permission.SIGNED_IN)
def choose_role(role: str) -> ResponseReturnValue:
    """Work in one of one's roles («all»: in every one of them); the menu follows."""
    if role == ALL_ROLES:
        session.pop("role", None)
    elif role in current_actor().current.roles:
        session["role"] = role
    else:
        raise NotFound()
    return redirect(url_for("common.home"))


@blueprint.post("/organisation/<int:organisation_id>")
@requires(Permission.SIGNED_IN)
def choose_organisation(organisation_id: int) -> ResponseReturnValue:
    """Work in another of one's organisations."""
    if current_actor().member_of(organisation_id) is None:
        raise NotFound()
    session["organisation"] = organisation_id
    session.pop("role", None)
    return redirect(url_for("common.home"))
