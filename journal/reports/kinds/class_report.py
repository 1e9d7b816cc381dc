"""«Отчёт классного руководителя за период»: movement, how pupils stand, absences by reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journal.attendance.rules.tally import Missed, Tally
from journal.core.messages import N_, Message
from journal.grading.rules.shares import attainment_by_pupils, quality_by_pupils
from journal.reports.forms import FormCell, FormColumn, FormHead, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_CLASSES, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import (
    EMPTY,
    average_cell,
    counted_cell,
    share_cell,
    sum_cell,
    whole_tally,
)
from journal.reports.kinds.class_units import class_units, place_of_ask
from journal.reports.kinds.school_totals import STANDINGS
from journal.reports.summary_notes import nobody
from journal.results.queries.summary import SummarySheet, summary_sheet
from journal.results.rules.class_page import ClassTable
from journal.results.rules.summary import SheetPlace
from journal.school.contingent import stays_in_class
from journal.school.stays import stays_of_class

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
    parts = (_figures(desk, page, place), _absences(desk, page, place))
    return (Paper(name=page.group.name, parts=parts),)


def _moved(desk: Desk, page: SummarySheet, place: SheetPlace) -> dict[str, list[str]]:
    """Who was there, came, left and is there, by the figure that counts him."""
    group, first = page.group, place.place.span.starts_on
    last = min(place.place.last_day, desk.today)
    named = stays_of_class(desk.session, group.id, academic_year_id=group.year_id)
    order = {one.pupil_id: (number, one.name) for number, one in enumerate(named)}
    found: dict[str, list[tuple[int, str]]] = {figure: [] for _, figure in _MOVEMENT}
    for stay, flow in stays_in_class(desk.session, group.id, first=first, last=last):
        for figure, own in found.items():
            if getattr(flow, figure):
                own.append(order[stay.pupil_id])
    return {figure: [name for _, name in sorted(own)] for figure, own in found.items()}


_MOVEMENT: tuple[tuple[Message, str], ...] = (
    (N_("At the start"), "at_start"),
    (N_("Arrived"), "arrived"),
    (N_("Left"), "left"),
    (N_("At the end"), "at_end"),
)


def _form(desk: Desk, page: SummarySheet, place: SheetPlace) -> FormHead:
    subtitle = N_(
        "Class %(class)s, %(year)s academic year, %(place)s",
        **{"class": page.group.name, "year": page.group.year_name, "place": place.place.title},
    )
    title = desk.say(CLASS_REPORT.title)
    return FormHead(school=desk.school, title=title, subtitle=desk.say(subtitle))


def _figures(desk: Desk, page: SummarySheet, place: SheetPlace) -> PaperForm:
    say = desk.say
    return PaperForm(
        **_form(desk, page, place),
        heading=say(N_("Pupils and results")),
        columns=(
            FormColumn(title=say(N_("Figure")), share=3, kind="text"),
            FormColumn(title=say(N_("Count")), share=1),
            FormColumn(title=say(N_("Who")), share=6, kind="text"),
        ),
        rows=(
            *_movement(_moved(desk, page, place), say),
            *_standings(place.table, say),
            *_shares(place.table, say),
        ),
        notes=tuple(say(one) for one in _notes(page, place)),
    )


def _notes(page: SummarySheet, place: SheetPlace) -> Iterator[Message]:
    if not page.sheet.pupils:
        yield nobody(page)
    if page.unfinished:
        yield N_("%(place)s: marks are not final yet.", place=place.place.name)
    if place.table.missing:
        yield N_(
            "Marks not entered yet: %(count)s. They are in no figure.", count=place.table.missing
        )


def _line(title: str, cell: FormCell, who: Sequence[str] = ()) -> FormRow:
    return FormRow(cells=(FormCell(title), cell, FormCell(", ".join(who))), key=title)


def _movement(names: Mapping[str, Sequence[str]], say: Say) -> Iterator[FormRow]:
    """Who came and left is named in the form, the whole list where the count is explained."""
    for title, figure in _MOVEMENT:
        own = names[figure]
        written = own if figure in ("arrived", "left") else ()
        yield _line(say(title), counted_cell([(say(title), own)]), written)


def _standings(table: ClassTable, say: Say) -> Iterator[FormRow]:
    for title, wanted in STANDINGS:
        names = [row.name for row in table.rows if wanted(row.result)]
        words = say(title)
        yield _line(words[:1].upper() + words[1:], counted_cell([(words, names)]), names)
    released = [row.name for row in table.rows if any(cell.value == RELEASED for cell in row.cells)]
    words = say(N_("Released from a subject"))
    yield _line(words, counted_cell([(words, released)]), released)


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
        about = f"{class_id}/{place}/{pupil_id}"
        *counts, late = _counts(missed.days, missed.ill_days, missed.lessons)
        yield FormRow(
            cells=(
                FormCell(str(number), number),
                FormCell(name),
                *(FormCell(str(one), one, f"missed/{about}") for one in counts),
                FormCell(str(late), late, f"late/{about}"),
            ),
            key=name,
        )
    if counted:
        yield _absence_total(counted, say(N_("Total")))


def _absence_total(counted: Sequence[tuple[int, str, Missed]], title: str) -> FormRow:
    names = [name for _, name, _ in counted]
    lines = [_counts(one.days, one.ill_days, one.lessons) for _, _, one in counted]
    sums = (sum_cell(zip(names, own, strict=True)) for own in zip(*lines, strict=True))
    cells = (EMPTY, FormCell(title), *sums)
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
