"""What every writer of a package stands on: the session, the school, ids by natural keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.core.db import Base
from journal.school.models import ClassGroup, Course, Room, StudyGroup, Subject
from journal.transfer.changes import Changes
from journal.transfer.store.ids import Found

GroupKey = tuple[str, int | None, str]
"""classes_key, subject id (None for everybody of the classes), name of the subgroup."""


@dataclass(slots=True)
class Ground:
    """Ids are filled sheet by sheet: what a row names was written before it."""

    session: Session
    organisation_id: int
    now: datetime
    year_id: int = 0
    year_starts_on: date = date.min
    subjects: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    groups: dict[GroupKey, int] = field(default_factory=dict)
    courses: dict[tuple[int, int], int] = field(default_factory=dict)

    def owned(self, model: type[Base], **facts: Any) -> Any:
        """A new row of this school, added to the session."""
        row = model(organisation_id=self.organisation_id, **facts)
        self.session.add(row)
        return row

    def change(self, model: Any, row_id: int, **facts: Any) -> None:
        """Update one row by its id."""
        self.session.execute(
            update(model)
            .where(model.id == row_id)
            .values(**facts)
            .execution_options(synchronize_session=False)
        )


def load_names(ground: Ground) -> None:
    """Read the ids of subjects, rooms, classes, groups and courses there are."""
    session = ground.session
    ground.subjects = _pairs(session, Subject.name, Subject.id)
    ground.rooms = _pairs(session, Room.name, Room.id)
    of_year = ClassGroup.academic_year_id == ground.year_id
    for name, row_id, grade in session.execute(
        select(ClassGroup.name, ClassGroup.id, ClassGroup.grade).where(of_year)
    ):
        ground.classes[name] = row_id
        ground.grades[name] = grade
    groups = session.execute(
        select(StudyGroup.classes_key, StudyGroup.subject_id, StudyGroup.name, StudyGroup.id).where(
            StudyGroup.academic_year_id == ground.year_id
        )
    )
    ground.groups = {(row[0], row[1], row[2]): row[3] for row in groups}
    courses = session.execute(
        select(Course.study_group_id, Course.subject_id, Course.id).where(
            Course.academic_year_id == ground.year_id
        )
    )
    ground.courses = {(row[0], row[1]): row[2] for row in courses}


def _pairs(session: Session, key: Any, value: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(select(key, value))}


def change_pairs(changes: Changes[Any], ids: dict[tuple[object, ...], int]) -> list[Found]:
    """The changed rows as the file has them, with the ids of what they change."""
    return [Found(after, ids[changes.spec.key_of(after)]) for _, after in changes.changed]
