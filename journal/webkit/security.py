"""CSRF without a time limit, a strict content policy and its headers, no NUL in what is typed."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Any

from flask import Flask, Response, abort, current_app, g, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode, want_bytes

csrf = CSRFProtect()
# A whole school signs in from one address at half past eight: the limit stops machines, the
# throttle of each account (people.rules.throttle_until) stops guessing.
limiter = Limiter(get_remote_address, storage_uri="memory://")
_EVERYWHERE = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"))
_PRIVATE = (*_EVERYWHERE, ("Cache-Control", "no-store"))


def init_app(app: Flask) -> None:
    """An offline queue outlives an hour, so tokens have no time limit of their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
    _take_out(app.template_context_processors[None], "flask_wtf")  # templates have the token below
    limiter.init_app(app)
    # Its looks before and after every request find nothing: views that are limited check
    # themselves, and none tells in headers what is left.
    _take_out(app.before_request_funcs[None], "flask_limiter")
    _take_out(app.after_request_funcs[None], "flask_limiter")
    app.before_request(refuse_nul)
    app.after_request(add_headers)
    app.jinja_env.globals.update(csp_nonce=csp_nonce, csrf_token=csrf_token)


def _take_out(hooks: list[Any], library: str) -> None:
    """Remove the one hook of the library. RuntimeError when an upgrade has moved or added one."""
    found = [one for one in hooks if _library_of(one) == library]
    if len(found) != 1:
        raise RuntimeError(f"{library} hooks into requests {len(found)} times, not once: look anew")
    hooks.remove(found[0])


def _library_of(hook: Any) -> str:
    """The package that a function, a method or a `partial` of one comes from."""
    return str(getattr(hook, "func", hook).__module__).partition(".")[0]


class _TokenSigner(URLSafeTimedSerializer):
    """Signs what Flask-WTF signs; digits by chance are not tried to be compressed first."""

    def dump_payload(self, obj: Any) -> bytes:
        return base64_encode(want_bytes(self.serializer.dumps(obj)))


@cache
def _signer(secret_key: str | bytes) -> _TokenSigner:
    return _TokenSigner(secret_key, salt="wtf-csrf-token")


def csrf_token() -> str:
    """The token of this response, as Flask-WTF makes and checks it, by a signer made once."""
    token: str | None = g.get("csrf_token")
    if token is None:
        own = session.get("csrf_token")
        if type(own) is not str or current_app.secret_key is None:
            return str(generate_csrf())
        token = g.csrf_token = str(_signer(current_app.secret_key).dumps(own))
    return token


def refuse_nul() -> None:
    """before_request: nobody types a NUL, and no text of PostgreSQL can hold one."""
    sent = request._get_current_object()  # type: ignore[attr-defined]
    query = sent.environ.get("QUERY_STRING", "")
    typed = [sent.args] if "%00" in query or "\0" in query else []
    if sent.environ.get("CONTENT_TYPE"):
        typed.append(sent.form)
    if any("\0" in text for values in typed for _, text in values.items(multi=True)):
        abort(400)


def csp_nonce() -> str:
    """The nonce of this response's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_headers(answer: Response) -> Response:
    """No inline script or style anywhere; private pages are never kept by a proxy."""
    headers = answer.headers
    given = {name.lower() for name, _ in headers}
    if "content-security-policy" not in given:
        headers.add("Content-Security-Policy", _policy(g.get("csp_nonce")))
    kept = request.endpoint in ("static", "bootstrap.static")
    for name, value in _EVERYWHERE if kept else _PRIVATE:
        if name.lower() not in given:
            headers.add(name, value)
    return answer


def _policy(nonce: str | None) -> str:
    scripts = f"'nonce-{nonce}'" if nonce else ""
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )
