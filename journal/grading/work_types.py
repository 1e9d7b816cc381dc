"""Kinds of work of the school, for lists to choose from."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.grading.models import WorkType


def work_type_names(session: Session) -> list[str]:
    """Their names in the order they were added."""
    return list(session.scalars(select(WorkType.name).order_by(WorkType.id)))
