"""«Движение контингента»: на начало · прибыло · выбыло · на конец, by class and parallel."""

from __future__ import annotations

from collections.abc import Iterator

from journal.core.messages import N_
from journal.reports.forms import FormCell, FormColumn, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_SCHOOL, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import count_cell
from journal.reports.stages import STAGES, WHOLE_SCHOOL
from journal.school.contingent import Contingent, Flow, contingent

_COLUMNS = (
    N_("At the start"),
    N_("Arrived"),
    N_("from other classes"),
    N_("Left"),
    N_("to other classes"),
    N_("At the end"),
)
_RULE = N_(
    "At the start + arrived − left = at the end. Who is in the class on the first day is counted "
    "at the start. Moves between classes of the school are counted in both, and told apart."
)


def movement(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """Of a span of days, both included; without one from the start of the year to this day."""
    year = desk.year(ask)
    last = ask.last or year.day_within(desk.today)
    first = min(ask.first or year.starts_on, last)
    figures = contingent(desk.session, year.id, first=first, last=last)
    say = desk.say
    form = PaperForm(
        school=desk.school,
        title=say(MOVEMENT.title),
        subtitle=f"{first:%d.%m.%Y} – {last:%d.%m.%Y}",
        columns=(
            FormColumn(title=say(N_("Class")), share=2, kind="text"),
            *(FormColumn(title=say(title), share=1.2) for title in _COLUMNS),
        ),
        rows=tuple(_rows(figures, say)),
        notes=(say(_RULE),),
        signers=((say(N_("Director")), ""),),
    )
    return (Paper(name=form.title, parts=(form,)),)


def _rows(figures: Contingent, say: Say) -> Iterator[FormRow]:
    for parallel in figures.grades:
        for one in parallel.classes:
            yield _row(one.name, one.flow, total=False)
        name = say(N_("Parallel %(grade)s", grade=parallel.grade))
        yield _row(name, parallel.total, total=True)
    for title, least, most in STAGES:
        inside = [one.total for one in figures.grades if least <= one.grade <= most]
        if inside:
            yield _row(say(title), sum(inside, Flow()), total=True)
    if figures.grades:
        yield _row(say(WHOLE_SCHOOL), figures.total, total=True)


def _row(name: str, flow: Flow, *, total: bool) -> FormRow:
    counts = (
        flow.at_start,
        flow.arrived,
        flow.from_classes,
        flow.left,
        flow.to_classes,
        flow.at_end,
    )
    cells = (FormCell(name), *(count_cell(one) for one in counts))
    return FormRow(cells=cells, key=name, total=total)


MOVEMENT = FormKind(
    name="movement",
    title=N_("Movement of pupils"),
    about=N_("By class and parallel: how many were there, came, left, are there now."),
    permissions=READ_SCHOOL,
    asks=("span",),
    build=movement,
)
