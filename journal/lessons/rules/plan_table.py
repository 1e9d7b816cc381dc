"""The table of a plan as people type, paste and hand it in: read with every fault at its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.core.text import search_key, tidy
from journal.documents.cells import Cell, CellRefused, integer, is_blank, lines, shown

TITLE_MAX, SECTION_MAX, HOMEWORK_MAX = 1000, 300, 1000
HOURS_MAX = 99
TOPICS_MAX = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicDraft:
    """A row of the table. `id` is the topic it was, None for a new one."""

    title: str
    hours: int
    id: int | None = None
    section: str = ""
    homework: str = ""
    work_type: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; `row` is its number as the reader sees it."""

    row: int
    message: Message


@dataclass(frozen=True, slots=True)
class TableRead:
    """Topics and faults: a table with a fault is not taken."""

    topics: tuple[TopicDraft, ...]
    faults: tuple[Fault, ...]


Row = tuple[int, Sequence[Cell]]
"""The number of a row as the reader sees it, and its cells."""
# Words of a header by column; the first that fits decides.
_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("homework", ("домашн", "дз", "д з", "homework")),
    ("hours", ("час", "кол ", "hours", "ч")),
    ("work_type", ("вид", "форм", "контрол", "work")),
    ("section", ("раздел", "модул", "глав", "section")),
    ("title", ("тема", "содержан", "наименован", "topic", "урок")),
)
_WITHOUT_HEADER = ("title", "hours", "homework", "work_type", "section")
_SUMS = ("итого", "всего")


def split_pasted(text: str) -> list[Row]:
    """Cells of a table pasted from Excel or Word: tabs between them, quotes around line breaks.

    Raises RuleViolation (pasted) for text that is no table at all.
    """
    balanced = text.count('"') % 2 == 0
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if balanced else csv.QUOTE_NONE
    pasted = io.StringIO(text.replace("\0", ""), newline="")
    try:
        rows = list(enumerate(csv.reader(pasted, delimiter="\t", quoting=quoting), 1))
    except csv.Error as broken:
        raise RuleViolation(
            "pasted", N_("This is not a table. Copy its rows in Excel or Word and paste them here.")
        ) from broken
    return [(number, cells) for number, cells in rows if not all(is_blank(cell) for cell in cells)]


def read_table(rows: Sequence[Row], *, work_types: Collection[str]) -> TableRead:
    """Topics of a pasted or uploaded table.

    With a header its words say what each column is; without one the columns are topic, hours,
    homework, kind of work, section, after a column of numbers if there is one. A row with a single
    cell in a table with hours begins a section; sums at the end are passed over.
    """
    columns, body = _columns(rows)
    reading = _Reading(columns, work_types)
    for number, cells in body:
        reading.row(number, cells)
    if not reading.topics and not reading.faults:
        reading.refuse(rows[0][0] if rows else 1, N_("There is no topic in the table."))
    return TableRead(tuple(reading.topics), tuple(reading.faults))


def _columns(rows: Sequence[Row]) -> tuple[dict[str, int], Sequence[Row]]:
    for place, (_, cells) in enumerate(rows[:5]):
        found: dict[str, int] = {}
        for column, cell in enumerate(cells):
            name = _head(shown(cell))
            if name and name not in found:
                found[name] = column
        if "title" in found and len(found) > 1:
            return found, rows[place + 1 :]
    first = 1 if _numbered(rows) else 0
    return {name: first + place for place, name in enumerate(_WITHOUT_HEADER)}, rows


def _head(text: str) -> str | None:
    said = f"{search_key(text)} "
    if len(said) > 40:
        return None
    for name, words in _HEADS:
        if any(said.startswith(word) or f" {word}" in said for word in words):
            return name
    return None


def _numbered(rows: Sequence[Row]) -> bool:
    firsts = [shown(cells[0]).rstrip(".") for _, cells in rows if len(cells) > 1]
    filled = [one for one in firsts if one]
    return bool(filled) and all(one.isdecimal() for one in filled)


class _Reading:
    """Collects the topics of a table and everything that is wrong with it."""

    def __init__(self, columns: dict[str, int], work_types: Collection[str]) -> None:
        self._columns = columns
        self._work_types = {search_key(name): name for name in work_types}
        self._section = ""
        self.topics: list[TopicDraft] = []
        self.faults: list[Fault] = []

    def refuse(self, number: int, message: Message) -> None:
        self.faults.append(Fault(number, message))

    def row(self, number: int, cells: Sequence[Cell]) -> None:
        title = self._cell(cells, "title")
        filled = [cell for cell in cells if not is_blank(cell)]
        if search_key(shown(filled[0])).startswith(_SUMS):
            return
        if len(filled) == 1 and "hours" in self._columns and len(self._columns) > 1:
            if len(cells) > 1:
                self._section = tidy(shown(filled[0]))[:SECTION_MAX]
                return
            title = filled[0]
        before = len(self.faults)
        draft = TopicDraft(
            title=tidy(shown(title)),
            hours=self._hours(number, self._cell(cells, "hours")),
            section=tidy(shown(self._cell(cells, "section"))) or self._section,
            homework=lines(self._cell(cells, "homework")),
            work_type=self._work_type(number, self._cell(cells, "work_type")),
        )
        self.faults += [Fault(number, one) for one in draft_faults(draft)]
        if len(self.faults) == before:
            self.topics.append(draft)

    def _cell(self, cells: Sequence[Cell], name: str) -> Cell:
        column = self._columns.get(name)
        return cells[column] if column is not None and column < len(cells) else None

    def _hours(self, number: int, cell: Cell) -> int:
        if is_blank(cell):
            return 1
        try:
            return integer(cell)
        except CellRefused as refused:
            self.refuse(number, refused.message)
            return 1

    def _work_type(self, number: int, cell: Cell) -> str:
        said = tidy(shown(cell))
        known = self._work_types.get(search_key(said), "")
        if said and not known:
            self.refuse(number, unknown_work_type(said))
        return known


def unknown_work_type(said: str) -> Message:
    """What is said of a kind of work that the school does not have."""
    return N_("There is no kind of work «%(name)s» in the school.", name=said[:60])


def draft_faults(draft: TopicDraft) -> list[Message]:
    """What is wrong with a topic by itself."""
    found = []
    if not draft.title:
        found.append(N_("Enter the topic or clear the whole row."))
    if len(draft.title) > TITLE_MAX:
        found.append(N_("Shorten the topic to %(max)s characters.", max=TITLE_MAX))
    if len(draft.section) > SECTION_MAX:
        found.append(N_("Shorten the section to %(max)s characters.", max=SECTION_MAX))
    if len(draft.homework) > HOMEWORK_MAX:
        found.append(N_("Shorten the homework to %(max)s characters.", max=HOMEWORK_MAX))
    if not 1 <= draft.hours <= HOURS_MAX:
        found.append(N_("Enter 1 to %(max)s hours.", max=HOURS_MAX))
    return found
