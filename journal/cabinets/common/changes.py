"""The mark-change report: on the screen, as PDF and as xlsx (D25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.control.changes import MarkChange, change_scope, mark_changes, result_changes
from journal.core.db import db
from journal.core.messages import N_, Message
from journal.core.text import tidy
from journal.grading.changes import ChangeFilter
from journal.people.names import staff_choices
from journal.reports.change_report import ChangeReport, change_form
from journal.reports.forms.writing import FORMATS, Making, written_form
from journal.school.calendar import year_to_open, years
from journal.school.directory import class_choices, subject_rows
from journal.webkit.access import current_actor, requires, work_in_current_organisation
from journal.webkit.answers import download
from journal.webkit.filters import day_begins, day_ends, here, typed_day, typed_number
from journal.webkit.i18n import say
from journal.webkit.menu import MenuEntry, MenuGroup
from journal.webkit.moment import now, today

blueprint = Blueprint("changes", __name__, url_prefix="/changes")
blueprint.before_request(work_in_current_organisation)
BLUEPRINTS = (blueprint,)
MENU = (
    MenuEntry(
        label=N_("Changed marks"),
        endpoint="changes.report",
        permission=Permission.OPEN_CHANGE_REPORT,
        order=90,
        group=MenuGroup.JOURNALS,
    ),
)
ROWS_SHOWN = 300
PUPIL_MAX = 100
ONLY = ("lessons", "results", "late", "granted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters offer and what is chosen; days inclusive."""

    since: date | None
    until: date | None
    teachers: tuple[tuple[int, str], ...]
    classes: tuple[tuple[int, str], ...]
    subjects: tuple[tuple[int, str], ...]
    teacher: int | None
    class_group: int | None
    subject: int | None
    pupil: str
    only: str


@blueprint.get("")
@requires(Permission.OPEN_CHANGE_REPORT)
def report() -> ResponseReturnValue:
    """The report of the year, or of what its filters narrow it to."""
    choices = _choices()
    rows = _rows(choices)
    return render_template(
        "changes/report.html",
        rows=rows[:ROWS_SHOWN],
        total=len(rows),
        choices=choices,
        scope=change_scope(current_actor()),
        pdf_url=here().replace("/changes", "/changes/pdf", 1),
        xlsx_url=here().replace("/changes", "/changes/xlsx", 1),
    )


@blueprint.get("/pdf")
@requires(Permission.OPEN_CHANGE_REPORT)
def pdf() -> ResponseReturnValue:
    """The same rows to print and to sign."""
    return _file("pdf")


@blueprint.get("/xlsx")
@requires(Permission.OPEN_CHANGE_REPORT)
def xlsx() -> ResponseReturnValue:
    """The same rows to work with."""
    return _file("xlsx")


def _file(kind: str) -> ResponseReturnValue:
    making = Making(at=now(), time_zone=current_actor().current.time_zone)
    content = written_form(change_form(_facts(), say), making, kind, say)
    return download(content, name=_file_name(kind), mimetype=FORMATS[kind])


def _file_name(suffix: str) -> str:
    title = say(N_("Changed marks"))
    return f"{title} {today(current_actor()):%d.%m.%Y}.{suffix}"


def _facts() -> ChangeReport:
    actor, choices = current_actor(), _choices()
    return ChangeReport(
        school=actor.current.organisation_name,
        period=_period(choices),
        time_zone=actor.current.time_zone,
        rows=tuple(_rows(choices)),
    )


def _rows(choices: Choices) -> list[MarkChange]:
    wanted = ChangeFilter(
        since=day_begins(choices.since),
        before=day_ends(choices.until),
        staff_id=choices.teacher,
        class_group_id=choices.class_group,
        subject_id=choices.subject,
        pupil=choices.pupil,
        granted_only=choices.only == "granted",
    )
    session, actor = db.session(), current_actor()
    rows: list[MarkChange] = []
    if choices.only != "results":
        late = choices.only == "late"
        rows += mark_changes(session, actor, wanted, now=now(), late_only=late)
    if choices.only in ("", "results"):
        rows += result_changes(session, actor, wanted)
    return sorted(rows, key=lambda one: one.seq, reverse=True)


def _choices() -> Choices:
    session = db.session()
    year = year_to_open(years(session), today(current_actor()))
    return Choices(
        since=typed_day("from") or (year.starts_on if year else None),
        until=typed_day("to"),
        teachers=tuple(staff_choices(session)),
        classes=tuple(class_choices(session, year.id)) if year else (),
        subjects=tuple((one.id, one.name) for one in subject_rows(session, year.id if year else 0)),
        teacher=typed_number("teacher"),
        class_group=typed_number("class"),
        subject=typed_number("subject"),
        pupil=tidy(request.args.get("pupil", ""))[:PUPIL_MAX],
        only=typed if (typed := request.args.get("only", "")) in ONLY else "",
    )


def _period(choices: Choices) -> Message:
    if choices.since is None:
        return N_("for all time")
    until = choices.until or today(current_actor())
    return N_("%(since)s – %(until)s", since=f"{choices.since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}")
