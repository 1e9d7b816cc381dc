"""What a single cell of the journal holds of attendance."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.attendance.models import Absence


def code_of_cell(session: Session, *, lesson_id: int, pupil_id: int) -> str | None:
    """The pupil's code in the lesson; None when nothing is entered."""
    return session.scalar(
        select(Absence.code).where(Absence.lesson_id == lesson_id, Absence.pupil_id == pupil_id)
    )
