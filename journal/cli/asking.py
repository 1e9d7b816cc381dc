"""What is typed on the command line about a form, as a choice of the school's own things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.core.text import cyrillic, search_key, tidy
from journal.documents.cells import CellRefused, day
from journal.reports.kinds.asking import Ask, Desk, FormKind
from journal.results.queries.class_page import places_of_class
from journal.school.calendar import years
from journal.school.class_names import classes_readable
from journal.school.class_reader import read_class
from journal.school.courses import CourseFilter, courses_of
from journal.school.directory import subject_rows
from journal.school.pupils_named import pupil_by_file

_WORDS = {"год": "year", "итог": "final", "экзамен": "exam", "всё": "all", "все": "all"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """As it was typed."""

    year: str | None
    class_name: str | None
    subject: str | None
    subgroup: str | None
    pupil: str | None
    term: str | None
    first: str | None
    last: str | None
    as_of: str | None


def ask_of(desk: Desk, kind: FormKind, typed: Typed) -> Ask:
    """The choice; RuleViolation names what there is none of."""
    year_id = _year(desk, typed.year)
    found_year = desk.year(Ask(year_id=year_id)).id
    class_id = _class(desk, found_year, typed.class_name)
    subject_id = _subject(desk, found_year, typed.subject)
    course_id = None
    if "course" in kind.asks and class_id is not None and subject_id is not None:
        course_id = _course(desk, found_year, class_id, subject_id, typed.subgroup or "")
    return Ask(
        year_id=found_year,
        class_id=None if course_id else class_id,
        pupil_id=_pupil(desk, typed.pupil),
        course_id=course_id,
        subject_id=subject_id,
        at=_term(desk, class_id, typed.term),
        first=_day(typed.first),
        last=_day(typed.last),
        as_of=_day(typed.as_of),
    )


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else day(text)
    except CellRefused as refusal:
        raise RuleViolation("day", refusal.message) from None


def _year(desk: Desk, name: str | None) -> int | None:
    if name is None:
        return None
    for one in years(desk.session):
        if one.name == tidy(name):
            return one.id
    raise RuleViolation("year", N_("There is no academic year %(name)s.", name=name))


def _class(desk: Desk, year_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    wanted = _plain(name)
    for class_id, own in classes_readable(desk.session, year_id, keeper_id=None):
        if _plain(own) == wanted:
            return class_id
    raise RuleViolation("class", N_("There is no class %(name)s in this year.", name=name))


def _plain(name: str) -> str:
    return cyrillic(name.upper()).replace(" ", "")


def _subject(desk: Desk, year_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    wanted = search_key(name)
    for one in subject_rows(desk.session, year_id):
        if wanted in (search_key(one.name), search_key(one.short_name)):
            return one.id
    raise RuleViolation("subject", N_("There is no subject %(name)s.", name=name))


def _course(desk: Desk, year_id: int, class_id: int, subject_id: int, subgroup: str) -> int:
    wanted = CourseFilter(academic_year_id=year_id, class_group_id=class_id, subject_id=subject_id)
    found = courses_of(desk.session, wanted)
    own = [one for one in found if search_key(one.group_name) == search_key(subgroup)]
    if not own and len(found) == 1 and not subgroup:
        own = found
    if not found:
        raise RuleViolation("subject", N_("The class has no course of this subject."))
    if not own:
        names = ", ".join(one.group_name or "–" for one in found)
        raise RuleViolation(
            "subgroup", N_("Name the subgroup of the course: %(names)s.", names=names)
        )
    return own[0].id


def _pupil(desk: Desk, personal_file: str | None) -> int | None:
    if personal_file is None:
        return None
    found = pupil_by_file(desk.session, tidy(personal_file))
    if found is None:
        raise RuleViolation(
            "pupil", N_("There is no pupil with the personal file %(name)s.", name=personal_file)
        )
    return found


def _term(desk: Desk, class_id: int | None, typed: str | None) -> str | None:
    """A number is that of the class's own terms, of a school that of its quarters."""
    if typed is None:
        return None
    text = typed.strip().casefold()
    text = _WORDS.get(text, text)
    if not text.isdecimal():
        return text
    if class_id is None:
        return f"quarter-{text}"
    places = places_of_class(desk.session, read_class(desk.session, class_id))
    found = next((one.key for one in places if one.number == int(text)), None)
    if found is None:
        raise RuleViolation("term", N_("The class has no term %(number)s.", number=text))
    return found
