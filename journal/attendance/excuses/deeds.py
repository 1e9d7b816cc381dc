"""What every command on an excuse needs: who acts, whose excuse it is, its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.attendance.excuses.queries import overlaps
from journal.attendance.models import Excuse, ExcuseFile
from journal.attendance.rules.excuses import WAITING, ExcuseDraft, contains, joined
from journal.core.audit import Change, record
from journal.core.clock import local_date
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.files import StoredFacts, stored_file
from journal.core.messages import N_
from journal.people.service import origin_of
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership
from journal.school.pupil_facts import KnownPupil
from journal.school.pupil_queries import family
from journal.school.rules import Span


@dataclass(frozen=True, slots=True)
class Deed:
    """Who acts on an excuse, when; the day is that of the pupil's school."""

    session: Session
    actor: Actor
    now: datetime

    def today(self, organisation_id: int) -> date:
        """The school's day."""
        member = self.actor.member_of(organisation_id) or self.actor.current
        return local_date(self.now, member.time_zone)

    def staff_id(self, organisation_id: int) -> int | None:
        """The actor's staff row in that school."""
        member = self.actor.member_of(organisation_id)
        return member.staff_id if member else None

    def log(self, excuse: Excuse, action: str, before: dict[str, Any] | None, words: str) -> None:
        """One entry of the audit log: `before` and the present state."""
        change = Change(
            action=action,
            object_type="excuse",
            object_id=excuse.id,
            about_id=excuse.pupil_id,
            before=before,
            after=state_of(excuse),
            reason=words or None,
        )
        record(
            self.session,
            organisation_id=excuse.organisation_id,
            origin=origin_of(self.actor),
            change=change,
            now=self.now,
        )


def state_of(excuse: Excuse) -> dict[str, Any]:
    """What the log keeps of an excuse."""
    return {
        "status": excuse.status,
        "code": excuse.code,
        "from": excuse.starts_on,
        "before": excuse.ends_before,
    }


def child_of(deed: Deed, pupil_id: int) -> KnownPupil:
    """The actor's own child; NotFound for everybody else's."""
    own = family(deed.session, deed.actor, pupil_id=pupil_id, now=deed.now).own
    child = next((one for one in own if one.id == pupil_id), None)
    if child is None or not deed.actor.may(Permission.SUBMIT_EXCUSE, child.organisation_id):
        raise NotFound()
    return child


def own_excuse(deed: Deed, excuse_id: int) -> tuple[Excuse, KnownPupil]:
    """An excuse of the actor's own child; NotFound otherwise."""
    excuse = locked_excuse(deed.session, excuse_id)
    return excuse, child_of(deed, excuse.pupil_id)


def locked_excuse(session: Session, excuse_id: int) -> Excuse:
    excuse = session.get(Excuse, excuse_id, with_for_update=True, populate_existing=True)
    if excuse is None:
        raise NotFound()
    return excuse


def class_excuse(deed: Deed, excuse_id: int) -> Excuse:
    """An excuse of a pupil of the actor's own class; Forbidden for another class's."""
    excuse = locked_excuse(deed.session, excuse_id)
    require_own_pupil(deed, excuse.organisation_id, excuse.pupil_id)
    return excuse


def require_own_pupil(deed: Deed, organisation_id: int, pupil_id: int) -> None:
    teacher = deed.session.scalar(
        select(ClassGroup.class_teacher_id)
        .join(ClassMembership, ClassMembership.class_group_id == ClassGroup.id)
        .where(
            ClassMembership.pupil_id == pupil_id,
            in_class_on(deed.today(organisation_id)),
            ClassGroup.class_teacher_id == deed.staff_id(organisation_id),
        )
    )
    if teacher is None:
        raise Forbidden(N_("This pupil is in the care of another class teacher."))


def near_excuses(session: Session, pupil_id: int, draft: ExcuseDraft) -> list[Excuse]:
    found = session.scalars(
        select(Excuse)
        .where(
            Excuse.pupil_id == pupil_id,
            Excuse.code == draft.code,
            Excuse.status.in_((*WAITING, "confirmed")),
            overlaps(draft.span),
        )
        .order_by(Excuse.id)
        .with_for_update()
    )
    return list(found)


def refuse_known(near: Iterable[Excuse], draft: ExcuseDraft) -> None:
    """Refuse days excused before; a last day within an open illness is news: it ends it."""
    confirmed = [span_of(one) for one in near if one.status == "confirmed"]
    if draft.last is not None:
        confirmed = [span for span in confirmed if span.ends_before is not None]
    if covered(confirmed, draft.span):
        raise RuleViolation("first", N_("These days are already excused for this reason."))


def covered(spans: Iterable[Span], span: Span) -> bool:
    """Whether these ranges together cover every day of the other."""
    return any(contains(whole, span) for whole in joined(spans))


def new_excuse(
    deed: Deed, organisation_id: int, pupil_id: int, draft: ExcuseDraft, person_id: int
) -> Excuse:
    excuse = Excuse(
        organisation_id=organisation_id,
        pupil_id=pupil_id,
        starts_on=draft.first,
        ends_before=draft.span.ends_before,
        code=draft.code,
        text=draft.text,
        submitted_by=person_id,
        submitted_at=deed.now,
        status="submitted",
        on_paper=False,
    )
    deed.session.add(excuse)
    deed.session.flush()
    return excuse


def span_of(excuse: Excuse) -> Span:
    return Span(excuse.starts_on, excuse.ends_before)


def attach(session: Session, excuse: Excuse, files: Iterable[int]) -> None:
    for file_id in files:
        row = {"organisation_id": excuse.organisation_id, "excuse_id": excuse.id}
        session.add(ExcuseFile(stored_file_id=file_id, **row))
    session.flush()


def move_files(session: Session, source: Excuse, target: Excuse) -> None:
    """The files of one excuse become another's."""
    session.execute(
        update(ExcuseFile).where(ExcuseFile.excuse_id == source.id).values(excuse_id=target.id)
    )


def excuse_file(deed: Deed, *, excuse_id: int, file_id: int) -> StoredFacts:
    """A file of an excuse, for the family, the class teacher of today and the deputies."""
    excuse = deed.session.get(Excuse, excuse_id)
    if excuse is None:
        raise NotFound()
    if not deed.actor.may(Permission.APPROVE_LEAVE, excuse.organisation_id):
        require_reader(deed, excuse)
    if deed.session.get(ExcuseFile, (excuse_id, file_id)) is None:
        raise NotFound()
    return stored_file(deed.session, file_id)


def require_reader(deed: Deed, excuse: Excuse) -> None:
    """The family, or the class teacher of today; nobody else learns that it exists."""
    try:
        child_of(deed, excuse.pupil_id)
    except NotFound:
        if not deed.actor.may(Permission.KEEP_CLASS, excuse.organisation_id):
            raise
        require_own_pupil(deed, excuse.organisation_id, excuse.pupil_id)
