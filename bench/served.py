"""What the measured server serves: the journal at its own address, a bare Flask page at /bare, and
the journal that keeps no summary sheets at /unkept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bench.school import NOW
from config import settings_from_environment
from journal import create_app
from journal.cabinets.common.results.summary import forget_sheets

BARE = "<!doctype html><html lang=ru><title>Журнал</title><p>Здесь ничего нет.</p></html>"


def bare_app() -> Flask:
    """An application that does nothing: the unit of all ratios."""
    app = Flask("bare")
    app.add_url_rule("/", "page", lambda: BARE)
    return app


def forgetting(serve: Callable[..., Any]) -> Callable[..., Any]:
    """The same, as if nobody had opened a summary sheet before."""

    def served(environment: dict[str, Any], start: Callable[..., Any]) -> Any:
        forget_sheets()
        return serve(environment, start)

    return served


def measurable(app: Flask) -> Flask:
    """The journal at the bench's moment, with what it is compared to beside it."""
    app.config["CLOCK"] = lambda: NOW
    beside = {"/bare": bare_app(), "/unkept": forgetting(app.wsgi_app)}
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, beside)  # type: ignore[method-assign]
    return app


def __getattr__(name: str) -> Flask:
    """`app`, made for the server that asks for it."""
    if name == "app":
        return measurable(create_app(settings_from_environment()))
    raise AttributeError(name)
