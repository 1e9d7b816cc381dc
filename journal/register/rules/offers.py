"""The term's proposal beside the average, while the teacher has not decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from journal.grading.rules import RuleSet
from journal.grading.rules.proposals import Attended, propose_for_term
from journal.lessons.rules import CourseHead
from journal.register.rules.facts import AverageBook, Facts, LessonFacts, Release
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
        self._head, self._span, self._facts = head, span, facts
        self._held = [
            one
            for one in lessons
            if not one.cancelled and one.ends_at <= now and span.covers(one.held_on)
        ]
        self._released: dict[int, list[Span]] = {}
        for one in releases:
            if one.kind == "attending":
                self._released.setdefault(one.pupil_id, []).append(one.span)

    def of(
        self, pupil_id: int, spans: Sequence[Span], averages: AverageBook, rules: RuleSet
    ) -> str | None:
        """The proposed value, or None."""
        if not self._whole(spans):
            return None
        attended = self._attended(pupil_id)
        head = self._head
        return propose_for_term(
            averages.of(pupil_id), attended, scale=head.scale, grade=head.grade, rules=rules
        ).value

    def _whole(self, spans: Sequence[Span]) -> bool:
        ends = self._span.ends_before
        last = ends - timedelta(days=1) if ends else self._span.starts_on
        return len(spans) == 1 and all(spans[0].covers(day) for day in (self._span.starts_on, last))

    def _attended(self, pupil_id: int) -> Attended:
        planned = missed = released = unknown = 0
        orders = self._released.get(pupil_id, ())
        for lesson in self._held:
            if orders and any(span.covers(lesson.held_on) for span in orders):
                released += 1
            elif lesson.taken_at is None:
                unknown += 1
            else:
                planned += 1
                absence = self._facts.absences.get((lesson.id, pupil_id))
                missed += absence is not None and absence.code != NOT_ABSENT
        return Attended(planned, missed, released, unknown)
