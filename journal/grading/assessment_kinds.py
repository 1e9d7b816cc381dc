"""Which kinds of work the school takes for assessments: the load guard counts them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.audit import Change, record_many
from journal.core.errors import Forbidden, RuleViolation
from journal.core.messages import N_
from journal.grading.models import WorkType
from journal.people.service import origin_of


class AssessmentKind(NamedTuple):
    """A kind of work, and whether it counts."""

    id: int
    name: str
    assessment: bool


def assessment_kinds(session: Session) -> list[AssessmentKind]:
    """The kinds of work of the bound school in the order they were added."""
    rows = session.execute(
        select(WorkType.id, WorkType.name, WorkType.assessment).order_by(WorkType.id)
    )
    return [AssessmentKind(*row) for row in rows]


def choose_assessments(
    session: Session, actor: Actor, *, kind_ids: Collection[int], now: datetime
) -> None:
    """Let exactly these kinds of work count. RuleViolation (kinds) for one the school has not."""
    if not actor.may(Permission.SET_WINDOWS):
        raise Forbidden()
    kinds = {one.id: one for one in session.scalars(select(WorkType).with_for_update())}
    if not set(kind_ids) <= kinds.keys():
        raise RuleViolation("kinds", N_("Choose a kind of work from the list."))
    changes = []
    for kind in kinds.values():
        counts = kind.id in kind_ids
        if kind.assessment is not counts:
            kind.assessment = counts
            changes.append(_change(kind))
    session.flush()
    place, origin = actor.organisation_id, origin_of(actor)
    record_many(session, organisation_id=place, origin=origin, changes=changes, now=now)


def _change(kind: WorkType) -> Change:
    return Change(
        action="choose_assessments",
        object_type="work_type",
        object_id=kind.id,
        before={"work_type": kind.name, "assessment": not kind.assessment},
        after={"work_type": kind.name, "assessment": kind.assessment},
    )
