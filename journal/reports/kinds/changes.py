"""The report on changed marks as one of the forms."""

from __future__ import annotations

from datetime import date, datetime, time

from journal.control.changes import mark_changes, result_changes
from journal.core.clock import end_of_day, instant
from journal.core.messages import N_
from journal.grading.changes import ChangeFilter
from journal.reports.change_report import TITLE, ChangeReport, change_form
from journal.reports.forms import Paper
from journal.reports.kinds.asking import READ_CHANGES, Ask, Desk, FormKind


def changes(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """Of a span of days, both included; by default from the start of the year to this day."""
    year = desk.year(ask)
    last = ask.last or year.day_within(desk.today)
    first = min(ask.first or year.starts_on, last)
    wanted = ChangeFilter(
        since=_begins(desk, first),
        before=_ends(desk, last),
        staff_id=None,
        class_group_id=ask.class_id,
        subject_id=ask.subject_id,
        pupil="",
        granted_only=False,
    )
    session, actor = desk.session, desk.actor
    rows = mark_changes(session, actor, wanted, now=desk.now)
    rows += result_changes(session, actor, wanted)
    report = ChangeReport(
        school=desk.school,
        period=N_("%(since)s – %(until)s", since=f"{first:%d.%m.%Y}", until=f"{last:%d.%m.%Y}"),
        time_zone=actor.current.time_zone,
        rows=tuple(sorted(rows, key=lambda one: one.seq, reverse=True)),
    )
    form = change_form(report, desk.say)
    return (Paper(name=form.title, parts=(form,)),)


def _begins(desk: Desk, day: date) -> datetime:
    return instant(day, time.min, desk.actor.current.time_zone)


def _ends(desk: Desk, day: date) -> datetime:
    return end_of_day(day, desk.actor.current.time_zone)


CHANGES = FormKind(
    name="changes",
    title=TITLE,
    about=N_("Which mark became which, when, by whom and why, under which unlock."),
    permissions=READ_CHANGES,
    asks=("span",),
    build=changes,
)
