"""The movement of pupils balances, whatever their stays."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from journal.school.contingent import DatedStay, Flow, stay_flows
from journal.school.rules import Span

FIRST = date(2026, 9, 1)
days = st.integers(-20, 80).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def stays(draw: st.DrawFn) -> list[DatedStay]:
    """Pupils who move from class to class, sometimes with a gap; the last stay may be open."""
    found = []
    for pupil in range(draw(st.integers(1, 4))):
        marks = sorted(draw(st.lists(days, min_size=2, max_size=6, unique=True)))
        for begins, ends in zip(marks, [*marks[1:], None], strict=True):
            if draw(st.booleans()):
                found.append(DatedStay(pupil, draw(st.integers(1, 3)), Span(begins, ends)))
    return found


@given(stays=stays(), length=st.integers(0, 70))
def test_every_class_balances(stays: list[DatedStay], length: int) -> None:
    last = FIRST + timedelta(days=length)
    found = stay_flows(stays, first=FIRST, last=last)
    for class_id in {stay.class_id for stay in stays}:
        mine = [stay for stay in stays if stay.class_id == class_id]
        flow = sum((flow for stay, flow in found if stay.class_id == class_id), Flow())
        assert flow.at_start == sum(stay.span.covers(FIRST) for stay in mine)
        assert flow.at_end == sum(stay.span.covers(last) for stay in mine)
        assert 0 <= flow.from_classes <= flow.arrived and 0 <= flow.to_classes <= flow.left
