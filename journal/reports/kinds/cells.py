"""Cells that several forms have: counts, shares, averages, each with its explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from journal.core.messages import Message
from journal.grading.rules.averages import decimal_text
from journal.grading.rules.shares import AVERAGE_RULE, Share, Tally
from journal.reports.forms import FormCell, Told

Say = Callable[[Message | str], str]
Who = tuple[tuple[str, tuple[str, ...]], ...]
EMPTY = FormCell("")


def number(value: Fraction, places: int) -> str:
    """«66.7»: as a workbook holds it."""
    return decimal_text(value, places).replace(",", ".")


def count_cell(count: int) -> FormCell:
    """A count whose names are not the reader's."""
    return FormCell(str(count), count)


def counted_cell(groups: Iterable[tuple[str, Sequence[str]]]) -> FormCell:
    """How many are in the groups together; it tells who, group by group."""
    who = tuple((title, tuple(names)) for title, names in groups if names)
    count = sum(len(names) for _, names in who)
    return FormCell(str(count), count, told=Told("", who=who) if who else None)


def sum_cell(parts: Sequence[int]) -> FormCell:
    """A sum with the parts that are not zero."""
    found, total = [str(one) for one in parts if one], sum(parts)
    told = Told(f"{' + '.join(found)} = {total}") if len(found) > 1 else None
    return FormCell(str(total), total, told=told)


def share_cell(share: Share | None, say: Say, who: Who = ()) -> FormCell:
    """A per cent with its formula and rule; empty where nobody is counted."""
    if share is None or share.value is None:
        return EMPTY
    told = Told(share.formula, say(share.rule), who)
    return FormCell(share.text or "", number(share.value, 1), told=told)


def average_cell(found: Tally, say: Say) -> FormCell:
    """The mean of marks."""
    average = found.average
    if average is None:
        return EMPTY
    told = Told(found.average_formula, say(AVERAGE_RULE))
    return FormCell(decimal_text(average), number(average, 2), told=told)


def whole_tally(tallies: Iterable[Tally]) -> Tally:
    """Their sum; of none an empty one."""
    return sum(tallies, Tally(Counter(), 0))
