"""«Сводный отчёт по предмету»: by course how many of which marks, with the teacher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from journal.access import Permission
from journal.core.messages import N_, Message
from journal.grading.rules.shares import Tally, tally
from journal.lessons.rules.filling import NOT_MARKED
from journal.reports.forms import FormCell, FormColumn, FormRow, Paper, PaperForm
from journal.reports.kinds.asking import READ_COURSES, Ask, Desk, FormKind, Say
from journal.reports.kinds.cells import (
    EMPTY,
    average_cell,
    counted_cell,
    share_cell,
    whole_tally,
)
from journal.reports.kinds.periods import made_as_of, period_of, said_period
from journal.results.queries.school import CourseOutcome, course_outcomes
from journal.school.calendar import YearSpan
from journal.school.directory import subject_rows
from journal.school.stays import named_stays
from journal.school.titles import classes_and_group

MARKS = ("5", "4", "3", "2", "1")
VERDICTS = ("зач", "незач")
PASS_FAIL, AWAITED = "pass_fail", "•"


def subject_report(desk: Desk, ask: Ask) -> tuple[Paper, ...]:
    """A table for each subject: of the school for who reads every journal, else of one's own
    courses and those of one's class."""
    year = desk.year(ask)
    period, as_of = period_of(desk, year, ask.at), desk.as_of(ask)
    whole = desk.actor.may(Permission.READ_ANY_JOURNAL)
    staff_id = None if whole else desk.actor.current.staff_id or 0
    found = [
        one
        for one in course_outcomes(desk.session, year, period, staff_id=staff_id, as_of=as_of)
        if ask.subject_id in (None, one.course.subject_id)
    ]
    subtitle = said_period(year.name, period, as_of, desk.say)
    moment = tuple(made_as_of(desk, period, as_of))
    names = {one.pupil_id: one.name for one in named_stays(desk.session, year.id)}
    parts = tuple(_part(desk, subtitle, own, names, moment) for own in _by_subject(found))
    empty = _part(desk, subtitle, [], names, moment)
    return (
        Paper(
            name=desk.say(SUBJECT_REPORT.title),
            parts=parts or (_without_courses(desk, year, ask.subject_id, empty),),
        ),
    )


def _without_courses(
    desk: Desk, year: YearSpan, subject_id: int | None, empty: PaperForm
) -> PaperForm:
    """The empty form under the subject's name, and why it is empty: who sees his own courses alone
    is told of these, not of the school."""
    asked = [one for one in subject_rows(desk.session, year.id) if one.id == subject_id]
    whole = desk.actor.may(Permission.READ_ANY_JOURNAL)
    reason = _NOTHING if whole else _NOT_TEACHING
    if asked:
        unknown = _NOBODY if whole else _NOT_YOURS
        reason = _UNMARKED if asked[0].scale == NOT_MARKED else unknown
    heading = asked[0].name if asked else ""
    return replace(empty, heading=heading, notes=(desk.say(reason), *empty.notes))


def _by_subject(found: Sequence[CourseOutcome]) -> Iterator[list[CourseOutcome]]:
    ordered = sorted(found, key=lambda one: (one.course.subject, one.course.subject_id))
    for _, own in groupby(ordered, key=lambda one: one.course.subject_id):
        yield list(own)


Names = Mapping[int, str]


def _part(
    desk: Desk,
    subtitle: str,
    own: Sequence[CourseOutcome],
    names: Names,
    moment: Sequence[Message],
) -> PaperForm:
    say = desk.say
    verdicts = bool(own) and own[0].course.scale == PASS_FAIL
    notes = list(moment)
    if any(tally(value for _, value in one.values).without for one in own):
        notes.append(_MISSING)
    return PaperForm(
        school=desk.school,
        title=say(SUBJECT_REPORT.title),
        subtitle=subtitle,
        heading=own[0].course.subject if own else "",
        columns=tuple(_columns(say, verdicts)),
        rows=tuple(_rows(own, names, verdicts, say)),
        notes=tuple(say(one) for one in notes),
        wide=True,
    )


