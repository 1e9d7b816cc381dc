"""The session cookie as Flask's, read without doing the same work at every request.

Flask makes the signer anew for each cookie, and a browser sends the same cookie with every request
until something in it changes. What was read from a cookie whose signature was right is kept under
its whole text; whether it has grown too old is asked each time, and whether the account still lets
it in is asked of the database (`webkit.session.load_user`).
"""

from __future__ import annotations

import time
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature, URLSafeTimedSerializer

_MOST_KEPT = 1024
_UNCHANGEABLE = (str, int, bool, type(None))


class KeptCookies(SecureCookieSessionInterface):
    """Sessions of one application."""

    def __init__(self) -> None:
        self._serializer: URLSafeTimedSerializer | None = None
        self._kept: dict[str, tuple[dict[str, Any], float]] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer, made once: the secret of a process does not change."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie says; an empty session for one that is missing, wrong or too old."""
        text = request.cookies.get(self.get_cookie_name(app))
        kept = self._kept.get(text) if text else None
        if kept is not None:
            facts, signed_at = kept
            too_old = time.time() - signed_at > app.permanent_session_lifetime.total_seconds()
            return self.session_class() if too_old else self.session_class(facts)
        session = super().open_session(app, request)
        if text and session:
            self._keep(text, session)
        return session

    def _keep(self, text: str, session: SecureCookieSession) -> None:
        """Facts that nobody can change in place alone: every request gets a mapping of its own."""
        if self._serializer is None or not all(
            type(value) in _UNCHANGEABLE for value in session.values()
        ):
            return
        try:
            _, signed_at = self._serializer.loads(text, return_timestamp=True)
        except BadSignature:
            return
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[text] = (dict(session), signed_at.timestamp())
