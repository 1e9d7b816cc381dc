"""A row of the workbook as the database holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """The row and the id of the table row it was read from."""

    row: Any
    id: int
