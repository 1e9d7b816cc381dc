"""What the measured server serves: the journal at its own address, a bare Flask page at /bare, and
at /forget a page that lets summary sheets be made anew."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.people import NOW
from config import settings_from_environment
from journal import create_app
from journal.cabinets.common.results.summary import forget_sheets

BARE = "<!doctype html><html lang=ru><title>Журнал</title><p>Здесь ничего нет.</p></html>"


def bare_app() -> Flask:
    """An application that does nothing: the unit of all ratios."""
    app = Flask("bare")
    app.add_url_rule("/", "page", lambda: BARE)
    return app


def forgetting_app() -> Flask:
    """Lets the journal keep nothing of summary sheets, as if nobody had opened one before."""
    app = Flask("forgetting")

    def forget() -> str:
        forget_sheets()
        return BARE

    app.add_url_rule("/", "page", forget)
    return app


def measurable(app: Flask) -> Flask:
    """The journal at the bench's moment, with what it is compared to beside it."""
    app.config["CLOCK"] = lambda: NOW
    beside = {"/bare": bare_app(), "/forget": forgetting_app()}
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, beside)  # type: ignore[method-assign]
    return app


def __getattr__(name: str) -> Flask:
    """`app`, made for the server that asks for it."""
    if name == "app":
        return measurable(create_app(settings_from_environment()))
    raise AttributeError(name)
