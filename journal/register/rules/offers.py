"""The term's proposal beside the average, while the teacher has not decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from journal.grading.rules import Entry, Figure
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.lessons.rules import CourseHead
from journal.register.rules.facts import Facts, LessonFacts, Release
from journal.school.rules import Span

NOT_ABSENT = "o"


class Offers:
    """Proposals of a page's term, pupil by pupil, from the facts the page shows anyway.

    Only for who was on the roster from the term's first day on: of others the marks of another
    class count as well, and those stand on the page of term marks.
    """

    def __init__(
        self,
        head: CourseHead,
        span: Span,
        lessons: Iterable[LessonFacts],
        facts: Facts,
        releases: Iterable[Release],
        now: datetime,
    ) -> None:
        self._head, self._span = head, span
        held = [
            one
            for one in lessons
            if not one.cancelled and one.ends_at <= now and span.covers(one.held_on)
        ]
        self._taken = {one.id: one.held_on for one in held if one.taken_at is not None}
        self._unknown = [one.held_on for one in held if one.taken_at is None]
        self._missed: dict[int, list[date]] = {}
        for (lesson_id, pupil_id), absence in facts.absences.items():
            if lesson_id in self._taken and absence.code != NOT_ABSENT:
                self._missed.setdefault(pupil_id, []).append(self._taken[lesson_id])
        self._released: dict[int, list[Span]] = {}
        for one in releases:
            if one.kind == "attending":
                self._released.setdefault(one.pupil_id, []).append(one.span)

    def of(
        self, pupil_id: int, spans: Sequence[Span], entries: Sequence[Entry], average: Figure
    ) -> str | None:
        """The proposed value, or None. `average` is that of the entries, under the rules."""
        if not self._whole(spans):
            return None
        head = self._head
        return propose_for_term(
            entries,
            self._attended(pupil_id),
            scale=head.scale,
            grade=head.grade,
            rules=average.explanation.rules,
            average=average,
        ).value

    def _whole(self, spans: Sequence[Span]) -> bool:
        ends = self._span.ends_before
        last = ends - timedelta(days=1) if ends else self._span.starts_on
        return len(spans) == 1 and all(spans[0].covers(day) for day in (self._span.starts_on, last))

    def _attended(self, pupil_id: int) -> Attended:
        taken, unknown = self._taken.values(), self._unknown
        missed = self._missed.get(pupil_id, [])
        orders = self._released.get(pupil_id)
        if orders is None:
            return Attended(len(taken), len(missed), 0, len(unknown))

        def outside(days: Iterable[date]) -> int:
            return sum(not any(span.covers(day) for span in orders) for day in days)

        planned, not_taken = outside(taken), outside(unknown)
        released = len(taken) + len(unknown) - planned - not_taken
        return Attended(planned, outside(missed), released, not_taken)
