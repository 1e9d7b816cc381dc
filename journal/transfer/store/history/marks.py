"""Writing the marks of a history: each finds or makes its work in the lesson."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from journal.core.db import bulk_insert, bulk_insert_ids
from journal.grading.defaults import counts_as_assessment, short_name_of
from journal.grading.models import Mark, Work, WorkType
from journal.transfer.history.rows import MarkRow
from journal.transfer.store.ground import Ground
from journal.transfer.store.history.held import MarkKey
from journal.transfer.store.history.lessons import WrittenLesson

WorkKey = tuple[int, int, int, str | None]
"""Lesson, type, weight, caption."""


def mark_key(row: MarkRow) -> MarkKey:
    """The natural key of a mark."""
    return row.lesson, row.personal_file, row.number


def write_marks(
    ground: Ground,
    rows: Sequence[MarkRow],
    lessons: dict[str, WrittenLesson],
    held_ids: dict[MarkKey, int],
    held_rows: dict[MarkKey, MarkRow],
) -> None:
    """Write new and changed marks; a retake after what it retakes."""
    fresh = [row for row in rows if mark_key(row) not in held_ids]
    changed = [row for row in rows if mark_key(row) in held_ids and held_rows[mark_key(row)] != row]
    types = _work_types(ground, [*fresh, *changed])
    works = _Works(ground, lessons, types)
    moved = [row for row in changed if _work_of(row) != _work_of(held_rows[mark_key(row)])]
    places = works.place([*fresh, *moved])
    ids = dict(held_ids)
    retaken = {(row.lesson, row.personal_file, row.retake_of) for row in fresh if row.retake_of}
    for wave in _waves(fresh):
        _insert(ground, wave, places, lessons, ids, retaken)
    for row in changed:
        _change(ground, row, held_ids[mark_key(row)], places.get(mark_key(row)), ids)


def _change(
    ground: Ground, row: MarkRow, mark_id: int, work_id: int | None, ids: dict[MarkKey, int]
) -> None:
    """Bring a held mark in line; `work_id` when it moves to another work."""
    ground.change(
        Mark,
        mark_id,
        **_typed(row),
        **({"work_id": work_id} if work_id else {}),
        retake_of_id=_original(row, ids),
        version=Mark.version + 1,
    )


def _work_of(row: MarkRow) -> tuple[str, int, str | None]:
    """What the mark is given for: a mark whose work changes moves to another work."""
    return row.work_type, row.weight, row.caption


def _waves(rows: Iterable[MarkRow]) -> list[list[MarkRow]]:
    """The marks in the order of writing: a retake needs the id of what it retakes."""
    depths: dict[MarkKey, int] = {}
    rows = sorted(rows, key=lambda row: row.number)
    for row in rows:
        original = (row.lesson, row.personal_file, row.retake_of or 0)
        depths[mark_key(row)] = depths.get(original, 0) + 1 if row.retake_of else 0
    found: dict[int, list[MarkRow]] = defaultdict(list)
    for row in rows:
        found[depths[mark_key(row)]].append(row)
    return [found[depth] for depth in sorted(found)]


def _insert(
    ground: Ground,
    rows: Sequence[MarkRow],
    places: dict[MarkKey, int],
    lessons: dict[str, WrittenLesson],
    ids: dict[MarkKey, int],
    retaken: Collection[MarkKey],
) -> None:
    facts = {
        mark_key(row): {
            "organisation_id": ground.organisation_id,
            "work_id": places[mark_key(row)],
            "pupil_id": ground.pupils[row.personal_file],
            "number": row.number,
            "retake_of_id": _original(row, ids),
            "entered_at": lessons[row.lesson].ends_at,
            **_typed(row),
        }
        for row in rows
    }
    named = [key for key in facts if key in retaken]
    ids |= dict(
        zip(named, bulk_insert_ids(ground.session, Mark, [facts[k] for k in named]), strict=True)
    )
    bulk_insert(ground.session, Mark, [facts[key] for key in facts if key not in retaken])


def _typed(row: MarkRow) -> dict[str, Any]:
    """What may change in a mark that is there."""
    return {"value": row.value, "comment": row.comment, "deadline": row.deadline}


def _original(row: MarkRow, ids: dict[MarkKey, int]) -> int | None:
    return None if row.retake_of is None else ids[row.lesson, row.personal_file, row.retake_of]


def _work_types(ground: Ground, rows: Iterable[MarkRow]) -> dict[str, int]:
    """Kinds of work by name; a new one gets the weight it is first seen with as its own."""
    session = ground.session
    known = session.execute(select(WorkType.name, WorkType.id, WorkType.short_name)).all()
    types = {row[0]: row[1] for row in known}
    shorts = [row[2] for row in known]
    for row in rows:
        if row.work_type not in types:
            short = short_name_of(row.work_type, shorts)
            shorts.append(short)
            counts = counts_as_assessment(row.work_type)
            facts = {"short_name": short, "weight": row.weight, "assessment": counts}
            made = ground.owned(WorkType, name=row.work_type, **facts)
            session.flush()
            types[row.work_type] = made.id
    return types


class _Works:
    """The works of the lessons, with who has a mark in each: a pupil has one mark in a work."""

    def __init__(
        self, ground: Ground, lessons: dict[str, WrittenLesson], types: dict[str, int]
    ) -> None:
        self._ground = ground
        self._lessons = lessons
        self._types = types
        self._works: dict[WorkKey, list[int]] = defaultdict(list)
        self._taken: set[tuple[int, int]] = set()
        self._fresh: list[dict[str, Any]] = []
        self._load()

    def place(self, rows: Sequence[MarkRow]) -> dict[MarkKey, int]:
        """A work for every mark; new works are inserted at once and get their ids."""
        chosen = {mark_key(row): self._choose(row) for row in rows}
        if not self._fresh:
            return chosen
        made = bulk_insert_ids(self._ground.session, Work, self._fresh)
        return {key: made[-work - 1] if work < 0 else work for key, work in chosen.items()}

    def _load(self) -> None:
        session = self._ground.session
        rows = session.execute(
            select(Work.id, Work.lesson_id, Work.work_type_id, Work.weight, Work.caption)
        )
        for row in rows:
            self._works[row[1], row[2], row[3], row[4]].append(row[0])
        self._taken = {
            (row[0], row[1]) for row in session.execute(select(Mark.work_id, Mark.pupil_id))
        }

    def _choose(self, row: MarkRow) -> int:
        """A work of that kind in which the pupil has no mark; negative for one to be made."""
        lesson = self._lessons[row.lesson]
        pupil = self._ground.pupils[row.personal_file]
        key = (lesson.id, self._types[row.work_type], row.weight, row.caption)
        for work in self._works[key]:
            if (work, pupil) not in self._taken:
                self._taken.add((work, pupil))
                return work
        names = ("lesson_id", "work_type_id", "weight", "caption")
        owner = {"organisation_id": self._ground.organisation_id}
        self._fresh.append(owner | dict(zip(names, key, strict=True)))
        work = -len(self._fresh)
        self._works[key].append(work)
        self._taken.add((work, pupil))
        return work
