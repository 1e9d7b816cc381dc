"""The selects of a journal page that know absences and releases. Each is built once.

All are branches of the register's unions: their columns stand in the order, and have the types,
of the branches in `journal.grading.page_selects`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, cast, literal, null, select

from journal.attendance.models import Absence, Excuse, Exemption
from journal.attendance.rules.excuses import WAITING
from journal.core.json_rows import json_rows
from journal.lessons.models import Lesson
from journal.lessons.queries.page_filter import of_page

AnySelect = Select[*tuple[Any, ...]]


@cache
def absences_of_page(*, named: bool, of_pupils: bool) -> Any:
    """Absences in the lessons of `of_page` as one text; with `of_pupils` of pupil_ids (expanding)
    only. Lesson, pupil, then as the register's AbsenceFacts."""
    query = (
        select(
            json_rows(
                Absence.lesson_id,
                Absence.pupil_id,
                Absence.code,
                Absence.minutes,
                Absence.version,
            )
        )
        .select_from(Absence)
        .join(Lesson, Lesson.id == Absence.lesson_id)
        .where(*of_page(named=named))
    )
    if of_pupils:
        query = query.where(Absence.pupil_id.in_(bindparam("pupil_ids", expanding=True)))
    return query.scalar_subquery()


@cache
def releases_beside() -> AnySelect:
    """Side facts «e» of subject_id and pupil_ids (expanding):
    what, pupil_id, nothing, nothing, kind, nothing, starts_on, ends_before."""
    return select(
        literal("e"),
        Exemption.pupil_id,
        cast(null(), Integer),
        cast(null(), Integer),
        Exemption.kind,
        cast(null(), String),
        Exemption.starts_on,
        Exemption.ends_before,
    ).where(
        Exemption.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        Exemption.subject_id.is_(None) | (Exemption.subject_id == bindparam("subject_id")),
    )


@cache
def excuses_beside() -> AnySelect:
    """Side facts «x» of pupil_ids (expanding), those that hold or wait:
    what, pupil_id, nothing, nothing, code, status, starts_on, ends_before."""
    return select(
        literal("x"),
        Excuse.pupil_id,
        cast(null(), Integer),
        cast(null(), Integer),
        Excuse.code,
        Excuse.status,
        Excuse.starts_on,
        Excuse.ends_before,
    ).where(
        Excuse.pupil_id.in_(bindparam("pupil_ids", expanding=True)),
        Excuse.status.in_(("confirmed", *sorted(WAITING))),
    )
