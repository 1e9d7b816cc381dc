"""«Еженедельная ведомость» to print: one pupil after the other, each on a page of his own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from journal.attendance.rules.states import (
    ILL,
    INVALID,
    LATE,
    RELEASED,
    UNKNOWN,
    VALID,
)
from journal.attendance.rules.tally import Tally
from journal.core.audit.service import canonical
from journal.core.messages import N_, Message
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    PdfColumn,
    ended,
    paragraph,
    render,
    render_documents,
    signatures,
    space,
)
from journal.grading.week_marks import WeekMark
from journal.reports.forms.model import coded, digest_of, grouped
from journal.reports.forms.writing import Making
from journal.reports.weekly.sheets import SheetLesson, WeekSheet

Say = Callable[[Message | str], str]
TITLE = N_("Weekly sheet for the family")
_SIZE = 7  # a week of 35 lessons fits on one side of a sheet
_STATES = {
    ILL: N_("illness"),
    VALID: N_("valid reason"),
    INVALID: N_("no valid reason"),
    UNKNOWN: N_("no reason stated"),
    RELEASED: N_("released"),
}
_COLUMNS = (
    (N_("Date"), 1.05),
    (N_("No."), 0.55),
    (N_("Subject"), 3.1),
    (N_("Topic of the lesson"), 3.6),
    (N_("Homework"), 3.9),
    (N_("Marks and remarks"), 2.9),
    (N_("Absence, lateness"), 1.8),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """What stands on every sheet of a class and week."""

    school: str
    class_name: str
    first: str
    last: str
    class_teacher: str


def weekly_pdf(head: SheetHead, sheets: Sequence[WeekSheet], making: Making, say: Say) -> bytes:
    """All sheets in one file, each numbered by itself; the head of every page says whose it is."""
    days = say(N_("%(first)s–%(last)s", first=head.first, last=head.last))
    rows = [[one.family.pupil_id, _rows(one, say), _below(one, say)] for one in sheets]
    frame = PageFrame(
        school=head.school,
        title=say(TITLE),
        subtitle=f"{head.class_name}, {days}",
        made=say(N_("Made on %(moment)s", moment=making.moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
        check_code=say(N_("Check code %(code)s", code=_code(head, rows))),
    )
    if not sheets:
        return render(frame, [paragraph(say(N_("There is nobody to print a sheet for.")))])
    own = (replace(frame, subtitle=f"{one.family.name}, {frame.subtitle}") for one in sheets)
    return render_documents(
        [
            [(whose, list(_sheet(head, one, whose, say)))]
            for whose, one in zip(own, sheets, strict=True)
        ]
    )


def _code(head: SheetHead, rows: Sequence[object]) -> str:
    facts = {"school": head.school, "class": head.class_name, "first": head.first, "rows": rows}
    return grouped(coded(int(digest_of(canonical(facts) or ""), 16)))


def _sheet(head: SheetHead, sheet: WeekSheet, frame: PageFrame, say: Say) -> Iterator[Flowable]:
    rows = _rows(sheet, say)
    ending = list(_ending(head, sheet, say))
    if not rows:
        yield from (paragraph(say(N_("There were no lessons in this week."))), *ending)
        return
    columns = [
        PdfColumn(title=say(title), share=share, align="left" if share > 1 else "center")
        for title, share in _COLUMNS
    ]
    yield ended(
        columns,
        [row for _, row in rows],
        ending,
        width=frame.text_width,
        size=_SIZE,
        groups=[day for day, _ in rows],
    )


def _ending(head: SheetHead, sheet: WeekSheet, say: Say) -> Iterator[Flowable]:
    yield space(2)
    for line in _below(sheet, say):
        yield paragraph(line, size=8.5)
    yield signatures(
        (
            (say(N_("Class teacher")), head.class_teacher),
            (say(N_("Read by the parent (signature, date)")), ""),
        )
    )


def _rows(sheet: WeekSheet, say: Say) -> list[tuple[int, list[str]]]:
    """(number of the day, cells) of every lesson; the date stands at the first of a day."""
    found, last = [], None
    for one in sheet.lessons:
        lesson = one.lesson
        date = f"{lesson.held_on:%d.%m}" if lesson.held_on != last else ""
        last = lesson.held_on
        cells = [date, str(lesson.number), lesson.subject, lesson.topic or ""]
        if lesson.cancelled:
            cells += ["", "", say(N_("the lesson was not held"))]
        else:
            cells += [_homework(one, say), _marks(one.marks), _presence(one, say)]
        found.append((lesson.held_on.toordinal(), cells))
    return found


def _homework(one: SheetLesson, say: Say) -> str:
    lines = []
    task = one.lesson.task
    if task is not None and task.nothing:
        lines.append(say(N_("nothing set")))
    elif task is not None and task.due_on is not None:
        due = f"{task.due_on:%d.%m}"
        lines.append(say(N_("%(text)s (due on %(day)s)", text=task.text, day=due)))
    elif task is not None:
        lines.append(task.text)
    for own in one.tasks:
        due = f"{own.due_on:%d.%m}"
        lines.append(say(N_("personally: %(text)s (due on %(day)s)", text=own.text, day=due)))
    return "\n".join(lines)


def _marks(marks: Sequence[WeekMark]) -> str:
    return "\n".join(_mark(one) for one in marks)


def _mark(one: WeekMark) -> str:
    value = one.value if one.retake_of is None else f"{one.retake_of} → {one.value}"
    said = f"{value} – {one.work}"
    return f"{said}. {one.comment}" if one.comment else said


def _presence(one: SheetLesson, say: Say) -> str:
    if one.state == LATE:
        minutes = one.lesson.late_minutes
        return say(N_("late by %(minutes)s min", minutes=minutes) if minutes else N_("late"))
    return say(_STATES[one.state]) if one.state in _STATES else ""


def _below(sheet: WeekSheet, say: Say) -> list[str]:
    """Under the table: absences counted, then marks for earlier lessons."""
    lines = [say(_counted(sheet.attendance))]
    if sheet.attendance.unfilled:
        count = sheet.attendance.unfilled
        lines.append(say(N_("Attendance is not taken in lessons: %(count)s.", count=count)))
    if sheet.earlier:
        lines.append(say(N_("Marks given in this week for earlier lessons:")))
        lines += [f"{one.held_on:%d.%m}, {one.subject}: {_mark(one)}" for one in sheet.earlier]
    return lines


def _counted(tally: Tally) -> Message:
    return N_(
        "Missed lessons: %(missed)s of %(due)s, of them by illness %(ill)s, for a valid reason "
        "%(valid)s, without a valid reason %(invalid)s, no reason stated %(unknown)s. "
        "Latenesses: %(late)s.",
        missed=tally.missed,
        due=tally.due,
        ill=tally.ill,
        valid=tally.valid,
        invalid=tally.invalid,
        unknown=tally.unknown,
        late=tally.late,
    )
