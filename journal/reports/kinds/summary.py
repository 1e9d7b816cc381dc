"""The summary sheet as one of the forms: of a class, or of every class."""

from __future__ import annotations

from journal.core.messages import N_
from journal.reports.forms import Paper
from journal.reports.kinds.asking import READ_CLASSES, Ask, Desk, FormKind
from journal.reports.kinds.class_units import class_units, place_of_ask
from journal.reports.summary_form import TITLE, summary_form
from journal.results.queries.summary import WHOLE_YEAR, summary_sheet
from journal.school.directory import subject_rows


def summary_paper(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """The sheet of a class at a place; «all» is the whole year."""
    at = ask.at if ask.at == WHOLE_YEAR else place_of_ask(desk, ask)
    page = summary_sheet(desk.session, desk.actor, class_id=ask.class_id or 0, at=at, now=desk.now)
    strays = subject_rows(desk.session, page.group.year_id) if page.sheet.strays else ()
    names = {one.id: one.name for one in strays}
    form = summary_form(page, desk.say, school=desk.school, subjects=names)
    return (Paper(name=page.group.name, parts=(form,)),)


SUMMARY = FormKind(
    name="summary",
    title=TITLE,
    about=N_("Marks of all subjects of a class by term, absences, council decisions."),
    permissions=READ_CLASSES,
    asks=("class", "place"),
    build=summary_paper,
    units=class_units,
    wide=lambda ask: ask.class_id is None,
)
