"""The attendance calendar of a pupil, for himself and his family."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.pupil.views import blueprint
from journal.control.attendance.calendar import PupilCalendar, family_calendar
from journal.control.attendance.periods import MONTHS
from journal.core.db import db
from journal.diary.queries.reader import Reader, head, load_reader
from journal.reports.attendance_calendar import WEEKDAYS, calendar_form
from journal.reports.forms.writing import FORMATS, Making, written_form
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import download
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now
from journal.webkit.words import STATES


@blueprint.get("/diary/absences/<int:pupil_id>/calendar")
@requires(Permission.READ_DIARY)
def calendar(pupil_id: int) -> ResponseReturnValue:
    """A year of the pupil (?year=) as weeks and days."""
    reader = _reader(pupil_id)
    page = _page(reader)
    whose = head(reader, reader.pupil.stay_on(reader.today))
    form = calendar_form(page, say, school=_school(reader))
    return render_template(
        "cabinets/pupil/calendar.html",
        head=whose,
        page=page,
        form=form,
        months=dict(enumerate(MONTHS, start=1)),
        states=STATES,
        weekdays=WEEKDAYS,
    )


@blueprint.get("/diary/absences/<int:pupil_id>/calendar.<kind>")
@requires(Permission.READ_DIARY)
def calendar_file(pupil_id: int, kind: str) -> ResponseReturnValue:
    """The same weeks as PDF, xlsx or csv."""
    if kind not in FORMATS:
        abort(404)
    reader = _reader(pupil_id)
    form = calendar_form(_page(reader), say, school=_school(reader))
    making = Making(at=now(), time_zone=reader.zone)
    name = f"{form.title}. {form.subtitle}.{kind}"
    return download(written_form(form, making, kind, say), name=name, mimetype=FORMATS[kind])


def _reader(pupil_id: int) -> Reader:
    return load_reader(db.session(), current_actor(), pupil_id=pupil_id, now=now())


def _page(reader: Reader) -> PupilCalendar:
    return family_calendar(
        db.session(),
        pupil_id=reader.pupil.id,
        year_id=typed_number("year"),
        today=reader.today,
        now=now(),
    )


def _school(reader: Reader) -> str:
    """The pupil's, whichever the login has chosen."""
    actor = current_actor()
    member = actor.member_of(reader.pupil.organisation_id) or actor.current
    return member.organisation_name
