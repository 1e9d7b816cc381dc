"""What stands behind a figure of the journal: lessons, days, orders, pupils; names for the school
only. Behind a total of the school stand its classes, each leading on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.table import chosen_sheet
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.exchange.drill import Behind, behind
from journal.exchange.figures import Figures
from journal.exchange.forms import MP1
from journal.exchange.forms.expressions import cells_of
from journal.exchange.forms.specification import TOTAL, ClassSheet, Column
from journal.exchange.queries import FilledView, ParticipationCard, filled_of, participation
from journal.exchange.snapshot import school_at
from journal.exchange.tables import cell_text, total_text
from journal.lessons.queries.facts import lesson_names
from journal.people.names import pupil_names
from journal.school.calendar import years
from journal.school.headcount import MoveEvent
from journal.school.stays import YearClass, year_classes
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import typed_page
from journal.webkit.i18n import say

SHOWN = 300
STATES: dict[str, Message] = {
    "present": N_("present"),
    "not_held": N_("not held"),
    "released": N_("released from attending"),
    "b": N_("ill"),
    "u": N_("valid reason"),
    "p": N_("no valid reason"),
    "n": N_("no reason stated"),
    "o": N_("late"),
}
FULL_DAY, ILL_DAY = N_("the whole day missed"), N_("the whole day missed by illness")
ENROLLED, HELD = N_("on the class list"), N_("held")
CAME, LEFT = N_("came to the school"), N_("left the school")


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A lesson, a day, an order or a pupil behind a figure."""

    day: date | None
    number: int | None
    subject: str
    pupil: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A graph that a computed one is made of, with its figure."""

    sheet: str
    column: Column
    text: str


@dataclass(frozen=True, slots=True)
class ClassPart:
    """A class that a total adds, with its figure."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The cell the address names; the line is a class, or TOTAL."""

    card: ParticipationCard
    view: FilledView
    sheet: ClassSheet
    column: Column
    line: str


def asked(card: ParticipationCard) -> Asked:
    """?sheet=, ?class=, ?letter=. Raises NotFound."""
    view, letter = filled_of(db.session(), card.id), request.args.get("letter", "")
    sheet = chosen_sheet(card, request.args.get("sheet", ""))
    column = next((one for one in sheet.columns if one.letter == letter), None)
    if card.procedure.form_schema != MP1.schema or view is None or column is None:
        raise NotFound()
    return Asked(card, view, sheet, column, request.args.get("class", ""))


@blueprint.get("/<int:procedure_id>/journal/behind")
@requires(Permission.FILL_MONITORING)
def behind_cell(procedure_id: int) -> ResponseReturnValue:
    """What a figure of the journal counts. Names are the school's."""
    cell = asked(participation(db.session(), current_actor(), procedure_id))
    return render_template(
        "cabinets/monitoring/behind.html",
        procedure=cell.card.procedure,
        sheet=cell.sheet,
        column=cell.column,
        line=cell.line,
        **(_of_school(cell) if cell.line == TOTAL else _of_class(cell)),
    )


def _of_school(cell: Asked) -> dict[str, object]:
    """A total: the classes it adds. A share is computed from totals: it adds none."""
    figures, column = _figures(cell), cell.column
    text = partial(total_text, figures)
    classes = [
        ClassPart(one.name, cell_text(figures, cell.sheet, row, column))
        for row, one in enumerate(figures.content.classes)
        if one is not None
    ]
    return {**_said(cell, text), "classes": classes, "lines": (), "page": 1, "more": False}


def _of_class(cell: Asked) -> dict[str, object]:
    """A figure of a class: a page of what it counts. Raises NotFound for a class it was not filled
    with."""
    figures, classes = _figures(cell), _classes(cell.card)
    rows = (n for n, one in enumerate(figures.content.classes) if one and one.name == cell.line)
    row = next(rows, None)
    place = next((one.id for one in classes.values() if one.name == cell.line), None)
    if row is None or place is None:
        raise NotFound()

    def text(sheet: ClassSheet, column: Column) -> str:
        return cell_text(figures, sheet, row, column)

    return {**_said(cell, text), "classes": (), **_shown(_behind(cell, place), classes)}


