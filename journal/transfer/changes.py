"""What a file would change: added, changed, the same, and vanished rows, by natural key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from journal.documents.cells import shown
from journal.transfer.specification import SheetSpec, raw

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes(Generic[Row]):
    """The difference of one sheet. `vanished` rows are listed as «нет в файле», never deleted."""

    spec: SheetSpec[Row]
    added: tuple[Row, ...]
    changed: tuple[tuple[Row, Row], ...]
    same: int
    vanished: tuple[Row, ...]

    @property
    def any(self) -> bool:
        """Whether there is something to write."""
        return bool(self.added or self.changed)

    def named(self, row: Row) -> str:
        """A row by its key, for lists: «5А, Алгебра, 1 группа»."""
        columns = [self.spec.column(field) for field in self.spec.key]
        parts = [shown(raw(column.written(row))) for column in columns]
        return ", ".join(part for part in parts if part)


def changes(spec: SheetSpec[Row], known: Sequence[Row], rows: Sequence[Row]) -> Changes[Row]:
    """Compare the rows of a file with what is held; `changed` are pairs (held, file's)."""
    held = {spec.key_of(row): row for row in known}
    in_file = {spec.key_of(row): row for row in rows}
    pairs = [(held[key], row) for key, row in in_file.items() if key in held]
    return Changes(
        spec=spec,
        added=tuple(row for key, row in in_file.items() if key not in held),
        changed=tuple((before, after) for before, after in pairs if before != after),
        same=sum(before == after for before, after in pairs),
        vanished=tuple(row for key, row in held.items() if key not in in_file),
    )
