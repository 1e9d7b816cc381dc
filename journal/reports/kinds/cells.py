"""Cells that several forms have: counts, shares, averages, each with its explanation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from journal.core.messages import N_, Message
from journal.grading.rules.averages import decimal_text
from journal.grading.rules.shares import AVERAGE_RULE, Share, Tally
from journal.reports.forms import FormCell, Told

Say = Callable[[Message | str], str]
Who = tuple[tuple[str, tuple[str, ...]], ...]
EMPTY = FormCell("")
LETTERS = N_(
    "н – absent, reason unknown; б – ill; у – valid reason; п – no valid reason; о – late; "
    "• – an answer is awaited; осв – released."
)


def number(value: Fraction, places: int) -> str:
    """«66.7»: as a workbook holds it."""
    return decimal_text(value, places).replace(",", ".")


def counted_cell(groups: Iterable[tuple[str, Sequence[str]]]) -> FormCell:
    """How many are in the groups together; it tells who, group by group."""
    who = tuple((title, tuple(names)) for title, names in groups if names)
    count = sum(len(names) for _, names in who)
    return FormCell(str(count), count, told=Told(who=who))


def sum_cell(parts: Iterable[tuple[str, int]], rule: str = "") -> FormCell:
    """A sum with the parts that are not zero, each by its name."""
    found = [(name, count) for name, count in parts if count]
    total = sum(count for _, count in found)
    added = f"{' + '.join(str(count) for _, count in found)} = {total}"
    lines = tuple((name, str(count)) for name, count in found)
    told = Told(added if len(found) > 1 else str(total), rule, lines=lines)
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
