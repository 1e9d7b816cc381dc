"""«Сводная ведомость учёта успеваемости» (D06): № · ФИ · period × subjects · missed · council."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from journal.attendance.rules.tally import Missed
from journal.core.messages import N_, Message
from journal.grading.council_queries import Decided
from journal.grading.rules.averages import decimal_text
from journal.grading.rules.shares import Share
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.summary_notes import notes
from journal.results.queries.summary import SummarySheet
from journal.results.queries.summary_content import KEPT
from journal.results.rules.class_page import SubjectColumn
from journal.results.rules.summary import SheetLine, SheetPlace, SheetPupil

Say = Callable[[Message | str], str]
TITLE = N_("Summary sheet of progress")
_LARGE_FROM = 14  # subjects that no longer fit a lying A4 sheet
_EMPTY = FormCell("")


def summary_form(
    page: SummarySheet, say: Say, *, school: str, subjects: Mapping[int, str]
) -> PaperForm:
    """The form of a class; `subjects` names those that only stray marks belong to."""
    whole = page.chosen is None
    name = N_("the whole year") if page.chosen is None else page.chosen.title
    subtitle = N_(
        "Class %(class)s, %(year)s academic year, %(place)s",
        **{"class": page.group.name, "year": page.group.year_name, "place": name},
    )
    sheet = page.sheet
    return PaperForm(
        school=school,
        title=say(TITLE),
        subtitle=say(subtitle),
        columns=tuple(_columns(sheet.columns, say)),
        rows=(*_pupils(page, say), *_totals(page, say)) if sheet.columns and sheet.pupils else (),
        notes=tuple(say(one) for one in notes(page, subjects)),
        signers=tuple(
            (say(post), "") for post in (N_("Class teacher"), N_("Deputy director"), N_("Director"))
        ),
        wide=True,
        large=whole or len(sheet.columns) > _LARGE_FROM,
    )


def _columns(subjects: Sequence[SubjectColumn], say: Say) -> Iterator[FormColumn]:
    yield FormColumn(title=say(N_("No.")), share=0.7)
    yield FormColumn(title=say(N_("Surname, name")), share=4.6, kind="text")
    yield FormColumn(title=say(N_("Term")), share=1.9, kind="text")
    for one in subjects:
        yield FormColumn(title=one.name, share=0.9, kind="mark", upright=True)
    for title in _MISSED:
        yield FormColumn(title=say(title), share=0.85, upright=True)
    yield FormColumn(title=say(N_("Council decision (date, No.)")), share=3, kind="text")


_MISSED = (
    N_("Days missed"),
    N_("of them by illness"),
    N_("Lessons missed"),
    N_("of them ill"),
)


def _pupils(page: SummarySheet, say: Say) -> Iterator[FormRow]:
    places = [(one, one.place.key, say(one.place.name)) for one in page.sheet.places]
    decided = bool(places) and not places[-1][0].place.number
    for number, pupil in enumerate(page.sheet.pupils, start=1):
        own = pupil.pupil_id
        decisions = page.decisions.get(own, ()) if decided else ()
        yield from rows_of_pupil(
            _Listed(number, own, pupil.name, _name(pupil, say)),
            tuple((key, named, place.lines[own]) for place, key, named in places),
            _decided(decisions, say),
        )


class _Listed(NamedTuple):
    """A pupil of the list; `said` tells when he came or left, too."""

    number: int
    pupil_id: int
    name: str
    said: str


@lru_cache(maxsize=KEPT * 32)
def rows_of_pupil(
    pupil: _Listed, lines: tuple[tuple[str, str, SheetLine], ...], decided: str
) -> tuple[FormRow, ...]:
    """His rows, a (key, name, line) each; the decision stands in the last. Kept by all that stands
    in them: what is entered of one pupil changes no other's."""
    head = FormCell(str(pupil.number), pupil.number), FormCell(pupil.said)
    ends = [_EMPTY] * (len(lines) - 1) + [FormCell(decided)]
    return tuple(
        FormRow(
            cells=(
                *(head if not order else (_EMPTY, _EMPTY)),
                FormCell(named),
                *_line(key, pupil.pupil_id, line),
                ends[order],
            ),
            key=f"{pupil.name}, {named}",
            group=pupil.number,
        )
        for order, (key, named, line) in enumerate(lines)
    )


def _name(pupil: SheetPupil, say: Say) -> str:
    said = [pupil.name]
    if pupil.came_on:
        said.append(say(N_("arrived %(day)s", day=f"{pupil.came_on:%d.%m.%Y}")))
    if pupil.left_on:
        said.append(say(N_("left %(day)s", day=f"{pupil.left_on:%d.%m.%Y}")))
    return "\n".join(said)


def _line(place: str, pupil_id: int, line: SheetLine) -> Iterator[FormCell]:
    for mark in line.marks:
        if mark.value and mark.course_id:
            yield FormCell(mark.value, None, f"{place}.mark.{mark.course_id}.{pupil_id}")
        else:
            yield FormCell(mark.value) if mark.value else _EMPTY
    yield from _missed(line.missed, f"{place}.missed.{pupil_id}")


def _missed(missed: Missed | None, why: str) -> list[FormCell]:
    if missed is None:
        return [_EMPTY] * len(_MISSED)
    lessons = missed.lessons
    counts = (missed.days, missed.ill_days, lessons.missed, lessons.ill)
    return [FormCell(str(one), one, why) for one in counts]


def _decided(decisions: Sequence[Decided], say: Say) -> str:
    return "; ".join(
        f"{say(one.words)}, {one.decided_on:%d.%m.%Y} № {one.number}" for one in decisions
    )


def _totals(page: SummarySheet, say: Say) -> Iterator[FormRow]:
    """Under the pupils, the figures of the subjects at every place, each with its formula. On the
    sheet of the year places without any figure yet are left out."""
    titles = [say(title) for title, _, _ in _FIGURES]
    shown = [(place, _figures(place)) for place in page.sheet.places]
    if page.chosen is None:
        shown = [(place, lines) for place, lines in shown if any(map(any, lines))]
    for order, (place, lines) in enumerate(shown):
        named = say(place.place.name)
        for title, cells in zip(titles, lines, strict=True):
            head = _EMPTY, FormCell(title), FormCell(named)
            yield FormRow(
                cells=(*head, *(one or _EMPTY for one in cells), *[_EMPTY] * (len(_MISSED) + 1)),
                key=f"{title}, {named}",
                group=1000 + order,
                total=True,
            )


def _figures(place: SheetPlace) -> list[list[FormCell | None]]:
    """The lines of figures at a place; None where nothing is known."""
    columns = place.table.columns
    return [
        [_share(of(one), f"{place.place.key}.{key}.{one.subject_id}") for one in columns]
        for _, key, of in _FIGURES
    ]


def _share(share: Share | None, why: str) -> FormCell | None:
    if share is None or share.value is None:
        return None
    return FormCell(share.text or "", _number(share.value, 1), why)


def _number(value: Fraction, places: int) -> str:
    return decimal_text(value, places).replace(",", ".")


_FIGURES: tuple[tuple[Message, str, Callable[[SubjectColumn], Share | None]], ...] = (
    (N_("Attainment, per cent"), "attainment", lambda column: column.attainment),
    (N_("Quality, per cent"), "quality", lambda column: column.quality),
    (N_("Level of learning, per cent"), "level", lambda column: column.level),
)
