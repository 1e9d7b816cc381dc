"""Commands of a family on excuses: submit, answer, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from journal.attendance.excuses.deeds import (
    Deed,
    attach,
    child_of,
    move_files,
    near_excuses,
    new_excuse,
    own_excuse,
    refuse_known,
    span_of,
    state_of,
)
from journal.attendance.excuses.telling import tell_class_teacher
from journal.attendance.models import Excuse
from journal.attendance.rules.excuses import (
    WAITING,
    ExcuseDraft,
    check_draft,
    check_family_dates,
    check_words,
    widened,
)
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.school.pupil_facts import KnownPupil


def submit_excuses(
    deed: Deed, *, pupil_ids: Collection[int], draft: ExcuseDraft, file_ids: Iterable[int] = ()
) -> list[int]:
    """A family explains days of one or several of its children; gives the ids of the excuses.

    What overlaps or touches an excuse of the same reason that still waits becomes one range with
    it. Raises RuleViolation; NotFound for a child of somebody else.
    """
    children = [child_of(deed, pupil_id) for pupil_id in sorted(set(pupil_ids))]
    if not children:
        raise RuleViolation("pupils", N_("Choose for whom."))
    files = list(file_ids)
    made = [_submit(deed, child, draft, files) for child in children]
    return [excuse.id for excuse in made]


def _submit(deed: Deed, child: KnownPupil, draft: ExcuseDraft, files: list[int]) -> Excuse:
    today = deed.today(child.organisation_id)
    check_draft(draft, today=today)
    check_family_dates(draft, today=today)
    near = near_excuses(deed.session, child.id, draft)
    refuse_known(near, draft)
    pending = [one for one in near if one.status in ("submitted", "asked")]
    before = state_of(pending[0]) if pending else None
    if pending:
        excuse = _widen(deed, pending, draft)
    else:
        member = deed.actor.member_of(child.organisation_id) or deed.actor.current
        excuse = new_excuse(deed, child.organisation_id, child.id, draft, member.person_id)
    attach(deed.session, excuse, files)
    deed.log(excuse, "submit_excuse", before, draft.text)
    _tell_class_teacher(deed, excuse, child)
    return excuse


def _widen(deed: Deed, pending: list[Excuse], draft: ExcuseDraft) -> Excuse:
    """The oldest notice takes the days, words and files of all; the others are gone into it."""
    excuse, *others = pending
    for one in others:
        _take_in(deed, excuse, one)
    whole = widened(span_of(excuse), draft.span)
    excuse.starts_on, excuse.ends_before = whole.starts_on, whole.ends_before
    excuse.text = _both(excuse.text, draft.text)
    check_words("text", excuse.text)
    excuse.status = "submitted"
    return excuse


def _take_in(deed: Deed, excuse: Excuse, other: Excuse) -> None:
    """Days between the two are those of the notice that joins them: they are widened after."""
    before = state_of(other)
    ends = None
    if excuse.ends_before is not None and other.ends_before is not None:
        ends = max(excuse.ends_before, other.ends_before)
    excuse.starts_on, excuse.ends_before = min(excuse.starts_on, other.starts_on), ends
    excuse.text = _both(excuse.text, other.text)
    move_files(deed.session, other, excuse)
    other.status = "withdrawn"
    deed.log(other, "withdraw_excuse", before, "")


def _both(text: str, more: str) -> str:
    return text if more in text else f"{text}\n{more}".strip()


def _tell_class_teacher(deed: Deed, excuse: Excuse, child: KnownPupil) -> None:
    today, who = deed.today(excuse.organisation_id), deed.actor.name
    tell_class_teacher(deed.session, excuse, child, who=who, today=today, now=deed.now)


def answer_excuse(deed: Deed, *, excuse_id: int, text: str, file_ids: Iterable[int] = ()) -> None:
    """The family answers the class teacher's question."""
    excuse, child = own_excuse(deed, excuse_id)
    if excuse.status != "asked":
        raise RuleViolation("answer", N_("Nobody waits for an answer here any more."))
    if not text:
        raise RuleViolation("answer", N_("Write the answer."))
    check_words("answer", text)
    before = state_of(excuse)
    excuse.answer, excuse.status = text, "submitted"
    attach(deed.session, excuse, file_ids)
    deed.log(excuse, "answer_excuse", before, text)
    _tell_class_teacher(deed, excuse, child)


def withdraw_excuse(deed: Deed, *, excuse_id: int) -> None:
    """The family takes back what nobody has decided yet."""
    excuse, _ = own_excuse(deed, excuse_id)
    if excuse.status not in WAITING:
        raise RuleViolation("excuse", N_("It is decided already: speak to the class teacher."))
    before = state_of(excuse)
    excuse.status = "withdrawn"
    deed.log(excuse, "withdraw_excuse", before, "")
