"""«Движение контингента»: на начало · прибыло · выбыло · на конец, by class and parallel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from journal.core.messages import N_, Message
from journal.reports.forms import FormCell, FormColumn, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_SCHOOL, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import counted_cell
from journal.reports.stages import STAGES, WHOLE_SCHOOL
from journal.school.contingent import ClassFlow, Contingent, contingent
from journal.school.stays import named_stays

_COLUMNS: dict[str, Message] = {
    "at_start": N_("At the start"),
    "arrived": N_("Arrived"),
    "from_classes": N_("from other classes"),
    "left": N_("Left"),
    "to_classes": N_("to other classes"),
    "at_end": N_("At the end"),
}
_RULE = N_(
    "At the start + arrived − left = at the end. Who is in the class on the first day is counted "
    "at the start. Moves between classes of the school are counted in both, and told apart."
)
Names = Mapping[tuple[int, str], Sequence[str]]
"""By class and figure: who is counted."""


def movement(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """Of a span of days, both included; without one from the start of the year to this day."""
    year = desk.year(ask)
    last = ask.last or year.day_within(desk.today)
    first = min(ask.first or year.starts_on, last)
    figures = contingent(desk.session, year.id, first=first, last=last)
    names = _names(figures, {one.pupil_id: one.name for one in named_stays(desk.session, year.id)})
    say = desk.say
    form = PaperForm(
        school=desk.school,
        title=say(MOVEMENT.title),
        subtitle=f"{first:%d.%m.%Y} – {last:%d.%m.%Y}",
        columns=(
            FormColumn(title=say(N_("Class")), share=2, kind="text"),
            *(FormColumn(title=say(title), share=1.2) for title in _COLUMNS.values()),
        ),
        rows=tuple(_rows(figures, names, say)),
        notes=(say(_RULE),),
        signers=((say(N_("Director")), ""),),
    )
    return (Paper(name=form.title, parts=(form,)),)


def _names(figures: Contingent, known: Mapping[int, str]) -> Names:
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    order = {pupil_id: place for place, pupil_id in enumerate(known)}
    parts = [(stay, flow) for stay, flow in figures.parts if stay.pupil_id in known]
    for stay, flow in sorted(parts, key=lambda part: order[part[0].pupil_id]):
        for figure in _COLUMNS:
            if getattr(flow, figure):
                found[stay.class_id, figure].append(known[stay.pupil_id])
    return found


def _rows(figures: Contingent, names: Names, say: Say) -> Iterator[FormRow]:
    for parallel in figures.grades:
        for one in parallel.classes:
            yield _row(one.name, [one], names, total=False)
        name = say(N_("Parallel %(grade)s", grade=parallel.grade))
        yield _row(name, parallel.classes, names, total=True)
    classes = [one for parallel in figures.grades for one in parallel.classes]
    for title, least, most in STAGES:
        inside = [one for one in classes if least <= one.grade <= most]
        if inside:
            yield _row(say(title), inside, names, total=True)
    if classes:
        yield _row(say(WHOLE_SCHOOL), classes, names, total=True)


def _row(title: str, classes: Sequence[ClassFlow], names: Names, *, total: bool) -> FormRow:
    cells = (
        counted_cell([(one.name, names.get((one.id, figure), ())) for one in classes])
        for figure in _COLUMNS
    )
    return FormRow(cells=(FormCell(title), *cells), key=title, total=total)


MOVEMENT = FormKind(
    name="movement",
    title=N_("Movement of pupils"),
    about=N_("By class and parallel: how many were there, came, left, are there now."),
    permissions=READ_SCHOOL,
    asks=("span",),
    build=movement,
)
