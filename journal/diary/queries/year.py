"""A year of marks, a year of absences, one average: at most five statements each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.attendance.pupil_queries import all_absences
from journal.core.errors import NotFound
from journal.diary.pages import AbsencesPage, AveragePage, Decided, MarksPage
from journal.diary.queries.reader import Reader, head, load_reader
from journal.diary.rules.absences import by_term
from journal.diary.rules.marks import average_entries
from journal.diary.rules.terms import Summary, summary, year_of_marks
from journal.grading.pupil_facts import PupilTermMark
from journal.grading.pupil_queries import pupil_marks, year_results
from journal.grading.rules import RuleBook, weighted_average
from journal.school.pupil_facts import ClassStay, YearCalendar
from journal.school.pupil_queries import calendars
from journal.school.rules import Span, TermSpan, term_name, terms_of_grade


@dataclass(frozen=True, slots=True)
class _Year:
    """The year of a page: the pupil's class in it, and the years one may choose from."""

    id: int
    span: Span
    stay: ClassStay
    terms: list[TermSpan]
    choice: tuple[tuple[int, str], ...]


def marks_page(
    session: Session, actor: Actor, *, pupil_id: int, year_id: int | None, now: datetime
) -> MarksPage:
    """Marks of the year asked for, or of the present one.

    Raises NotFound for a pupil not one's own, and for a year he was not at school.
    """
    reader = load_reader(session, actor, pupil_id=pupil_id, now=now)
    year = _year(session, reader, year_id)
    if year is None:
        return MarksPage(
            head=head(reader, None), year_id=0, years=(), summary=Summary((), ()), terms=()
        )
    first, before = _whole(year.span)
    marks = pupil_marks(session, pupil_id, first=first, before=before, fresh=reader.fresh)
    given, rules = _results(session, reader, year.id)
    return MarksPage(
        head=head(reader, year.stay),
        year_id=year.id,
        years=year.choice,
        summary=summary(year.terms, given),
        terms=year_of_marks(year.terms, marks, given, rules),
    )


def average_page(
    session: Session,
    actor: Actor,
    *,
    pupil_id: int,
    subject_id: int,
    term_id: int | None,
    now: datetime,
) -> AveragePage:
    """Why an average is what it is. Raises NotFound also for a term or subject without marks."""
    reader = load_reader(session, actor, pupil_id=pupil_id, now=now)
    year_id, term = _term_of_pupil(session, reader, term_id)
    first, before = term.starts_on, term.ends_before
    rows = pupil_marks(session, pupil_id, first=first, before=before, fresh=reader.fresh)
    mine = [row for row in rows if row.subject_id == subject_id]
    if not mine:
        raise NotFound()
    given, rules = _results(session, reader, year_id)
    return AveragePage(
        head=head(reader, reader.pupil.stay_on(term.starts_on)),
        subject=mine[0].subject,
        term_name=term_name(term.kind, term.number),
        average=weighted_average(average_entries(mine), rules.until(before)),
        given=_decided(given, (subject_id, term.kind, term.number)),
    )


def _decided(given: Iterable[PupilTermMark], place: tuple[int, str, int]) -> Decided | None:
    """What the teacher decided. Families see decisions, never proposals (ADR 21)."""
    found = (one for one in given if (one.subject_id, one.kind, one.number) == place)
    return next((Decided(one.value, one.proposed, one.reason) for one in found), None)


def _results(
    session: Session, reader: Reader, year_id: int
) -> tuple[list[PupilTermMark], RuleBook]:
    """What was given in the year, and the rules."""
    return year_results(
        session,
        reader.pupil.id,
        academic_year_id=year_id,
        organisation_id=reader.pupil.organisation_id,
        today=reader.today,
    )


def _term_of_pupil(session: Session, reader: Reader, term_id: int | None) -> tuple[int, TermSpan]:
    """The term with its year."""
    years = calendars(session, _year_ids(reader), first=reader.today, before=reader.today)
    terms = [(year.id, term) for year in years.values() for term in year.terms]
    found = next((one for one in terms if one[1].id == term_id), None)
    if found is None:
        raise NotFound()
    return found


def absences_page(
    session: Session, actor: Actor, *, pupil_id: int, year_id: int | None, now: datetime
) -> AbsencesPage:
    """Absences of the year asked for, or of the present one. Raises NotFound as `marks_page`."""
    reader = load_reader(session, actor, pupil_id=pupil_id, now=now)
    year = _year(session, reader, year_id)
    if year is None:
        return AbsencesPage(head=head(reader, None), year_id=0, years=(), terms=())
    first, before = _whole(year.span)
    rows = all_absences(session, pupil_id, first=first, before=before, now=now)
    begun = [term for term in year.terms if term.starts_on <= reader.today]
    return AbsencesPage(
        head=head(reader, year.stay),
        year_id=year.id,
        years=year.choice,
        terms=by_term(rows, reversed(begun)),
    )


def _year(session: Session, reader: Reader, year_id: int | None) -> _Year | None:
    ids = _year_ids(reader)
    if year_id is not None and year_id not in ids:
        raise NotFound()
    present = reader.pupil.stay_on(reader.today)
    if present is None:
        return None
    found = calendars(session, ids, first=reader.today, before=reader.today)
    year = found[year_id or present.academic_year_id]
    stay = [one for one in reader.pupil.stays if one.academic_year_id == year.id][-1]
    return _Year(year.id, year.span, stay, _terms(year, stay), _choice(found))


def _year_ids(reader: Reader) -> list[int]:
    return list(dict.fromkeys(stay.academic_year_id for stay in reader.pupil.stays))


def _terms(year: YearCalendar, stay: ClassStay) -> list[TermSpan]:
    return terms_of_grade(year.terms, stay.grade)


def _choice(years: dict[int, YearCalendar]) -> tuple[tuple[int, str], ...]:
    latest_first = sorted(years.values(), key=lambda year: year.span.starts_on, reverse=True)
    return tuple((year.id, year.name) for year in latest_first)


def _whole(span: Span) -> tuple[date, date]:
    """A year has an end; the type of a span does not say so."""
    return span.starts_on, span.ends_before or date.max
