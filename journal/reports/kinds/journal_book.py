"""«Страница журнала» as a book: spreads of pupils × dates and of topics, pages numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from journal.attendance.rules import ABSENCE_LETTERS
from journal.core.errors import NotFound
from journal.core.messages import N_, Message
from journal.register.reading import WHOLE_YEAR, journal_page
from journal.register.rules.page import CellState, Column, JournalPage, Row
from journal.reports.forms import FormCell, FormColumn, FormHead, FormRow, Paper, PaperForm, Told
from journal.reports.kinds.asking import READ_COURSES, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import LETTERS
from journal.reports.kinds.chunks import even_chunks
from journal.reports.kinds.class_units import class_units
from journal.school.course_names import NamedCourse, named_courses
from journal.school.courses import CourseFilter, courses_of
from journal.school.rules import TermSpan, term_name

SPREAD = 24  # lessons on a spread
_HOURS = 1
_HOUR = N_("A lesson is one hour; a cancelled one is none.")


def journal_book(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """The pages of a course in a term («quarter-2») or the year («all»; by default the present
    term). NotFound, Forbidden as `load_course`."""
    page = _page(desk, ask)
    course = named_courses(desk.session, [page.head.course_id], day=_day(page))[page.head.course_id]
    return (_paper(desk, page, course),)


def _day(page: JournalPage) -> date:
    last = (page.span.ends_before or date.max) - timedelta(days=1)
    return min(last, max(page.today, page.span.starts_on))


def _page(desk: Desk, ask: Ask) -> JournalPage:
    course_id = ask.course_id or 0
    if ask.at is None:
        return _opened(desk, course_id, None)
    if ask.at == "all":
        return _opened(desk, course_id, WHOLE_YEAR)
    present = _opened(desk, course_id, None)
    term = _named(present.head.terms, ask.at)
    return present if present.term == term else _opened(desk, course_id, term.id)


def _opened(desk: Desk, course_id: int, term_id: int | None) -> JournalPage:
    return journal_page(
        desk.session, desk.actor, course_id=course_id, term_id=term_id, now=desk.now
    )


def _named(terms: Sequence[TermSpan], at: str) -> TermSpan:
    found = next((one for one in terms if f"{one.kind}-{one.number}" == at), None)
    if found is None:
        raise NotFound()
    return found


def _paper(desk: Desk, page: JournalPage, course: NamedCourse) -> Paper:
    say = desk.say
    term = page.term
    place = term_name(term.kind, term.number) if term else N_("the whole year")
    subtitle = N_(
        "%(course)s, %(year)s academic year, %(place)s. %(teachers)s",
        course=course.title,
        year=_year_name(page),
        place=place,
        teachers=", ".join(course.teachers),
    )
    head = FormHead(school=desk.school, title=say(JOURNAL_BOOK.title), subtitle=say(subtitle))
    chunks = even_chunks(range(len(page.columns)), SPREAD)
    parts = []
    for number, places in enumerate(chunks):
        last = number == len(chunks) - 1
        parts += [_pupils(page, places, last, head, say), _lessons(page, places, head, say)]
    return Paper(name=course.title, parts=tuple(parts), book=True, closing=say(_CLOSING))


_CLOSING = N_(
    "Numbered, laced and sealed: ________ pages.      Director ____________________ / "
    "____________________ /      «____» ______________ 20____      Seal"
)


def _year_name(page: JournalPage) -> str:
    year = page.head.year
    last = (year.ends_before or year.starts_on) - timedelta(days=1)
    return f"{year.starts_on.year}-{last.year}"


def _pupils(
    page: JournalPage, places: Sequence[int], last: bool, head: FormHead, say: Say
) -> PaperForm:
    columns = [
        FormColumn(title=say(N_("No.")), share=0.9),
        FormColumn(title=say(N_("Surname, name")), share=6, kind="text"),
        *(_date(page.columns[place]) for place in places),
    ]
    if last:
        columns.append(FormColumn(title=say(N_("Average mark")), share=1.5, upright=True))
        columns.append(
            FormColumn(title=say(N_("Mark for the term")), share=1.3, kind="mark", upright=True)
        )
    return PaperForm(
        **head,
        heading=say(N_("Pupils")),
        columns=tuple(columns),
        rows=tuple(_row(page, row, places, last, say) for row in page.rows),
        notes=(say(LETTERS),) if page.rows else (say(_NOBODY),),
        wide=True,
    )


_NOBODY = N_("Nobody was on the roster at this time.")


def _date(column: Column) -> FormColumn:
    return FormColumn(title=f"{column.lesson.held_on:%d.%m}", share=1, kind="mark", upright=True)


def _row(page: JournalPage, row: Row, places: Sequence[int], last: bool, say: Say) -> FormRow:
    name = row.name
    if row.joined_on:
        name += "\n" + say(N_("arrived %(day)s", day=f"{row.joined_on:%d.%m.%Y}"))
    if row.left_on:
        name += "\n" + say(N_("left %(day)s", day=f"{row.left_on:%d.%m.%Y}"))
    cells = [
        FormCell(str(row.number), row.number),
        FormCell(name),
        *(FormCell(_entry(row.cells[place])) for place in places),
    ]
    if last:
        course, term = page.head.course_id, page.term_id
        average = row.average or ""
        why = f"average/{course}/{row.pupil_id}/{term}" if average else ""
        cells.append(FormCell(average, average.replace(",", ".") or None, why))
        mark = row.term_mark or ""
        place = f"{page.term.kind}-{page.term.number}" if page.term else ""
        cells.append(FormCell(mark, None, f"mark/{place}/{course}/{row.pupil_id}" if mark else ""))
    return FormRow(cells=tuple(cells), key=row.name)


def _entry(cell: CellState) -> str:
    """«н», «4 5», «о 4»: the absence first, then the marks in their order."""
    said = [ABSENCE_LETTERS[cell.absence]] if cell.absence else []
    said += [mark.text for mark in cell.marks]
    if not said and cell.gap == "released":
        said = ["осв"]
    return " ".join(said)


def _lessons(page: JournalPage, places: Sequence[int], head: FormHead, say: Say) -> PaperForm:
    columns = (
        FormColumn(title=say(N_("Date")), share=1.5, kind="text"),
        FormColumn(title=say(N_("h")), share=0.5),
        FormColumn(title=say(N_("Kind of work")), share=2.6, kind="text"),
        FormColumn(title=say(N_("Topic")), share=7, kind="text"),
        FormColumn(title=say(N_("Homework")), share=6, kind="text"),
    )
    shown = [page.columns[place] for place in places]
    return PaperForm(
        **head,
        heading=say(N_("Lessons")),
        columns=columns,
        rows=tuple(_lesson(column, say) for column in shown),
        notes=tuple(say(one) for one in _lesson_notes(shown)),
        wide=True,
    )


def _lesson(column: Column, say: Say) -> FormRow:
    lesson = column.lesson
    topic = lesson.topic
    if lesson.cancelled:
        topic = say(N_("cancelled"))
    homework = lesson.homework or (say(N_("not set")) if lesson.nothing_set else "")
    day = f"{lesson.held_on:%d.%m.%Y}"
    hours = 0 if lesson.cancelled else _HOURS
    cells = (
        FormCell(day, lesson.held_on),
        FormCell(str(hours), hours, told=Told(str(hours), say(_HOUR))),
        FormCell(column.kind_title),
        FormCell(topic),
        FormCell(homework),
    )
    return FormRow(cells=cells, key=f"{day}, {lesson.number}")


def _lesson_notes(shown: Sequence[Column]) -> Iterator[Message]:
    if not shown:
        yield N_("No lesson was held in this time.")
    begun = [one.lesson for one in shown if one.begun and not one.lesson.cancelled]
    blank = sum(not lesson.topic for lesson in begun)
    if blank:
        yield N_("Lessons held without a topic: %(count)s.", count=blank)
    untaken = sum(lesson.taken_at is None for lesson in begun)
    if untaken:
        yield N_("Lessons held without attendance: %(count)s.", count=untaken)


def journal_units(desk: Desk, ask: Ask) -> Sequence[Ask]:
    """A course; of a class or of the school every course of it the actor reads as a whole."""
    if ask.course_id is not None:
        return (ask,)
    found: dict[int, Ask] = {}
    year_id = desk.year(ask).id
    for own in class_units(desk, ask):
        wanted = CourseFilter(academic_year_id=year_id, class_group_id=own.class_id)
        for course in courses_of(desk.session, wanted):
            found.setdefault(course.id, replace(ask, class_id=None, course_id=course.id))
    return list(found.values())


JOURNAL_BOOK = FormKind(
    name="journal",
    title=N_("Class journal"),
    about=N_("The pages of a course as a book: marks and absences by date, topics, homework."),
    permissions=READ_COURSES,
    asks=("course", "place"),
    build=journal_book,
    units=journal_units,
    wide=lambda ask: ask.course_id is None,
)
