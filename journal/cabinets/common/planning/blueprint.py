"""The blueprint of planning, and what its views share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint
from flask_wtf import FlaskForm

from journal.core.db import db
from journal.school.calendar import YearSpan, year_to_open, years
from journal.timetable.service import Planner
from journal.timetable.words import WEEK_KINDS, WEEKDAYS
from journal.webkit.access import current_actor, work_in_current_organisation
from journal.webkit.forms import field_errors
from journal.webkit.moment import now, today

blueprint = Blueprint("planning", __name__, url_prefix="/planning")
blueprint.before_request(work_in_current_organisation)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"weekdays": WEEKDAYS, "week_kinds": WEEK_KINDS}


def planner() -> Planner:
    """The actor as a planner, now."""
    return Planner(session=db.session(), actor=current_actor(), now=now())


@contextmanager
def attempt(form: FlaskForm) -> Iterator[None]:
    """One command: what it refuses becomes an error of the form and leaves nothing behind."""
    with field_errors(form), db.session().begin_nested():
        yield


def present_year() -> YearSpan | None:
    """The year that is planned: the present one, in summer the coming one."""
    return year_to_open(years(db.session()), today(current_actor()))
