"""Reports of attendance as forms: a class by pupil, by subject, crosswise; the classes of a school.

«Посещаемость класса»: дней всего/по болезни · уроков всего/по болезни … · опоздания.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from journal.attendance.rules.tally import Missed
from journal.control.attendance.class_report import ClassReport, ReportPupil
from journal.control.attendance.figures import COUNTS, SHARE, share_text
from journal.control.attendance.periods import Period
from journal.core.messages import N_, Message
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm

Say = Callable[[Message | str], str]
VIEWS: dict[str, Message] = {
    "pupils": N_("By pupil"),
    "subjects": N_("By subject"),
    "cross": N_("Pupils and subjects"),
}
_TITLES = {
    "pupils": N_("Attendance of the class"),
    "subjects": N_("Attendance of the class by subject"),
    "cross": N_("Lessons missed by pupil and subject"),
}
HEADS: dict[str, Message] = {
    "days": N_("Days missed"),
    "ill_days": N_("of them by illness"),
    "missed": N_("Lessons missed"),
    "ill": N_("by illness"),
    "valid": N_("valid reason"),
    "invalid": N_("no valid reason"),
    "unknown": N_("no reason stated"),
    "late": N_("Latenesses"),
    "due": N_("Lessons due"),
    "unfilled": N_("Attendance not taken"),
    SHARE: N_("Attendance, per cent"),
}
DAYS = ("days", "ill_days")
LESSONS = ("missed", "ill", "valid", "invalid", "unknown", "late", "due", "unfilled", SHARE)
LAST = 1000  # the group of the sums under a table
_LARGE_FROM = 16  # subjects that no longer fit a lying A4 sheet


def class_form(report: ClassReport, view: str, say: Say, *, school: str) -> PaperForm:
    """The form in one of VIEWS."""
    columns, rows = _TABLES[view](report, say)
    subject = report.subject.name if report.subject and view == "pupils" else None
    return PaperForm(
        school=school,
        title=say(_TITLES[view]),
        subtitle=say(_subtitle(report, subject)),
        columns=tuple(columns),
        rows=tuple(rows) if report.total.lessons.planned else (),
        notes=tuple(say(one) for one in _notes(report, view)),
        signers=((say(N_("Class teacher")), ""), (say(N_("Deputy director")), "")),
        wide=view == "cross",
        large=view == "cross" and len(report.taught) > _LARGE_FROM,
    )


def _subtitle(report: ClassReport, subject: str | None) -> Message:
    facts = {"class": report.group.name, "period": said_period(report.period)}
    if subject is None:
        return N_("Class %(class)s, %(period)s", **facts)
    return N_("Class %(class)s, %(subject)s, %(period)s", subject=subject, **facts)


def said_period(period: Period) -> Message:
    """«II четверть (02.11.2026–27.12.2026)»; a range is its days alone."""
    if period.kind == "range":
        return period.name
    first, last = f"{period.first:%d.%m.%Y}", f"{period.last:%d.%m.%Y}"
    return N_("%(name)s (%(first)s–%(last)s)", name=period.name, first=first, last=last)


Table = tuple[Iterator[FormColumn], Iterator[FormRow]]


def _by_pupil(report: ClassReport, say: Say) -> Table:
    figures = LESSONS if report.subject else (*DAYS, *LESSONS)
    return _columns(figures, N_("Surname, name"), say), _pupil_rows(report, figures, say)


def _by_subject(report: ClassReport, say: Say) -> Table:
    return _columns(LESSONS, N_("Subject"), say), _subject_rows(report, say)


def _columns(figures: Sequence[str], head: Message, say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(head), share=4.6, kind="text")
    for one in figures:
        yield FormColumn(title=say(HEADS[one]), share=1.15, upright=True)


def _pupil_rows(report: ClassReport, figures: Sequence[str], say: Say) -> Iterator[FormRow]:
    for number, pupil in enumerate(report.pupils, start=1):
        own = report.by_pupil[pupil.pupil_id]
        cells = figure_cells(own, figures, f"pupil={pupil.pupil_id}")
        name = FormCell(_name(pupil, say), None, f"calendar={pupil.pupil_id}")
        cells = [FormCell(str(number), number), name, *cells]
        yield FormRow(cells=tuple(cells), key=pupil.name, group=number)
    yield _total(report, figures, say)


def _subject_rows(report: ClassReport, say: Say) -> Iterator[FormRow]:
    for number, subject in enumerate(report.taught, start=1):
        own = report.by_subject[subject.id]
        about, lessons = f"subject={subject.id}", report.unfilled_in(subject.id)
        cells = figure_cells(own, LESSONS, about, unfilled=lessons)
        head = (FormCell(str(number), number), FormCell(subject.name))
        yield FormRow(cells=(*head, *cells), key=subject.name, group=number)
    yield _total(report, LESSONS, say)


def _total(report: ClassReport, figures: Sequence[str], say: Say) -> FormRow:
    title = say(N_("The whole class"))
    cells = figure_cells(report.total, figures, "", unfilled=len(report.unfilled))
    return FormRow(cells=(FormCell(""), FormCell(title), *cells), key=title, group=LAST, total=True)


def _crosswise(report: ClassReport, say: Say) -> Table:
    return _cross_columns(report, say), _cross_rows(report, say)


def _cross_columns(report: ClassReport, say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Surname, name")), share=4.6, kind="text")
    for one in report.taught:
        yield FormColumn(title=one.name, share=0.9, upright=True)
    yield FormColumn(title=say(N_("Lessons missed")), share=1, upright=True)


def _cross_rows(report: ClassReport, say: Say) -> Iterator[FormRow]:
    for number, pupil in enumerate(report.pupils, start=1):
        cells = [
            _cell(
                report.cell(pupil.pupil_id, one.id),
                f"pupil={pupil.pupil_id}&subject={one.id}",
            )
            for one in report.taught
        ]
        own = report.by_pupil[pupil.pupil_id]
        name = FormCell(_name(pupil, say), None, f"calendar={pupil.pupil_id}")
        head = (FormCell(str(number), number), name)
        last = figure_cells(own, ("missed",), f"pupil={pupil.pupil_id}")
        yield FormRow(cells=(*head, *cells, *last), key=pupil.name, group=number)
    title = say(N_("The whole class"))
    sums = [_cell(report.by_subject[one.id], f"subject={one.id}") for one in report.taught]
    cells = [*sums, *figure_cells(report.total, ("missed",), "")]
    yield FormRow(cells=(FormCell(""), FormCell(title), *cells), key=title, group=LAST, total=True)


def _cell(figures: Missed, about: str) -> FormCell:
    """Empty where there was no lesson to miss."""
    return figure_cells(figures, ("missed",), about)[0] if figures.lessons.due else FormCell("")


def figure_cells(
    figures: Missed, names: Sequence[str], about: str, *, unfilled: int | None = None
) -> list[FormCell]:
    """Figures by name; `about` is whose they are, as the address of an explanation has it.

    `unfilled` are lessons without a register where the line is of many pupils: there the sum of
    everybody's would count a lesson many times.
    """
    ending = f"&{about}" if about else ""
    counts = {name: COUNTS[name](figures) for name in names if name != SHARE}
    if unfilled is not None:
        counts["unfilled"] = unfilled
    return [
        _share(figures, f"figure={name}{ending}")
        if name == SHARE
        else FormCell(str(counts[name]), counts[name], f"figure={name}{ending}")
        for name in names
    ]


def _share(figures: Missed, why: str) -> FormCell:
    text = share_text(figures)
    return FormCell(text, text.replace(",", ".") or None, why if text else "")


def _name(pupil: ReportPupil, say: Say) -> str:
    said = [pupil.name]
    if pupil.came_on:
        said.append(say(N_("arrived %(day)s", day=f"{pupil.came_on:%d.%m.%Y}")))
    if pupil.left_on:
        said.append(say(N_("left %(day)s", day=f"{pupil.left_on:%d.%m.%Y}")))
    return "\n".join(said)


def _notes(report: ClassReport, view: str) -> Iterator[Message]:
    if not report.total.lessons.planned:
        yield N_("No lesson of the class has ended on these days.")
        return
    if report.running:
        yield RUNNING
    if report.unfilled:
        yield N_(
            "Attendance was not taken in %(count)s lessons: they count as due, and nothing is "
            "known of them but announced absences.",
            count=len(report.unfilled),
        )
    if view == "pupils" and report.subject is None:
        yield N_("A full day is one all of whose obligatory lessons were missed.")
    yield COUNTED


RUNNING = N_("The days are not over: the figures are up to the moment of making.")
COUNTED = N_(
    "Due are the lessons held without those the pupil is released from. Lateness is presence. "
    "Lessons and absences stay with the class in which the pupil was on their day."
)
_TABLES: dict[str, Callable[[ClassReport, Say], Table]] = {
    "pupils": _by_pupil,
    "subjects": _by_subject,
    "cross": _crosswise,
}
