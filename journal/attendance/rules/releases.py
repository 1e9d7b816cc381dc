"""Rules of releases by order (domain.md, «exemption»): days, overlaps, closed terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message
from journal.school.rules import Span, TermSpan, intersect

ATTENDING, PRACTICE = "attending", "practice"
KINDS: dict[str, Message] = {
    ATTENDING: N_("from attending"),
    PRACTICE: N_("from practical work"),
}
ORDER_MAX = 200
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDraft:
    """What an order says: from what (no subject = everything), the first and the last day."""

    kind: str
    subject_id: int | None
    first: date
    last: date | None
    order: str

    @property
    def span(self) -> Span:
        """The days, half-open."""
        return days_between(self.first, self.last)


@dataclass(frozen=True, slots=True)
class GivenRelease:
    """One that stands already."""

    kind: str
    subject_id: int | None
    span: Span


def days_between(first: date, last: date | None) -> Span:
    """From the first to the last day; no last day = until further word."""
    return Span(first, None if last is None else last + timedelta(days=1))


def check_draft(draft: ReleaseDraft, *, today: date) -> None:
    """Refuse what cannot be meant; each sentence says what to enter instead."""
    if draft.kind not in KINDS:
        raise RuleViolation("kind", N_("Choose from what the pupil is released."))
    check_order(draft.order)
    check_days(draft.first, draft.last)
    if abs(draft.first - today) > AHEAD:
        raise RuleViolation("first", N_("These days are more than a year away. Check the dates."))


def check_order(order: str) -> None:
    """A release without an order is none."""
    if not order:
        raise RuleViolation("order", N_("Enter the number and the date of the order."))
    if len(order) > ORDER_MAX:
        raise RuleViolation("order", N_("Shorten the text to %(max)s characters.", max=ORDER_MAX))


def check_days(first: date, last: date | None) -> None:
    """The last day is not before the first."""
    if last is not None and last < first:
        raise RuleViolation("last", N_("The last day is before the first. Exchange the dates."))


def refuse_twice(
    kind: str, subject_id: int | None, span: Span, others: Iterable[GivenRelease]
) -> None:
    """A pupil is released from one thing once at a time: the order that stands is changed."""
    for one in others:
        same = one.kind == kind and one.subject_id == subject_id
        common = intersect(one.span, span) if same else None
        if common is not None:
            raise RuleViolation(
                "first",
                N_(
                    "For %(day)s such a release is entered already. Change the dates of that one.",
                    day=common.starts_on,
                ),
            )


def changed_days(before: Span | None, after: Span | None) -> list[Span]:
    """The days on which it matters whether `before` or `after` holds."""
    if before is None or after is None:
        return [span for span in (before, after) if span is not None]
    if before.starts_on != after.starts_on:
        return [before, after]
    if before.ends_before == after.ends_before:
        return []
    ends = [end for end in (before.ends_before, after.ends_before) if end is not None]
    return [Span(min(ends), max(ends) if len(ends) == 2 else None)]


def refuse_closed(
    spans: Iterable[Span], terms: Iterable[TermSpan], *, today: date, field: str
) -> None:
    """What a closed term has counted stays as it is (domain.md, «Edit windows»)."""
    closed = [term for term in terms if term.closed_on(today)]
    for span in spans:
        for term in closed:
            if intersect(span, Span(term.starts_on, term.ends_before)) is not None:
                raise RuleViolation(
                    field,
                    N_(
                        "The term up to %(day)s is closed: its figures do not change any more. "
                        "Enter the release from the day after.",
                        day=term.ends_before - timedelta(days=1),
                    ),
                )
