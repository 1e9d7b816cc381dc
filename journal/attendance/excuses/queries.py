"""Reads of excuses: of a family, of a class, of a school; one together with its actor."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from journal.attendance.models import Excuse, ExcuseFile, LeaveLimit
from journal.attendance.rules.excuses import LEAVE_DAYS, WAITING, last_day, needs_deputy
from journal.attendance.rules.states import VALID
from journal.core.files import StoredFacts, file_facts
from journal.people.models import Person, Pupil, StaffMember
from journal.people.rules import class_list_name, short_name
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership
from journal.school.rules import Span

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseView:
    """оправдание as pages show it. `class_name` is that of the day asked about, if any."""

    id: int
    organisation_id: int
    pupil_id: int
    pupil: str
    class_name: str | None
    span: Span
    code: str
    text: str
    status: str
    on_paper: bool
    submitted_by: str
    submitted_at: datetime
    question: str | None
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None
    note: str | None
    files: tuple[StoredFacts, ...]

    @property
    def last(self) -> date | None:
        """The last day; None while the excuse is open."""
        return last_day(self.span)

    @property
    def days(self) -> int | None:
        """Calendar days; None while the excuse is open."""
        if self.span.ends_before is None:
            return None
        return (self.span.ends_before - self.span.starts_on).days

    @property
    def waiting(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status in WAITING


_PUPIL, _SUBMITTER, _DECIDER = aliased(Person), aliased(Person), aliased(Person)
_COLUMNS = (
    *(Excuse.id, Excuse.organisation_id, Excuse.pupil_id, Excuse.starts_on, Excuse.ends_before),
    *(Excuse.code, Excuse.text, Excuse.status, Excuse.on_paper, Excuse.submitted_at),
    *(Excuse.question, Excuse.answer, Excuse.decided_at, Excuse.decision_note),
    *(_PUPIL.surname, _PUPIL.given_name, ClassGroup.name.label("class_name")),
    _SUBMITTER.surname.label("by_surname"),
    _SUBMITTER.given_name.label("by_given"),
    _SUBMITTER.patronymic.label("by_patronymic"),
    _DECIDER.surname.label("judge_surname"),
    _DECIDER.given_name.label("judge_given"),
    _DECIDER.patronymic.label("judge_patronymic"),
)


def excuses(
    session: Session, *where: ColumnElement[bool], day: date, with_files: bool = True
) -> list[ExcuseView]:
    """The newest first, with their files if asked; `day` decides about the class. Two queries."""
    rows = session.execute(_excuses_query(in_class_on(day)).where(*where)).all()
    files = _files(session, [row.id for row in rows]) if with_files and rows else {}
    return [_view(row, files.get(row.id, ())) for row in rows]


def _excuses_query(in_class: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Pupil, Pupil.id == Excuse.pupil_id)
        .join(_PUPIL, _PUPIL.id == Pupil.person_id)
        .join(_SUBMITTER, _SUBMITTER.id == Excuse.submitted_by)
        .outerjoin(StaffMember, StaffMember.id == Excuse.decided_by)
        .outerjoin(_DECIDER, _DECIDER.id == StaffMember.person_id)
        .outerjoin(ClassMembership, and_(ClassMembership.pupil_id == Pupil.id, in_class))
        .outerjoin(ClassGroup, ClassGroup.id == ClassMembership.class_group_id)
        .order_by(Excuse.submitted_at.desc(), Excuse.id.desc())
        .limit(MOST)
    )


def excuses_of_pupils(
    session: Session, pupil_ids: Collection[int], *, day: date
) -> list[ExcuseView]:
    """Everything ever submitted for these pupils."""
    return excuses(session, Excuse.pupil_id.in_(list(pupil_ids)), day=day)


def excuses_of_class(session: Session, *, class_group_id: int, day: date) -> list[ExcuseView]:
    """Of the pupils who are in the class on the day."""
    return excuses(session, ClassMembership.class_group_id == class_group_id, day=day)


def excuses_of_class_day(session: Session, *, class_group_id: int, day: date) -> list[ExcuseView]:
    """Those that wait for the class teacher or the family, and all that cover the day."""
    asked = {"class_id": class_group_id, "day": day}
    return [_view(row, ()) for row in session.execute(_class_day_query(), asked)]


@cache
def _class_day_query() -> Any:
    day: Any = bindparam("day", type_=Date)
    covers = and_(covers_day(day), Excuse.status.in_(("confirmed", "endorsed")))
    waits = Excuse.status.in_(("submitted", "asked"))
    own = ClassMembership.class_group_id == bindparam("class_id")
    return _excuses_query(in_class_on(day)).where(own, or_(waits, covers))


def long_leaves(session: Session, *, day: date, limit: int) -> list[ExcuseView]:
    """Leaves that wait for the deputy, and granted ones longer than `limit` that are not over."""
    waits = Excuse.status == "endorsed"
    granted = and_(Excuse.status == "confirmed", Excuse.code == VALID, Excuse.ends_before > day)
    found = excuses(session, or_(waits, granted), day=day)
    return [one for one in found if one.waiting or needs_deputy(one.span, one.code, limit)]


def covers_day(day: date) -> ColumnElement[bool]:
    """The range of the excuse covers the day."""
    return and_(
        Excuse.starts_on <= day, or_(Excuse.ends_before.is_(None), day < Excuse.ends_before)
    )


def overlaps(span: Span) -> ColumnElement[bool]:
    """The range of the excuse has a day in common with the span, or touches it."""
    begins = [] if span.ends_before is None else [Excuse.starts_on <= span.ends_before]
    ends = or_(Excuse.ends_before.is_(None), Excuse.ends_before >= span.starts_on)
    return and_(ends, *begins)


def _files(session: Session, excuse_ids: Sequence[int]) -> dict[int, tuple[StoredFacts, ...]]:
    pairs = session.execute(
        select(ExcuseFile.excuse_id, ExcuseFile.stored_file_id)
        .where(ExcuseFile.excuse_id.in_(excuse_ids))
        .order_by(ExcuseFile.stored_file_id)
    ).all()
    facts = file_facts(session, [pair[1] for pair in pairs]) if pairs else {}
    found: dict[int, tuple[StoredFacts, ...]] = {}
    for excuse_id, file_id in pairs:
        found[excuse_id] = (*found.get(excuse_id, ()), facts[file_id])
    return found


def _view(row: Any, files: tuple[StoredFacts, ...]) -> ExcuseView:
    judge = row.judge_surname and short_name(
        row.judge_surname, row.judge_given, row.judge_patronymic
    )
    return ExcuseView(
        id=row.id,
        organisation_id=row.organisation_id,
        pupil_id=row.pupil_id,
        pupil=class_list_name(row.surname, row.given_name),
        class_name=row.class_name,
        span=Span(row.starts_on, row.ends_before),
        code=row.code,
        text=row.text,
        status=row.status,
        on_paper=row.on_paper,
        submitted_by=short_name(row.by_surname, row.by_given, row.by_patronymic),
        submitted_at=row.submitted_at,
        question=row.question,
        answer=row.answer,
        decided_by=judge,
        decided_at=row.decided_at,
        note=row.decision_note,
        files=files,
    )


def leave_days(session: Session, organisation_id: int, day: date) -> int:
    """How many days of leave a class teacher confirms alone on that day."""
    limit = session.scalar(
        select(LeaveLimit.days)
        .where(LeaveLimit.organisation_id == organisation_id, LeaveLimit.valid_from <= day)
        .order_by(LeaveLimit.valid_from.desc())
        .limit(1)
    )
    return LEAVE_DAYS if limit is None else limit
