"""The table of a plan as it comes from the page: lists of fields of one name, a place a row."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from journal.core.messages import Message
from journal.core.text import search_key, tidy
from journal.documents.cells import lines
from journal.lessons.rules.plan_table import TopicDraft, draft_faults, unknown_work_type
from journal.register.plan_pages import TopicRow
from journal.webkit.filters import number_of

FIELDS = ("id", "number", "section", "title", "hours", "homework", "work_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row as it was typed, with what is wrong with it. `lessons` are shown, not typed."""

    id: str = ""
    number: str = ""
    section: str = ""
    title: str = ""
    hours: str = "1"
    homework: str = ""
    work_type: str = ""
    faults: tuple[Message, ...] = ()
    topic: TopicRow | None = None

    @property
    def blank(self) -> bool:
        """Cleared: the topic is to go."""
        return not (self.title or self.homework or self.work_type)


def rows_of_plan(rows: Collection[TopicRow]) -> tuple[TypedRow, ...]:
    """The saved table."""
    return tuple(
        TypedRow(
            id=str(row.topic.id),
            number=str(place),
            section=row.topic.section,
            title=row.topic.title,
            hours=str(row.topic.hours),
            homework=row.topic.homework,
            work_type=row.topic.work_type,
            topic=row,
        )
        for place, row in enumerate(rows, 1)
    )


def read_typed(
    form: MultiDict[str, str], *, work_types: Collection[str]
) -> tuple[tuple[TypedRow, ...], tuple[TopicDraft, ...]]:
    """The rows in their order without the cleared ones, and the topics if no row is at fault."""
    columns = [form.getlist(f"topic-{name}") for name in FIELDS]
    known = {search_key(name): name for name in work_types}
    typed = [
        TypedRow(**{name: value.strip() for name, value in zip(FIELDS, values, strict=True)})
        for values in zip(*columns, strict=False)
    ]
    ordered = sorted(
        (row for row in typed if not row.blank), key=lambda row: number_of(row.number) or 10**6
    )
    read = [_read(row, known) for row in ordered]
    rows = tuple(row for row, _ in read)
    return rows, tuple(draft for _, draft in read)


def _read(row: TypedRow, known: dict[str, str]) -> tuple[TypedRow, TopicDraft]:
    said = search_key(row.work_type)
    draft = TopicDraft(
        id=number_of(row.id),
        title=tidy(row.title),
        hours=number_of(row.hours or "1") or 0,
        section=tidy(row.section),
        homework=lines(row.homework),
        work_type=known.get(said, ""),
    )
    faults = draft_faults(draft)
    if said and said not in known:
        faults.append(unknown_work_type(row.work_type))
    typed = {name: getattr(row, name) for name in FIELDS}
    return TypedRow(**typed, faults=tuple(faults)), draft
