"""What stands behind a figure of the journal: lessons, days, pupils; names for the school only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.monitoring.blueprint import blueprint
from journal.cabinets.monitoring.table import chosen_sheet
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.exchange.drill import Behind, behind
from journal.exchange.queries import FilledView, ParticipationCard, filled_of, participation
from journal.exchange.snapshot import school_at
from journal.lessons.queries.facts import lesson_names
from journal.people.names import pupil_names
from journal.school.calendar import years
from journal.school.stays import year_classes
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


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A lesson, a day or a pupil behind a figure."""

    day: date | None
    number: int | None
    subject: str
    pupil: str
    words: str


@blueprint.get("/<int:procedure_id>/journal/behind")
@requires(Permission.FILL_MONITORING)
def behind_cell(procedure_id: int) -> ResponseReturnValue:
    """What a figure of the journal counts: ?sheet=, ?class=, ?letter=. Names are the school's."""
    card = participation(db.session(), current_actor(), procedure_id)
    view = filled_of(db.session(), card.id)
    class_name, letter = request.args.get("class", ""), request.args.get("letter", "")
    sheet = chosen_sheet(card, request.args.get("sheet", ""))
    class_id = _class_id(card, class_name)
    if view is None or class_id is None or letter not in {one.letter for one in sheet.columns}:
        raise NotFound()
    found = _behind(card, view, (sheet.name, class_id, letter))
    return render_template(
        "cabinets/monitoring/behind.html",
        procedure=card.procedure,
        sheet=sheet,
        column=sheet.column(letter),
        class_name=class_name,
        value=found.value,
        **_shown(found),
    )


def _shown(found: Behind) -> dict[str, object]:
    """A page of what is behind."""
    page, lines = typed_page(), _lines(found)
    part = _named(lines[(page - 1) * SHOWN : page * SHOWN])
    return {"lines": part, "page": page, "more": len(lines) > page * SHOWN}


def _behind(card: ParticipationCard, view: FilledView, cell: tuple[str, int, str]) -> Behind:
    """The journal as of the filling, so that the figures are those of the page before."""
    school = school_at(
        db.session(),
        organisation_id=card.organisation_id,
        year=card.procedure.year,
        as_of=view.as_of,
    )
    sheet, class_id, letter = cell
    thresholds = card.procedure.thresholds
    return behind(school, sheet=sheet, class_id=class_id, letter=letter, thresholds=thresholds)


def _class_id(card: ParticipationCard, name: str) -> int | None:
    session = db.session()
    year = next((one for one in years(session) if one.name == card.procedure.year), None)
    if year is None:
        return None
    found = (one.id for one in year_classes(session, year.id) if one.name == name)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line before its names are known."""

    pupil_id: int
    words: str
    day: date | None = None
    number: int | None = None
    lesson_id: int | None = None


def _lines(found: Behind) -> list[_Raw]:
    """Everything behind the figure, in order of time."""
    lessons = [
        _Raw(
            one.pupil_id,
            say(STATES[one.state]),
            one.lesson.day,
            one.lesson.number,
            one.lesson.id,
        )
        for one in sorted(found.states, key=lambda one: (one.lesson.day, one.lesson.number))
    ]
    days = [
        _Raw(one.pupil_id, say(ILL_DAY if one.ill else FULL_DAY), one.day) for one in found.days
    ]
    pupils = [_Raw(one.pupil_id, _share(one.tally.missed, one.tally.due)) for one in found.pupils]
    return [*lessons, *days, *pupils]


def _share(missed: int, due: int) -> str:
    return say(N_("missed %(missed)s of %(due)s lessons", missed=missed, due=due))


def _named(lines: Sequence[_Raw]) -> list[BehindLine]:
    session = db.session()
    pupils = pupil_names(session, {one.pupil_id for one in lines})
    lessons = lesson_names(session, {one.lesson_id for one in lines if one.lesson_id is not None})
    return [
        BehindLine(
            one.day,
            one.number,
            lessons[one.lesson_id].subject if one.lesson_id is not None else "",
            pupils.get(one.pupil_id, ""),
            one.words,
        )
        for one in lines
    ]
