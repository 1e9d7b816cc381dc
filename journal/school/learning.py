"""Which subjects pupils are to learn, and when: what their classes and subgroups are taught."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.school.models import Course, StudyGroupClass
from journal.school.queries import rosters
from journal.school.rules import Span


def learning(
    session: Session,
    pupil_ids: Collection[int],
    *,
    class_ids: Collection[int],
    academic_year_id: int,
) -> dict[int, dict[int, list[Span]]]:
    """By pupil and subject the days on which he is on a roster of it, in these classes. Two
    queries."""
    rows = session.execute(
        select(Course.study_group_id, Course.subject_id)
        .join(StudyGroupClass, StudyGroupClass.study_group_id == Course.study_group_id)
        .where(
            StudyGroupClass.class_group_id.in_(list(class_ids)),
            Course.academic_year_id == academic_year_id,
        )
        .distinct()
    )
    subjects: dict[int, list[int]] = defaultdict(list)
    for group_id, subject_id in rows:
        subjects[group_id].append(subject_id)
    found: dict[int, dict[int, list[Span]]] = {one: defaultdict(list) for one in pupil_ids}
    for entry in rosters(session, subjects, pupil_ids=pupil_ids):
        for subject_id in subjects[entry.study_group_id]:
            found[entry.pupil_id][subject_id].append(entry.span)
    return found
