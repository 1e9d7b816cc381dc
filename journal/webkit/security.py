"""CSRF without a time limit, a strict content policy and its headers, no NUL in what is typed."""

from __future__ import annotations

import secrets

from flask import Flask, Response, abort, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
# A whole school signs in from one address at half past eight: the limit stops machines, the
# throttle of each account (people.rules.throttle_until) stops guessing.
limiter = Limiter(get_remote_address, storage_uri="memory://")


def init_app(app: Flask) -> None:
    """An offline queue outlives an hour, so tokens have no time limit of their own."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
    limiter.init_app(app)
    # Its look before every request finds nothing: views that are limited check themselves.
    app.before_request_funcs[None].remove(limiter._check_request_limit)
    app.before_request(refuse_nul)
    app.after_request(add_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def refuse_nul() -> None:
    """before_request: nobody types a NUL, and no text of PostgreSQL can hold one."""
    typed = (request.args, request.form) if request.form else (request.args,)
    if any("\0" in text for values in typed for _, text in values.items(multi=True)):
        abort(400)


def csp_nonce() -> str:
    """The nonce of this response's scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def add_headers(answer: Response) -> Response:
    """No inline script or style anywhere; private pages are never kept by a proxy."""
    nonce = f"'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    answer.headers.setdefault(
        "Content-Security-Policy",
        f"default-src 'none'; script-src 'self' {nonce}; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'; manifest-src 'self'",
    )
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    if request.endpoint not in ("static", "bootstrap.static"):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer
