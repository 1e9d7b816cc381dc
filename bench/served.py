"""What the measured server serves: the journal at its own address, a bare Flask page at /bare."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.school import NOW
from config import settings_from_environment
from journal import create_app

BARE = "<!doctype html><html lang=ru><title>Журнал</title><p>Здесь ничего нет.</p></html>"


def bare_app() -> Flask:
    """An application that does nothing: the unit of all ratios."""
    app = Flask("bare")
    app.add_url_rule("/", "page", lambda: BARE)
    return app


app = create_app(settings_from_environment())
app.config["CLOCK"] = lambda: NOW
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/bare": bare_app()})  # type: ignore[method-assign]
