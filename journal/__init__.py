"""The application factory. Nothing inside the package imports this module."""

from __future__ import annotations

from importlib import import_module

from flask import Flask
from flask_bootstrap import Bootstrap5
from sqlalchemy.pool import NullPool

from config import MAX_FORM_BYTES, MAX_UPLOAD_BYTES, ROOT, Settings
from journal import cabinets, tables
from journal.core.db import db
from journal.webkit import addresses, bodies, diary_days, errors, i18n, links, output, security
from journal.webkit import session as sessions
from journal.webkit.access import access_rule, guard, public
from journal.webkit.assets import static_path
from journal.webkit.menu import menu, menu_bar, role_choices

_STATIC = ("static", "bootstrap.static")


def create_app(settings: Settings) -> Flask:
    """Build the application: database, edge, cabinets, commands.

    Raises RuntimeError when a view carries no access rule.
    """
    app = addresses.AddressedFlask(
        "journal",
        root_path=str(ROOT / "journal"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path=static_path(ROOT / "static"),
        instance_path=str(settings.instance_dir),
    )
    output.init_app(app)
    _configure(app, settings)
    app.extensions["tables"] = tables.MODULES
    addresses.init_app(app)
    db.init_app(app)
    Bootstrap5(app)
    for part in (bodies, i18n, security, errors, sessions, links, diary_days):
        part.init_app(app)
    app.before_request(guard)
    app.jinja_env.globals.update(menu=menu, menu_bar=menu_bar, role_choices=role_choices)
    cabinets.init_app(app)
    if settings.commands:  # a serving process runs none, and saves their memory
        import_module("journal.cli").init_app(app)
    _require_access_rules(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS={"poolclass": NullPool} if settings.testing else {},
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        BOOTSTRAP_SERVE_LOCAL=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.https,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _require_access_rules(app: Flask) -> None:
    for endpoint in _STATIC:
        serve = app.view_functions[endpoint]
        app.view_functions[endpoint] = public(lambda _serve=serve, **kwargs: _serve(**kwargs))
    bare = [name for name, view in app.view_functions.items() if access_rule(view) is None]
    if bare:
        raise RuntimeError(f"views without an access rule: {', '.join(sorted(bare))}")