def _figures(cell: Asked) -> Figures:
    procedure = cell.card.procedure
    return Figures(procedure.form, cell.view.content, procedure.thresholds)


def _said(cell: Asked, text: Callable[[ClassSheet, Column], str]) -> dict[str, object]:
    """The figure, and those of the same line it is computed from."""
    form, column = cell.card.procedure.form, cell.column
    named = cells_of(column.formula) if column.formula is not None else ()
    parts = []
    for place, letter in dict.fromkeys((one.sheet or cell.sheet.name, one.letter) for one in named):
        sheet = form.sheet(place)
        parts.append(Part(place, sheet.column(letter), text(sheet, sheet.column(letter))))
    return {"value": text(cell.sheet, column), "parts": parts}


def _shown(found: Behind, classes: dict[int, YearClass]) -> dict[str, object]:
    """A page of what is behind."""
    page, lines = typed_page(), _lines(found, classes)
    part = _named(lines[(page - 1) * SHOWN : page * SHOWN])
    more = len(lines) > page * SHOWN
    return {"lines": part, "page": page, "more": more, "count": found.value}


def _behind(cell: Asked, class_id: int) -> Behind:
    """The journal as of the filling, so that the figures are those of the page before."""
    school = school_at(
        db.session(),
        organisation_id=cell.card.organisation_id,
        year=cell.card.procedure.year,
        as_of=cell.view.as_of,
    )
    thresholds = cell.card.procedure.thresholds
    return behind(
        school,
        sheet=cell.sheet.name,
        class_id=class_id,
        letter=cell.column.letter,
        thresholds=thresholds,
    )


def _classes(card: ParticipationCard) -> dict[int, YearClass]:
    session = db.session()
    year = next((one for one in years(session) if one.name == card.procedure.year), None)
    return {} if year is None else {one.id: one for one in year_classes(session, year.id)}


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line before its names are known."""

    pupil_id: int | None
    words: str
    day: date | None = None
    number: int | None = None
    lesson_ids: tuple[int, ...] = ()


def _lines(found: Behind, classes: dict[int, YearClass]) -> list[_Raw]:
    """Everything behind the figure, in order of time."""
    members = [_Raw(one, say(ENROLLED)) for one in found.members]
    events = [_Raw(one.pupil_id, _event(one, classes), one.day) for one in found.events]
    held = say(HELD)
    places = [_Raw(None, held, one.day, one.number, one.lesson_ids) for one in found.places]
    words = {state: say(text) for state, text in STATES.items()}
    lessons = [
        _Raw(
            one.pupil_id,
            words[one.state],
            one.lesson.day,
            one.lesson.number,
            (one.lesson.id,),
        )
        for one in sorted(found.states, key=lambda one: (one.lesson.day, one.lesson.number))
    ]
    days = [
        _Raw(one.pupil_id, say(ILL_DAY if one.ill else FULL_DAY), one.day) for one in found.days
    ]
    pupils = [_Raw(one.pupil_id, _share(one.tally.missed, one.tally.due)) for one in found.pupils]
    return [*members, *events, *places, *lessons, *days, *pupils]


def _event(one: MoveEvent, classes: dict[int, YearClass]) -> str:
    """An order in words."""
    if one.other is None:
        return say(CAME if one.arrival else LEFT)
    name = classes[one.other].name
    return say(
        N_("came from %(name)s", name=name) if one.arrival else N_("left for %(name)s", name=name)
    )


def _share(missed: int, due: int) -> str:
    return say(N_("missed %(missed)s of %(due)s lessons", missed=missed, due=due))


def _named(lines: Sequence[_Raw]) -> list[BehindLine]:
    session = db.session()
    pupils = pupil_names(session, {one.pupil_id for one in lines if one.pupil_id is not None})
    lessons = lesson_names(session, {found for one in lines for found in one.lesson_ids})
    return [
        BehindLine(
            one.day,
            one.number,
            ", ".join(dict.fromkeys(lessons[found].subject for found in one.lesson_ids)),
            pupils.get(one.pupil_id, "") if one.pupil_id is not None else "",
            one.words,
        )
        for one in lines
    ]