_NOBODY = N_("No class learns this in the period asked for.")
_NOT_YOURS = N_(
    "In the period asked for this is no subject of yours: "
    "the report shows what you teach and the class you keep."
)
_NOT_TEACHING = N_(
    "In the period asked for you have no subject with marks: "
    "the report shows what you teach and the class you keep."
)
_UNMARKED = N_("No marks are given in this subject.")
_NOTHING = N_("No subject is learnt in the period asked for.")
_MISSING = N_("Pupils without a mark yet are in no per cent and in no average.")


def _columns(say: Say, verdicts: bool) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("Class")), share=2.4, kind="text")
    yield FormColumn(title=say(N_("Number of pupils")), share=1.1)
    for value in (*(VERDICTS if verdicts else MARKS), "н/а", "осв"):
        yield FormColumn(title=value, share=0.8)
    yield FormColumn(title=say(N_("no mark yet")), share=1)
    titles: tuple[Message, ...] = (N_("Passed, per cent"),)
    if not verdicts:
        titles = (
            N_("Attainment, per cent"),
            N_("Quality, per cent"),
            N_("Level of learning, per cent"),
        )
    for title in titles:
        yield FormColumn(title=say(title), share=1.3)
    if not verdicts:
        yield FormColumn(title=say(N_("Average mark")), share=1.2)
    yield FormColumn(title=say(N_("Teacher")), share=3, kind="text")


def _rows(
    own: Sequence[CourseOutcome], names: Names, verdicts: bool, say: Say
) -> Iterator[FormRow]:
    groups = [_group(one, names) for one in own]
    for one, group in zip(own, groups, strict=True):
        cells = _cells([group], verdicts, say)
        teachers = FormCell("\n".join(one.course.teachers))
        yield FormRow(cells=(FormCell(group.title), *cells, teachers), key=group.title)
    if len(own) > 1:
        title = say(N_("Total"))
        cells = _cells(groups, verdicts, say)
        yield FormRow(cells=(FormCell(title), *cells, EMPTY), key=title, total=True)


@dataclass(frozen=True, slots=True)
class _Group:
    """A course: its marks counted, and the names by mark (None: no mark yet)."""

    title: str
    found: Tally
    names: Mapping[str | None, Sequence[str]]

    def named(self, *values: str | None) -> tuple[str, list[str]]:
        """Who has one of these marks; of none asked for, everybody."""
        own = values or tuple(self.names)
        return self.title, [name for value in own for name in self.names.get(value, ())]


def _group(one: CourseOutcome, known: Names) -> _Group:
    order = {pupil_id: place for place, pupil_id in enumerate(known)}
    names: dict[str | None, list[str]] = {}
    for pupil_id, value in sorted(one.values, key=lambda pair: order[pair[0]]):
        names.setdefault(None if value == AWAITED else value, []).append(known[pupil_id])
    title = classes_and_group(one.course.classes, one.course.group_name)
    return _Group(title, tally(value for _, value in one.values), names)


def _cells(groups: Sequence[_Group], verdicts: bool, say: Say) -> Iterator[FormCell]:
    found = whole_tally(one.found for one in groups)
    yield counted_cell(one.named() for one in groups)
    for value in (*(VERDICTS if verdicts else MARKS), "н/а", "осв", None):
        yield counted_cell(one.named(value) for one in groups)
    if verdicts:
        yield share_cell(found.passed, say)
        return
    for share in (found.attainment, found.quality, found.level()):
        yield share_cell(share, say)
    yield average_cell(found, say)


SUBJECT_REPORT = FormKind(
    name="subject",
    title=N_("Report by subject"),
    about=N_("By class: how many of which marks, attainment, quality, average, the teacher."),
    permissions=READ_COURSES,
    asks=("period", "subject", "as_of"),
    build=subject_report,
)
