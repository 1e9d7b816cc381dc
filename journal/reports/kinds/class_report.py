"""«Отчёт классного руководителя за период»: movement, how pupils stand, absences by reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.attendance.rules.tally import Missed, Tally, summed
from journal.core.messages import N_, Message
from journal.grading.rules.shares import attainment_by_pupils, quality_by_pupils
from journal.reports.forms import FormCell, FormColumn, FormHead, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_CLASSES, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import EMPTY, average_cell, count_cell, share_cell, whole_tally
from journal.reports.kinds.class_units import class_units, place_of_ask
from journal.reports.kinds.school_totals import STANDINGS
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.results.rules.class_page import ClassTable
from journal.results.rules.summary import SheetPlace
from journal.school.contingent import Flow, flow_of_class

RELEASED = "осв"


def class_report(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """The report of a class at a term or the year. NotFound, Forbidden as `summary_sheet`."""
    page = summary_sheet(
        desk.session,
        desk.actor,
        class_id=ask.class_id or 0,
        at=place_of_ask(desk, ask),
        now=desk.now,
    )
    place = page.sheet.places[0]
    flow = flow_of_class(
        desk.session,
        page.group.id,
        first=place.place.span.starts_on,
        last=min(place.place.last_day, desk.today),
    )
    parts = (_figures(desk, page, place, flow), _absences(desk, page, place))
    return (Paper(name=page.group.name, parts=parts),)


def _form(desk: Desk, page: SummarySheet, place: SheetPlace) -> FormHead:
    subtitle = N_(
        "Class %(class)s, %(year)s academic year, %(place)s",
        **{"class": page.group.name, "year": page.group.year_name, "place": place.place.name},
    )
    title = desk.say(CLASS_REPORT.title)
    return FormHead(school=desk.school, title=title, subtitle=desk.say(subtitle))


def _figures(desk: Desk, page: SummarySheet, place: SheetPlace, flow: Flow) -> PaperForm:
    say = desk.say
    notes = []
    if page.unfinished:
        notes.append(N_("%(place)s: marks are not final yet.", place=place.place.name))
    if place.table.missing:
        notes.append(
            N_(
                "Marks not entered yet: %(count)s. They are in no figure.",
                count=place.table.missing,
            )
        )
    return PaperForm(
        **_form(desk, page, place),
        heading=say(N_("Pupils and results")),
        columns=(
            FormColumn(title=say(N_("Figure")), share=3, kind="text"),
            FormColumn(title=say(N_("Count")), share=1),
            FormColumn(title=say(N_("Who")), share=6, kind="text"),
        ),
        rows=(*_movement(flow, say), *_standings(place.table, say), *_shares(place.table, say)),
        notes=tuple(say(one) for one in notes),
    )


def _line(title: str, cell: FormCell, who: Sequence[str] = ()) -> FormRow:
    return FormRow(cells=(FormCell(title), cell, FormCell(", ".join(who))), key=title)


def _movement(flow: Flow, say: Say) -> Iterator[FormRow]:
    for title, count in (
        (N_("At the start"), flow.at_start),
        (N_("Arrived"), flow.arrived),
        (N_("Left"), flow.left),
        (N_("At the end"), flow.at_end),
    ):
        yield _line(say(title), count_cell(count))


def _standings(table: ClassTable, say: Say) -> Iterator[FormRow]:
    for title, wanted in STANDINGS:
        names = [row.name for row in table.rows if wanted(row.result)]
        words = say(title)
        yield _line(words[:1].upper() + words[1:], count_cell(len(names)), names)
    released = [row.name for row in table.rows if any(cell.value == RELEASED for cell in row.cells)]
    yield _line(say(N_("Released from a subject")), count_cell(len(released)), released)


def _shares(table: ClassTable, say: Say) -> Iterator[FormRow]:
    marks = whole_tally(column.tally for column in table.columns)
    results = [row.result for row in table.rows]
    shares: tuple[tuple[Message, FormCell], ...] = (
        (N_("Attainment, per cent"), share_cell(attainment_by_pupils(results), say)),
        (N_("Quality, per cent"), share_cell(quality_by_pupils(results), say)),
        (N_("Level of learning, per cent"), share_cell(marks.level(), say)),
        (N_("Average mark"), average_cell(marks, say)),
    )
    for title, cell in shares:
        formula = cell.told.formula if cell.told else ""
        words = say(title)
        yield FormRow(cells=(FormCell(words), cell, FormCell(formula)), key=words, total=True)


_REASONS: tuple[tuple[Message, str], ...] = (
    (N_("by illness"), "ill"),
    (N_("valid reason"), "valid"),
    (N_("no valid reason"), "invalid"),
    (N_("reason unknown"), "unknown"),
)


def _absences(desk: Desk, page: SummarySheet, place: SheetPlace) -> PaperForm:
    say = desk.say
    lines = [
        (pupil.pupil_id, pupil.name, place.lines[pupil.pupil_id].missed)
        for pupil in page.sheet.pupils
    ]
    counted = [(id_, name, missed) for id_, name, missed in lines if missed is not None]
    rows = tuple(_absence_rows(counted, place.place.key, page.group.id, say))
    return PaperForm(
        **_form(desk, page, place),
        heading=say(N_("Absences by reason")),
        columns=tuple(_absence_columns(say)),
        rows=rows,
        notes=tuple(say(one) for one in _absence_notes(page, place)),
        signers=((say(N_("Class teacher")), ""),),
    )


def _absence_notes(page: SummarySheet, place: SheetPlace) -> Iterator[Message]:
    yield N_("Lateness is presence and in no count of lessons missed.")
    if page.journals_gone:
        yield N_("The journals of this year are deleted: absences are not known.")
    if place.unfilled:
        yield N_(
            "%(place)s: attendance is not taken in %(count)s lessons, so absences may be more.",
            place=place.place.name,
            count=place.unfilled,
        )


def _absence_columns(say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.6)
    yield FormColumn(title=say(N_("Surname, name")), share=4.4, kind="text")
    for title in (N_("Days missed"), N_("of them by illness"), N_("Lessons missed")):
        yield FormColumn(title=say(title), share=1.2)
    for title, _ in _REASONS:
        yield FormColumn(title=say(title), share=1.3)
    yield FormColumn(title=say(N_("late")), share=1.2)


def _absence_rows(
    counted: Sequence[tuple[int, str, Missed]], place: str, class_id: int, say: Say
) -> Iterator[FormRow]:
    for number, (pupil_id, name, missed) in enumerate(counted, start=1):
        why = f"missed/{class_id}/{place}/{pupil_id}"
        counts = _counts(missed.days, missed.ill_days, missed.lessons)
        yield FormRow(
            cells=(
                FormCell(str(number), number),
                FormCell(name),
                *(FormCell(str(one), one, why) for one in counts),
            ),
            key=name,
        )
    if counted:
        yield _absence_total([missed for _, _, missed in counted], say(N_("Total")))


def _absence_total(counted: Sequence[Missed], title: str) -> FormRow:
    total = _counts(
        sum(one.days for one in counted),
        sum(one.ill_days for one in counted),
        summed(one.lessons for one in counted),
    )
    cells = (EMPTY, FormCell(title), *(count_cell(one) for one in total))
    return FormRow(cells=cells, key=title, total=True)


def _counts(days: int, ill_days: int, lessons: Tally) -> list[int]:
    reasons = [int(getattr(lessons, field)) for _, field in _REASONS]
    return [days, ill_days, lessons.missed, *reasons, lessons.late]


CLASS_REPORT = FormKind(
    name="class",
    title=N_("Class teacher's report for a term"),
    about=N_("Who came and left, how pupils stand by name, quality, absences by reason and pupil."),
    permissions=READ_CLASSES,
    asks=("class", "place"),
    build=class_report,
    units=class_units,
    wide=lambda ask: ask.class_id is None,
)
