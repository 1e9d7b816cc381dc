"""Rules of excuses (domain.md, «Attendance»; 003:46, 105): dates, who decides, what may follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from journal.attendance.rules.states import ILL, VALID
from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.school.rules import Span

LEAVE_DAYS = 3  # what a class teacher confirms alone where the school has set nothing
FAMILY_BACK = timedelta(days=31)
AHEAD = timedelta(days=366)
TEXT_MAX = 2000
FILES_MAX = 5
REASONS: dict[str, Message] = {ILL: N_("illness"), VALID: N_("a valid reason")}
# Who waits for whom: a family for the class teacher, he for its answer, both for the deputy.
WAITING = frozenset({"submitted", "asked", "endorsed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcuseDraft:
    """What is written: the first and the last day (None: until further word), reason, words."""

    first: date
    last: date | None
    code: str
    text: str

    @property
    def span(self) -> Span:
        """The days, half-open."""
        return Span(self.first, None if self.last is None else self.last + timedelta(days=1))


def check_draft(draft: ExcuseDraft, *, today: date) -> None:
    """Refuse what cannot be meant; each sentence says what to enter instead."""
    if draft.code not in REASONS:
        raise RuleViolation("code", N_("Choose a reason from the list."))
    if draft.last is not None and draft.last < draft.first:
        raise RuleViolation("last", N_("The last day is before the first. Exchange the dates."))
    if draft.last is None and draft.code != ILL:
        raise RuleViolation("last", N_("Enter the last day: only an illness may have none yet."))
    last = draft.last or draft.first
    if last - draft.first > AHEAD or abs(draft.first - today) > AHEAD:
        raise RuleViolation("first", N_("These days are more than a year away. Check the dates."))
    if draft.code == VALID and not draft.text:
        raise RuleViolation("text", N_("Say in a few words what the reason is."))
    check_words("text", draft.text)


def check_words(field: str, text: str) -> None:
    """Words that fit a page."""
    if len(text) > TEXT_MAX:
        raise RuleViolation(field, N_("Shorten the text to %(max)s characters.", max=TEXT_MAX))


def check_family_dates(draft: ExcuseDraft, *, today: date) -> None:
    """A family explains a month back at most: older days go through the class teacher."""
    if draft.first < today - FAMILY_BACK:
        raise RuleViolation(
            "first",
            N_(
                "A family explains days from %(day)s on. For earlier days bring the certificate "
                "to the class teacher.",
                day=today - FAMILY_BACK,
            ),
        )


def needs_deputy(span: Span, code: str, leave_days: int) -> bool:
    """Whether a leave is longer than the class teacher may confirm alone; an illness never is."""
    if code != VALID or span.ends_before is None:
        return False
    return (span.ends_before - span.starts_on).days > leave_days


def joined(spans: Iterable[Span]) -> list[Span]:
    """Ranges that overlap or touch become one, in order; the days covered stay the same."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.starts_on):
        last = found[-1] if found else None
        if last is None or (last.ends_before is not None and last.ends_before < span.starts_on):
            found.append(span)
        elif last.ends_before is not None:
            ends = None if span.ends_before is None else max(last.ends_before, span.ends_before)
            found[-1] = Span(last.starts_on, ends)
    return found


def widened(waiting: Span, later: Span) -> Span:
    """A notice that waits, and a later word on days that overlap or touch it: one range.

    A later last day ends a notice that had none, unless it lies before that notice begins.
    """
    first = min(waiting.starts_on, later.starts_on)
    if waiting.ends_before is None and later.ends_before is not None:
        ends = later.ends_before if waiting.starts_on < later.ends_before else None
        return Span(first, ends)
    return joined([waiting, later])[0]


def contains(outer: Span, inner: Span) -> bool:
    """Whether every day of `inner` lies in `outer`."""
    if inner.starts_on < outer.starts_on:
        return False
    if outer.ends_before is None:
        return True
    return inner.ends_before is not None and inner.ends_before <= outer.ends_before


def last_day(span: Span) -> date | None:
    """The last day as people write it; None while it is open."""
    return None if span.ends_before is None else span.ends_before - timedelta(days=1)
