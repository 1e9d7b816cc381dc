"""Commands of the school on excuses: the class teacher decides, a long leave goes to the deputy.

A confirmed excuse tells the reason of lessons whose register is not filled yet; it gives past Н of
its days the reason, whatever the edit window of the lesson, never inside a closed term.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from journal.attendance.excuses.deeds import (
    Deed,
    attach,
    class_excuse,
    locked_excuse,
    near_excuses,
    new_excuse,
    refuse_known,
    require_own_pupil,
    span_of,
    state_of,
)
from journal.attendance.excuses.queries import leave_days
from journal.attendance.excuses.reasons import give_reason, take_reason_back
from journal.attendance.excuses.telling import tell_deputies, tell_family
from journal.attendance.models import Excuse, LeaveLimit
from journal.attendance.rules.excuses import (
    ExcuseDraft,
    check_draft,
    check_words,
    contains,
    needs_deputy,
)
from journal.core.audit import Change, record
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.people.service import origin_of
from journal.school.rules import Span


def enter_paper(
    deed: Deed, *, pupil_id: int, draft: ExcuseDraft, file_ids: Iterable[int] = ()
) -> int:
    """The class teacher enters a certificate given on paper: confirmed, or on to the deputy."""
    organisation_id = deed.actor.organisation_id
    require_own_pupil(deed, organisation_id, pupil_id)
    check_draft(draft, today=deed.today(organisation_id))
    near = near_excuses(deed.session, pupil_id, draft)
    refuse_known(near, draft)
    excuse = new_excuse(deed, organisation_id, pupil_id, draft, deed.actor.current.person_id)
    excuse.on_paper = True
    attach(deed.session, excuse, file_ids)
    _confirm(deed, excuse, None, "")
    if excuse.status == "confirmed":
        _settle(deed, near, excuse)
    return excuse.id


def _settle(deed: Deed, near: Iterable[Excuse], excuse: Excuse) -> None:
    """A certificate confirms what the family had announced of its days."""
    for notice in near:
        if notice.status in ("submitted", "asked") and contains(span_of(excuse), span_of(notice)):
            before = state_of(notice)
            _decided(deed, notice, "confirmed", "")
            deed.log(notice, "validate_excuse", before, "")
            tell_family(deed.session, notice, now=deed.now)


def decide_excuse(deed: Deed, *, excuse_id: int, decision: str, note: str) -> None:
    """The class teacher's word: confirm, refuse, or ask the family back."""
    excuse = class_excuse(deed, excuse_id)
    if excuse.status not in ("submitted", "asked"):
        raise RuleViolation("decision", N_("This excuse is decided already. Open the page again."))
    check_words("note", note)
    if decision != "confirm" and not note:
        raise RuleViolation("note", N_("Say to the family what is missing."))
    before = state_of(excuse)
    if decision == "confirm":
        _confirm(deed, excuse, before, note)
    elif decision == "ask":
        excuse.question, excuse.answer, excuse.status = note, None, "asked"
        deed.log(excuse, "ask_excuse", before, note)
    else:
        _refuse(deed, excuse, before, note)
    tell_family(deed.session, excuse, now=deed.now)


def _confirm(deed: Deed, excuse: Excuse, before: dict[str, Any] | None, note: str) -> None:
    today = deed.today(excuse.organisation_id)
    limit = leave_days(deed.session, excuse.organisation_id, today)
    if excuse.status != "endorsed" and needs_deputy(span_of(excuse), excuse.code, limit):
        _decided(deed, excuse, "endorsed", note)
        deed.log(excuse, "endorse_excuse", before, note)
        tell_deputies(deed.session, excuse, who=deed.actor.name, now=deed.now)
        return
    _decided(deed, excuse, "confirmed", note)
    deed.log(excuse, "load_excuse" if before is None else "validate_excuse", before, note)
    give_reason(deed.session, excuse, origin=origin_of(deed.actor), today=today, now=deed.now)
    _end_open(deed, excuse)


def _end_open(deed: Deed, excuse: Excuse) -> None:
    """An illness without an end that the confirmed days meet ends with them."""
    if excuse.ends_before is None:
        return
    met = deed.session.scalars(
        select(Excuse)
        .where(
            Excuse.pupil_id == excuse.pupil_id,
            Excuse.code == excuse.code,
            Excuse.status == "confirmed",
            Excuse.ends_before.is_(None),
            Excuse.starts_on < excuse.ends_before,
        )
        .with_for_update()
    )
    for one in met.all():
        _set_end(deed, one, excuse.ends_before)


