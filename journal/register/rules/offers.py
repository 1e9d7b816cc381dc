"""The term's proposal beside the average, while the teacher has not decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from journal.attendance.rules.states import MISSED
from journal.grading.rules import Entry, Figure, RuleSet
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.lessons.rules import CourseHead
from journal.register.rules.facts import Facts, LessonFacts, Release
from journal.school.rules import Span


class Offers:
    """Proposals of a page's term, pupil by pupil, from the facts the page shows anyway.

    Only for who was on the roster from the term's first day to its last and never released: of
    others more counts than stands on this page, and what is proposed stands on that of results.
    The attendance is a short cut of `attendance.rules.counting`; a test holds the two together.
    """

    def __init__(
        self,
        head: CourseHead,
        span: Span,
        lessons: Iterable[LessonFacts],
        facts: Facts,
        releases: Iterable[Release],
        rules: RuleSet,
        now: datetime,
    ) -> None:
        self._head, self._span, self._rules = head, span, rules
        held = [
            one
            for one in lessons
            if not one.cancelled and one.ends_at <= now and span.covers(one.held_on)
        ]
        taken = {one.id for one in held if one.taken_at is not None}
        self._taken, self._unknown = len(taken), len(held) - len(taken)
        self._missed = Counter(
            pupil_id
            for pupil_id, absences in facts.absences.items()
            for lesson_id, absence in absences.items()
            if lesson_id in taken and absence.code in MISSED
        )
        self._released = {one.pupil_id for one in releases if one.kind == "attending"}

    def of(
        self,
        pupil_id: int,
        spans: Sequence[Span],
        average: Figure,
        entries: Callable[[int], Iterable[Entry]],
    ) -> str | None:
        """The proposed value, or None. `average` is that of the pupil's `entries`, which are asked
        for only where it is no average that decides."""
        if pupil_id in self._released or not self._whole(spans):
            return None
        head = self._head
        attended = Attended(self._taken, self._missed[pupil_id], 0, self._unknown)
        return propose_for_term(
            entries(pupil_id) if head.scale == "pass_fail" else (),
            attended,
            scale=head.scale,
            grade=head.grade,
            rules=self._rules,
            average=average,
        ).value

    def _whole(self, spans: Sequence[Span]) -> bool:
        ends = self._span.ends_before
        last = ends - timedelta(days=1) if ends else self._span.starts_on
        return len(spans) == 1 and all(spans[0].covers(day) for day in (self._span.starts_on, last))
