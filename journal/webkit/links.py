"""Addresses that many pages lead to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, request, url_for
from werkzeug.routing import BuildError

from config import Settings


def init_app(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.globals.update(journal_url=journal_url, path_of=path_of)


def path_of(link: Mapping[str, Any] | None) -> str | None:
    """The address a notification leads to (`people.notices.Link` as facts), also outside of a
    request; None where there is no such page any more."""
    if link is None:
        return None
    try:
        return current_app.url_map.bind("").build(link["endpoint"], link["args"])
    except BuildError:
        return None


def journal_url(course_id: int, *, lesson_id: int | None = None, term_id: int | None = None) -> str:
    """The journal page of a course, at a lesson. Without a term it opens at the present one."""
    anchor = f"lesson-{lesson_id}" if lesson_id else None
    return url_for("register.journal", course_id=course_id, term=term_id, _anchor=anchor)


def journal_address() -> str:
    """The address people type to get here: the configured one, else that of the request."""
    settings: Settings = current_app.config["SETTINGS"]
    return (settings.public_url or request.host_url).rstrip("/")
