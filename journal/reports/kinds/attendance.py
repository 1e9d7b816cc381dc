"""Attendance among the printed forms: a class, the classes of the school, the school by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from journal.control.attendance.class_report import Wanted, class_report
from journal.control.attendance.periods import Asked, Period
from journal.control.attendance.school_days import school_days
from journal.control.attendance.school_report import school_report
from journal.core.errors import NotFound
from journal.core.messages import N_
from journal.reports.attendance_days import TITLE as BY_DAY
from journal.reports.attendance_days import days_form
from journal.reports.attendance_forms import VIEWS, class_form
from journal.reports.attendance_school import TITLE as BY_CLASS
from journal.reports.attendance_school import school_form
from journal.reports.forms import FormCell, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_CLASSES, READ_SCHOOL, Ask, Desk, FormKind
from journal.reports.kinds.class_units import class_units, usual_place
from journal.results.queries.class_page import places_of_class
from journal.results.rules.places import named_place
from journal.school.class_reader import load_class


def class_attendance(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """Of a term or any days, by default the present term. NotFound, Forbidden as `load_class`."""
    wanted = Wanted(ask.class_id or 0, _days_of_class(desk, ask))
    report = class_report(desk.session, desk.actor, wanted, now=desk.now)
    parts = [
        replace(
            class_form(report, view, desk.say, school=desk.school),
            heading=desk.say(VIEWS[view]),
            title=desk.say(CLASS_ATTENDANCE.title),
        )
        for view in ("pupils", "subjects")
    ]
    parts[0] = replace(parts[0], signers=())
    where = _where(f"class/{report.group.id}", report.period)
    return (Paper(name=report.group.name, parts=tuple(_led(one, where) for one in parts)),)


def _days_of_class(desk: Desk, ask: Ask) -> Asked:
    if ask.at is None or ask.first or ask.last:
        return Asked(ask.first, ask.last)
    group = load_class(desk.session, desk.actor, ask.class_id or 0)
    places = [one for one in places_of_class(desk.session, group) if one.kind not in _MOMENTS]
    place = named_place(places, usual_place(places, ask.at))
    if place is None:
        raise NotFound()
    return Asked(place.span.starts_on, place.last_day)


_MOMENTS = ("exam", "final")


def _where(what: str, period: Period) -> str:
    return f"attendance/{what}/{_iso(period.first)}/{_iso(period.last)}?"


def _iso(day: date) -> str:
    return day.isoformat()


def _led(form: PaperForm, where: str) -> PaperForm:
    """Its figures lead to their explanations from any page."""
    return replace(form, rows=tuple(_led_row(row, where) for row in form.rows))


def _led_row(row: FormRow, where: str) -> FormRow:
    return row._replace(cells=tuple(_led_cell(cell, where) for cell in row.cells))


def _led_cell(cell: FormCell, where: str) -> FormCell:
    """Names lead elsewhere on the pages of attendance; here figures alone do."""
    return cell._replace(why=where + cell.why if cell.why.startswith("figure=") else "")


def classes_attendance(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """Every class over days of one year, by default the present month or the whole past year."""
    asked = _days_of_school(desk, ask)
    report = school_report(desk.session, desk.actor, asked=asked, now=desk.now)
    form = school_form(report, desk.say, school=desk.school)
    return (Paper(name=form.title, parts=(_led(form, _where("school", report.period)),)),)


def _days_of_school(desk: Desk, ask: Ask) -> Asked:
    year = desk.year(ask)
    if ask.first or ask.last or year.last_day >= desk.today:
        return Asked(ask.first, ask.last)
    return Asked(year.starts_on, year.last_day)


def days_attendance(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """The school day by day over any days, by default as the classes."""
    asked = _days_of_school(desk, ask)
    page = school_days(desk.session, desk.actor, asked=asked, now=desk.now)
    form = days_form(page, desk.say, school=desk.school)
    return (Paper(name=form.title, parts=(_led(form, _where("days", page.period)),)),)


CLASS_ATTENDANCE = FormKind(
    name="attendance",
    title=N_("Attendance of the class"),
    about=N_("By pupil and by subject: days and lessons missed by reason, lateness, per cent."),
    permissions=READ_CLASSES,
    asks=("class", "place", "span"),
    build=class_attendance,
    units=class_units,
    wide=lambda ask: ask.class_id is None,
)
SCHOOL_ATTENDANCE = FormKind(
    name="attendance-classes",
    title=BY_CLASS,
    about=N_("Every class with subtotals 1–4, 5–9, 10–11: what was missed, and why."),
    permissions=READ_SCHOOL,
    asks=("span",),
    build=classes_attendance,
)
DAYS_ATTENDANCE = FormKind(
    name="attendance-days",
    title=BY_DAY,
    about=N_("The school day by day: how many were absent, how many lessons were missed."),
    permissions=READ_SCHOOL,
    asks=("span",),
    build=days_attendance,
)
