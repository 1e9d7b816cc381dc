"""Attendance: the letters of its codes (domain.md: Н, Б, УП, НП, ОП), and its one figure.

The words of the codes are the edges'. Counting stands in `counting`.
"""

from __future__ import annotations

from fractions import Fraction

ABSENCE_LETTERS = {"n": "н", "b": "б", "u": "у", "p": "п", "o": "о"}


def attendance_share(planned: int, missed: int) -> Fraction | None:
    """(planned − missed)/planned over lessons held with attendance taken; None when there were
    none: nothing is known then. Lateness is not absence (domain.md, «Attendance»)."""
    return Fraction(planned - missed, planned) if planned else None
