"""What is wrong with a file, all of it at once, and what is only worth a remark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from journal.core.errors import JournalError
from journal.core.messages import N_, Message

# A file of the wrong year has as many faults as rows: nobody reads more than this.
FAULTS_KEPT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFault:
    """An error: sheet or file, 1-based row or line, header, the value found, what to do."""

    sheet: str
    row: int
    column: str
    value: str
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportNote:
    """A remark that stops nothing: an unknown column, a possible duplicate."""

    sheet: str
    row: int
    column: str
    message: Message


class ImportRefused(JournalError):
    """The files hold errors; nothing was written. `faults` are all of them, in reading order."""

    status = 422

    def __init__(self, faults: tuple[ImportFault, ...]) -> None:
        super().__init__(
            N_("The file holds %(count)s errors; nothing was written.", count=len(faults))
        )
        self.faults = faults


class Findings:
    """Collects faults and notes while files are read; one fault a cell, the first one told."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, int, str], ImportFault] = {}
        self._notes: list[ImportNote] = []
        self._rows: set[tuple[str, int]] = set()

    def fault(self, sheet: str, row: int, column: str, value: str, message: Message) -> None:
        """Record an error of a cell."""
        place = (sheet, row, column)
        self._rows.add((sheet, row))
        if place not in self._faults and len(self._faults) < FAULTS_KEPT:
            self._faults[place] = ImportFault(
                sheet=sheet, row=row, column=column, value=value, message=message
            )

    def note(self, sheet: str, row: int, column: str, message: Message) -> None:
        """Record a remark."""
        self._notes.append(ImportNote(sheet=sheet, row=row, column=column, message=message))

    def at(self, sheet: str, row: int, *columns: str) -> bool:
        """Whether one of these cells is faulty already."""
        return any((sheet, row, column) in self._faults for column in columns)

    def in_row(self, sheet: str, row: int) -> bool:
        """Whether anything in the row is faulty already."""
        return (sheet, row) in self._rows

    def in_sheet(self, sheet: str) -> bool:
        """Whether anything on the sheet is faulty already."""
        return any(found == sheet for found, _ in self._rows)

    def faults(self, sheets: Iterable[str]) -> tuple[ImportFault, ...]:
        """All faults in the order of the sheets, top to bottom."""
        order = {name: place for place, name in enumerate(sheets)}
        return tuple(
            sorted(
                self._faults.values(),
                key=lambda fault: (order.get(fault.sheet, len(order)), fault.row),
            )
        )

    @property
    def notes(self) -> tuple[ImportNote, ...]:
        """All remarks, in the order in which they were found."""
        return tuple(self._notes)

    @property
    def clean(self) -> bool:
        """Whether no error was found."""
        return not self._rows
