"""What the places of a text become for each recipient: the same figures as on the pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.counting import Chosen, attendance_facts
from journal.attendance.rules.counting import tallies
from journal.attendance.rules.tally import Tally
from journal.core.clock import local_date
from journal.core.messages import N_, Message
from journal.grading.rule_queries import rule_book
from journal.grading.rules import RuleSet, weighted_average
from journal.grading.school_entries import SubjectEntries, school_entries
from journal.lessons.queries.agenda import Days
from journal.messages.audiences import Audience, Correspondent, Figures
from journal.school.queries import term_spans
from journal.school.rules import TermSpan, term_to_open, terms_of_grade
from journal.school.titles import subject_words

Said = Message | str
ABSENCES = frozenset({"пропущено", "пропуски"})
MARKS = frozenset({"средний балл", "средние баллы", "отметки"})
_NO_MARKS = N_("no marks yet")


def letter_facts(
    session: Session,
    actor: Actor,
    audience: Audience,
    *,
    named: Collection[str],
    address: str,
    now: datetime,
) -> dict[str, dict[str, Said]]:
    """What a text may name, by `Correspondent.key`. Only the places `named` are counted."""
    counted = _Counted(session, actor, audience, set(named), now)
    return {one.key: counted.of(one, address) for one in audience.people}


class _Counted:
    """The figures of an audience since its term began, read as far as a text names them."""

    def __init__(
        self, session: Session, actor: Actor, audience: Audience, named: set[str], now: datetime
    ) -> None:
        self._audience = audience
        self._missed: Mapping[int, Tally] = {}
        self._marks: Mapping[int, list[SubjectEntries]] = {}
        self._rules = RuleSet()
        figures = audience.figures
        if figures is None or not named & (ABSENCES | MARKS):
            return
        today = local_date(now, actor.current.time_zone)
        pupils = {one.pupil_id for one in audience.people if one.pupil_id is not None}
        term = _term(session, figures, today)
        span = _span(term, figures, today)
        if named & ABSENCES:
            self._missed = _missed(session, figures, pupils, span, now)
        if named & MARKS:
            book = rule_book(session, actor.organisation_id, today=today)
            self._rules = book.until(term.ends_before if term else None)
            self._marks = _marks(session, figures, pupils, span)

    def of(self, one: Correspondent, address: str) -> dict[str, Said]:
        """The places of one recipient."""
        known: dict[str, Said] = {
            "ребёнок": one.pupil,
            "родитель": one.name,
            "получатель": one.name,
            "класс": one.class_name,
            "логин": one.login or N_("not given out yet: ask the class teacher"),
            "адрес": address,
        }
        if self._audience.figures is not None and one.pupil_id is not None:
            known |= self._figures(one.pupil_id, self._audience.figures)
        return {name: value for name, value in known.items() if name in self._audience.places}

    def _figures(self, pupil_id: int, figures: Figures) -> dict[str, Said]:
        tally = self._missed.get(pupil_id, Tally())
        marks = self._marks.get(pupil_id, [])
        averages = [self._average(one) for one in marks]
        own = next(iter(marks), None)
        return {
            "предмет": subject_words(figures.subject),
            "пропущено": str(tally.missed),
            "пропуски": _absences(tally),
            "средние баллы": "; ".join(one for one in averages if one) or _NO_MARKS,
            "средний балл": (self._value(own) if own else None) or _NO_MARKS,
            "отметки": ", ".join(entry.value for entry in own.entries) if own else _NO_MARKS,
        }

    def _value(self, one: SubjectEntries) -> str | None:
        return weighted_average(one.entries, self._rules).text

    def _average(self, one: SubjectEntries) -> str | None:
        """«математика 4,50»; None where there is no number."""
        value = self._value(one)
        return f"{subject_words(one.subject)} {value}" if value else None


def _absences(tally: Tally) -> Message:
    return N_(
        "%(missed)s lessons (ill %(ill)s, valid reason %(valid)s, no valid reason %(invalid)s, "
        "no reason stated %(unknown)s)",
        missed=tally.missed,
        ill=tally.ill,
        valid=tally.valid,
        invalid=tally.invalid,
        unknown=tally.unknown,
    )


def _term(session: Session, figures: Figures, today: date) -> TermSpan | None:
    return term_to_open(terms_of_grade(term_spans(session, figures.year_id), figures.grade), today)


def _span(term: TermSpan | None, figures: Figures, today: date) -> Days:
    first = term.starts_on if term else figures.year.starts_on
    return Days(first, max(first, today + timedelta(days=1)))


def _missed(
    session: Session, figures: Figures, pupils: Collection[int], span: Days, now: datetime
) -> Mapping[int, Tally]:
    course = None if figures.course_id is None else [figures.course_id]
    classes = None if course else figures.class_ids
    facts = attendance_facts(session, Chosen(span, now, class_ids=classes, course_ids=course))
    return tallies(facts, key=lambda state: state.pupil_id, only=pupils)


def _marks(
    session: Session, figures: Figures, pupils: Collection[int], span: Days
) -> Mapping[int, list[SubjectEntries]]:
    """Of every subject in alphabetical order, or of the course's alone."""
    found: dict[int, list[SubjectEntries]] = {pupil_id: [] for pupil_id in pupils}
    entries = school_entries(
        session, first=span.starts_on, before=span.ends_before, pupil_ids=pupils
    )
    for (pupil_id, subject_id), one in entries.items():
        if figures.subject_id in (None, subject_id):
            found[pupil_id].append(one)
    return {pupil_id: _sorted(subjects) for pupil_id, subjects in found.items()}


def _sorted(subjects: Sequence[SubjectEntries]) -> list[SubjectEntries]:
    return sorted(subjects, key=lambda one: one.subject.casefold())
