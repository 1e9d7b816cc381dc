"""The page of edit windows: what holds now, what would hold, whom an exception opens what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from journal.cabinets.admin.windows.forms import SET, ExtensionForm, PolicyForm
from journal.core.db import db
from journal.grading.work_types import TypeRow, work_type_rows
from journal.lessons.policies import default_valid_from
from journal.lessons.queries.calendar import SchoolCalendar, school_calendar
from journal.lessons.queries.policies import ExtensionRow, PolicyRow, extension_rows, policy_rows
from journal.lessons.rules import EntryKind, Policy, PolicyBook, last_minute
from journal.lessons.rules.setting import DAY_FIELDS, PreviewKind, PreviewRow, preview
from journal.people.names import staff_choices
from journal.school.courses import course_choices
from journal.school.directory import grades_of
from journal.webkit.access import current_actor
from journal.webkit.fields import with_nobody
from journal.webkit.filters import number_of
from journal.webkit.i18n import day_month, moment, weekday_short
from journal.webkit.moment import today

LOOK_AHEAD = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowsPage:
    """`present` is the version in force; `rows` of the preview come by kind, `days` in order."""

    present: Policy
    versions: tuple[PolicyRow, ...]
    extensions: tuple[ExtensionRow, ...]
    types: tuple[TypeRow, ...]
    preview: Preview
    today: date


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A kind of entry: (as it is, as it would be) for each of the lessons."""

    label: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """Until when entries of lessons on some days may be made. `columns` are those of a table."""

    columns: tuple[dict[str, str], ...]
    lines: tuple[PreviewLine, ...]


def calendar() -> SchoolCalendar:
    """The school's calendar of today."""
    actor = current_actor()
    return school_calendar(db.session(), day=today(actor), zone=actor.current.time_zone)


def windows_page(form: PolicyForm, *, school: SchoolCalendar) -> WindowsPage:
    """Everything the page shows, in eight queries."""
    session, day = db.session(), today(current_actor())
    types = work_type_rows(session)
    return WindowsPage(
        present=school.book().at(day),
        versions=tuple(policy_rows(session, today=day)),
        extensions=tuple(extension_rows(session, today=day)),
        types=tuple(types),
        preview=preview_of(form, school, types),
        today=day,
    )


def offered(school: SchoolCalendar) -> dict[str, object]:
    """What the form of a new version begins with: the version that will be in force then."""
    day = default_valid_from(today(current_actor()))
    policy = school.book().at(day)
    facts: dict[str, object] = {name: getattr(policy, name) for name in SET}
    return facts | {"valid_from": day, "counting": "school" if policy.working else "calendar"}


def with_grades(form: PolicyForm, school: SchoolCalendar) -> PolicyForm:
    """The form with the parallels of the year in the preview's drop-down."""
    grades = grades_of(db.session(), school.year_id) if school.year_id else []
    form.grade.choices = [("", _("shortest week")), *((str(one), str(one)) for one in grades)]
    return form


def with_people(form: ExtensionForm, school: SchoolCalendar) -> ExtensionForm:
    """The form with the teachers and courses of the school."""
    session = db.session()
    form.teacher.choices = with_nobody(staff_choices(session))
    courses = course_choices(session, school.year_id) if school.year_id else []
    form.course.choices = with_nobody(courses)
    return form


def preview_of(form: PolicyForm, school: SchoolCalendar, types: Sequence[TypeRow]) -> Preview:
    """What the typed version would mean; what is not readable shows the present one."""
    book = school.book(number_of(form.grade.data or ""))
    known = None if form.valid_from.errors else form.valid_from.data
    day = known or default_valid_from(today(current_actor()))
    typed = [getattr(form, name).data for name in ("valid_from", *DAY_FIELDS)]
    days = _sample(book, day)
    policy = book.at(day) if form.errors or None in typed else form.policy
    rows = preview(book, policy, days=days, kinds=_kinds(types), zone=school.zone)
    size = len(days)
    heads = [f"{weekday_short(one)} {day_month(one)}" for one in days]
    return Preview(
        columns=tuple({"label": head} for head in (_("Entry"), *heads)),
        lines=tuple(_line(rows[n : n + size]) for n in range(0, len(rows), size)),
    )


def _line(rows: Sequence[PreviewRow]) -> PreviewLine:
    ends = ((moment(last_minute(row.now)), moment(last_minute(row.then))) for row in rows)
    return PreviewLine(rows[0].label, tuple(ends))


def _kinds(types: Sequence[TypeRow]) -> list[PreviewKind]:
    longer = [one for one in types if one.checking_days is not None][:1]
    return [
        PreviewKind(_("Mark"), EntryKind.MARKS),
        *(
            PreviewKind(
                _("Mark: %(work)s", work=one.name),
                EntryKind.MARKS,
                checking_days=one.checking_days,
            )
            for one in longer
        ),
        PreviewKind(_("Attendance, by the teacher"), EntryKind.ATTENDANCE),
        PreviewKind(_("Attendance, by the class teacher"), EntryKind.ATTENDANCE, True),
        PreviewKind(_("Topic"), EntryKind.TOPIC),
        PreviewKind(_("Homework"), EntryKind.HOMEWORK),
    ]


def _sample(book: PolicyBook, day: date) -> list[date]:
    """School days that tell: the last one before the version, its first one, the ends of the week
    and of the stretch before the next holidays."""
    around = [day + timedelta(days=n) for n in range(-LOOK_AHEAD, LOOK_AHEAD)]
    school = [one for one in around if book.week.works(one)]
    before, after = [d for d in school if d < day], [d for d in school if d >= day]
    ends = [one for one in after if not book.week.works(one + timedelta(days=1))]
    return sorted({*before[-1:], *after[:1], *ends[:2]}) or [day]