def _set_end(deed: Deed, excuse: Excuse, before_day: date) -> None:
    before = state_of(excuse)
    excuse.ends_before = before_day
    deed.session.flush()
    deed.log(excuse, "end_excuse", before, "")
    origin, today = origin_of(deed.actor), deed.today(excuse.organisation_id)
    take_reason_back(deed.session, excuse, origin=origin, today=today, now=deed.now)


def _refuse(deed: Deed, excuse: Excuse, before: dict[str, Any], note: str) -> None:
    was_confirmed = excuse.status == "confirmed"
    _decided(deed, excuse, "refused", note)
    deed.log(excuse, "refuse_excuse", before, note)
    if was_confirmed:
        today = deed.today(excuse.organisation_id)
        origin = origin_of(deed.actor)
        take_reason_back(deed.session, excuse, origin=origin, today=today, now=deed.now)


def _decided(deed: Deed, excuse: Excuse, status: str, note: str) -> None:
    excuse.status = status
    excuse.decided_by = deed.staff_id(excuse.organisation_id)
    excuse.decided_at = deed.now
    excuse.decision_note = note or None
    deed.session.flush()


def approve_leave(deed: Deed, *, excuse_id: int, granted: bool, note: str) -> None:
    """The deputy's word on a long leave."""
    excuse = locked_excuse(deed.session, excuse_id)
    if excuse.status != "endorsed":
        raise RuleViolation("decision", N_("This excuse is decided already. Open the page again."))
    check_words("note", note)
    if not granted and not note:
        raise RuleViolation("note", N_("Say to the family why not."))
    before = state_of(excuse)
    if granted:
        _confirm(deed, excuse, before, note)
    else:
        _refuse(deed, excuse, before, note)
    tell_family(deed.session, excuse, now=deed.now)


def revoke_excuse(deed: Deed, *, excuse_id: int, note: str) -> None:
    """The class teacher takes a confirmed excuse back: its absences lose their reason again."""
    excuse = class_excuse(deed, excuse_id)
    if excuse.status != "confirmed":
        raise RuleViolation("note", N_("Only a confirmed excuse is taken back."))
    if not note:
        raise RuleViolation("note", N_("Say to the family why it is taken back."))
    check_words("note", note)
    _refuse(deed, excuse, state_of(excuse), note)
    tell_family(deed.session, excuse, now=deed.now)


def withdraw_paper(deed: Deed, *, excuse_id: int, day: date) -> None:
    """Take back what was entered for one day by mistake: the family was never told of it."""
    excuse = class_excuse(deed, excuse_id)
    if span_of(excuse) == Span(day, day + timedelta(days=1)):
        _refuse(deed, excuse, state_of(excuse), "")


def end_excuse(deed: Deed, *, excuse_id: int, last: date) -> None:
    """The class teacher enters the last day of an open illness, or a shorter range."""
    excuse = class_excuse(deed, excuse_id)
    if excuse.status != "confirmed" or excuse.ends_before is not None:
        raise RuleViolation("last", N_("Only an open excuse is given its last day."))
    draft = ExcuseDraft(first=excuse.starts_on, last=last, code=excuse.code, text=excuse.text)
    check_draft(draft, today=deed.today(excuse.organisation_id))
    _set_end(deed, excuse, last + timedelta(days=1))


def set_leave_limit(deed: Deed, *, days: int) -> None:
    """How many days of leave a class teacher confirms alone, from today on."""
    place = deed.actor.organisation_id
    today = deed.today(place)
    before = leave_days(deed.session, place, today)
    if before == days:
        return
    row = deed.session.scalar(select(LeaveLimit).where(LeaveLimit.valid_from == today))
    if row is None:
        row = LeaveLimit(organisation_id=place, valid_from=today)
        deed.session.add(row)
    row.days = days
    deed.session.flush()
    change = Change(
        action="set_leave_limit",
        object_type="leave_limit",
        object_id=row.id,
        before={"days": before},
        after={"days": days, "from": today},
    )
    origin = origin_of(deed.actor)
    record(deed.session, organisation_id=place, origin=origin, change=change, now=deed.now)
