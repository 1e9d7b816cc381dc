"""Addresses that many pages lead to."""

from __future__ import annotations

from flask import Flask, url_for


def init_app(app: Flask) -> None:
    """Make them known to the templates."""
    app.jinja_env.globals["journal_url"] = journal_url


def journal_url(course_id: int, *, lesson_id: int | None = None, term_id: int | None = None) -> str:
    """The journal page of a course, at a lesson. Without a term it opens at the present one."""
    anchor = f"lesson-{lesson_id}" if lesson_id else None
    return url_for("register.journal", course_id=course_id, term=term_id, _anchor=anchor)
