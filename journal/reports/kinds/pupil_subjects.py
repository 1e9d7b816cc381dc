"""Every subject a pupil is to learn in the days of his report, and what is not there of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from journal.core.messages import N_, Message
from journal.grading.rules.proposals import is_marked
from journal.reports.kinds.asking import Desk
from journal.reports.kinds.pupil_facts import ClassFacts, PupilFacts
from journal.school.directory import SubjectRow, subject_rows
from journal.school.learning import learning
from journal.school.rules import Span, intersect


def with_all_subjects(desk: Desk, facts: ClassFacts) -> ClassFacts:
    """The facts, each pupil with all his subjects and what is missing."""
    group = facts.group
    known = learning(
        desk.session,
        [one.pupil_id for one in facts.pupils],
        class_ids=facts.class_ids,
        academic_year_id=group.year_id,
    )
    rows = subject_rows(desk.session, group.year_id)
    pupils = (_whole(desk, facts, one, known[one.pupil_id], rows) for one in facts.pupils)
    return replace(facts, pupils=tuple(pupils))


def _whole(
    desk: Desk,
    facts: ClassFacts,
    pupil: PupilFacts,
    known: Mapping[int, Sequence[Span]],
    rows: Sequence[SubjectRow],
) -> PupilFacts:
    days = Span(facts.first, facts.last + timedelta(days=1))
    due = {
        subject_id
        for subject_id, spans in known.items()
        if any(intersect(one, days) for one in spans)
    }
    seen = due | {subject_id for subject_id, _ in pupil.subjects}
    expected = _expected(desk, facts, known, rows)
    begun = facts.first <= desk.today
    missing = () if not begun else _missing(pupil, [one for one in rows if one.id in due], expected)
    return replace(
        pupil,
        subjects=tuple((one.id, one.name) for one in rows if one.id in seen),
        missing=tuple(missing),
    )


def _expected(
    desk: Desk,
    facts: ClassFacts,
    known: Mapping[int, Sequence[Span]],
    rows: Sequence[SubjectRow],
) -> list[SubjectRow]:
    """In which a mark for the place should be there by now: as the summary sheet expects it, of
    who is on the roster on its last day."""
    place = facts.place
    if place is None or desk.today <= place.last_day:
        return []
    return [
        one
        for one in rows
        if is_marked(one.scale, facts.group.grade) and _on(known.get(one.id, ()), place.last_day)
    ]


def _on(spans: Collection[Span], day: date) -> bool:
    return any(one.covers(day) for one in spans)


def _missing(
    pupil: PupilFacts, due: Sequence[SubjectRow], expected: Sequence[SubjectRow]
) -> Iterator[Message]:
    held = {subject_id for subject_id, _ in pupil.states}
    unheld = [one.name for one in due if one.id not in held]
    if due and not pupil.days:
        yield N_("No lesson was held in this time.")
    elif unheld:
        yield N_("No lessons in this time: %(subjects)s.", subjects=", ".join(unheld))
    if pupil.days and not any(pupil.entries.values()):
        yield N_("No marks were given to the pupil in this time.")
    unmarked = [one.name for one in expected if one.id not in pupil.given]
    if expected and len(unmarked) == len(expected):
        yield N_("No mark for the term is entered in any subject.")
    elif unmarked:
        yield N_("No mark for the term is entered: %(subjects)s.", subjects=", ".join(unmarked))
