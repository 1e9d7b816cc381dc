"""«Итоги школы за период»: by class, with subtotals of 1–4, 5–9, 10–11 and the school."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from journal.core.messages import N_, Message
from journal.grading.rules.shares import (
    PupilResult,
    Standing,
    attainment_by_pupils,
    quality_by_pupils,
)
from journal.reports.forms import FormCell, FormColumn, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_SCHOOL, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import average_cell, counted_cell, share_cell, whole_tally
from journal.reports.kinds.periods import made_as_of, period_of, said_period
from journal.reports.stages import STAGES, WHOLE_SCHOOL
from journal.results.queries.school import ClassOutcome, school_outcomes

Wanted = Callable[[PupilResult], bool]


def _is(*standings: Standing) -> Wanted:
    return lambda result: result.standing in standings


STANDINGS: tuple[tuple[Message, Wanted], ...] = (
    (N_("on «5»"), _is(Standing.EXCELLENT)),
    (N_("on «4» and «5»"), _is(Standing.GOOD)),
    (N_("with one «4»"), lambda result: result.one_four),
    (N_("with one «3»"), lambda result: result.one_three),
    (N_("failing"), _is(Standing.FAILING)),
    (N_("not attested"), _is(Standing.NOT_ATTESTED)),
    (N_("without marks"), _is(Standing.UNKNOWN)),
)
"""How pupils stand, as forms count them; the first two make the quality, «failing» and н/а are
what lacks to full attainment."""


def school_totals(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """One table of the whole school. Rosters as of the last day of the period, or of a past day
    asked for, whose marks are then those of its end."""
    year = desk.year(ask)
    period, as_of = period_of(desk, year, ask.at), desk.as_of(ask)
    outcomes = school_outcomes(desk.session, year, period, as_of=as_of)
    subtitle = said_period(year.name, period, as_of, desk.say)
    notes = [*made_as_of(desk, period, as_of), *_notes(outcomes)]
    form = _form(desk, subtitle, notes, outcomes)
    return (Paper(name=form.title, parts=(form,)),)


def _form(
    desk: Desk, subtitle: str, notes: Sequence[Message], outcomes: Sequence[ClassOutcome]
) -> PaperForm:
    say = desk.say
    return PaperForm(
        school=desk.school,
        title=say(SCHOOL_TOTALS.title),
        subtitle=subtitle,
        columns=tuple(_columns(say)),
        rows=tuple(_rows(outcomes, say)),
        notes=tuple(say(one) for one in notes),
        signers=((say(N_("Deputy director")), ""), (say(N_("Director")), "")),
        wide=True,
    )


def _columns(say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("Class")), share=2.6, kind="text")
    yield FormColumn(title=say(N_("Number of pupils")), share=1.2)
    for title, _ in STANDINGS:
        yield FormColumn(title=say(title), share=1.2)
    for title in (
        N_("Attainment, per cent"),
        N_("Quality, per cent"),
        N_("Level of learning, per cent"),
    ):
        yield FormColumn(title=say(title), share=1.4)
    yield FormColumn(title=say(N_("Average mark")), share=1.2)


def _rows(outcomes: Sequence[ClassOutcome], say: Say) -> Iterator[FormRow]:
    for one in outcomes:
        yield _row(one.group.name, [one], say, total=False)
    for title, least, most in STAGES:
        inside = [one for one in outcomes if least <= one.group.grade <= most]
        if inside:
            yield _row(say(title), inside, say, total=True)
    if outcomes:
        yield _row(say(WHOLE_SCHOOL), outcomes, say, total=True)


def _row(name: str, own: Sequence[ClassOutcome], say: Say, *, total: bool) -> FormRow:
    results = [row.result for one in own for row in one.table.rows]
    marks = whole_tally(column.tally for one in own for column in one.table.columns)
    cells = (
        FormCell(name),
        _counted(own, lambda _result: True),
        *(_counted(own, wanted) for _, wanted in STANDINGS),
        share_cell(attainment_by_pupils(results), say),
        share_cell(quality_by_pupils(results), say),
        share_cell(marks.level(), say),
        average_cell(marks, say),
    )
    return FormRow(cells=cells, key=name, total=total)


def _counted(own: Sequence[ClassOutcome], wanted: Wanted) -> FormCell:
    """How many, and who in each class."""
    return counted_cell(
        (one.group.name, [row.name for row in one.table.rows if wanted(row.result)]) for one in own
    )


def _notes(outcomes: Sequence[ClassOutcome]) -> Iterator[Message]:
    missing = sum(one.table.missing for one in outcomes)
    if missing:
        yield N_("Marks not entered yet: %(count)s. They are in no figure.", count=missing)
    out = [one.group.name for one in outcomes if one.place is None]
    if out:
        yield N_("Not summed up in this period: %(classes)s.", classes=", ".join(out))
    yield N_(
        "Attainment and quality are by pupils: those without «2» and н/а, and those with «4» and "
        "«5» only, among pupils with marks. The level of learning and the average are by marks."
    )


SCHOOL_TOTALS = FormKind(
    name="school",
    title=N_("School totals for a period"),
    about=N_("By class with subtotals 1–4, 5–9, 10–11: how pupils stand, attainment, quality."),
    permissions=READ_SCHOOL,
    asks=("period", "as_of"),
    build=school_totals,
)
