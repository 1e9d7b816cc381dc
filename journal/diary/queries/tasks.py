"""What stands beside the lessons of a diary, in one statement: files of homework, tasks for the
pupil alone, assessments ahead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import union_all
from sqlalchemy.orm import Session

from journal.grading.load_queries import AheadWork, read_works_ahead, works_ahead_select
from journal.lessons.queries.homework import read_tasks, task_selects
from journal.lessons.rules.homework import PupilHomework


def tasks_and_works(
    session: Session,
    pupil_ids: Collection[int],
    homework_ids: Collection[int],
    *,
    first: date,
    ahead: tuple[date, date],
    now: datetime,
) -> tuple[PupilHomework, list[AheadWork]]:
    """The files of these homeworks, the pupils' own tasks due on `first` or later or set in a
    lesson since, and their assessments on the half-open days `ahead`."""
    values = {
        "pupil_ids": list(pupil_ids),
        "homework_ids": list(homework_ids),
        "first": first,
        "ahead_from": ahead[0],
        "ahead_before": ahead[1],
        "now": now,
    }
    rows = session.execute(_query(), values).all()
    return read_tasks(rows), read_works_ahead(rows)


@cache
def _query() -> Any:
    return union_all(*task_selects(), works_ahead_select()).order_by("id", "place")
