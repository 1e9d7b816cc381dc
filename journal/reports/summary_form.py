"""«Сводная ведомость учёта успеваемости» (D06): № · ФИ · period × subjects · missed · council."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from journal.attendance.rules.tally import Missed
from journal.core.messages import N_, Message
from journal.grading.council_queries import Decided
from journal.grading.rules.averages import decimal_text
from journal.grading.rules.shares import Share
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.summary_notes import notes
from journal.results.queries.summary import SummarySheet
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
    places = [(one, say(one.place.name)) for one in page.sheet.places]
    for number, pupil in enumerate(page.sheet.pupils, start=1):
        for order, (place, named) in enumerate(places):
            head = [FormCell(str(number), number), FormCell(_name(pupil, say))]
            last = order == len(page.sheet.places) - 1
            decisions = page.decisions.get(pupil.pupil_id, ()) if last and _after(place) else ()
            yield FormRow(
                cells=(
                    *(head if not order else (_EMPTY, _EMPTY)),
                    FormCell(named),
                    *_line(place, pupil.pupil_id, place.lines[pupil.pupil_id]),
                    FormCell(_decided(decisions, say)) if decisions else _EMPTY,
                ),
                key=f"{pupil.name}, {named}",
                group=number,
            )


def _after(place: SheetPlace) -> bool:
    return not place.place.number


def _name(pupil: SheetPupil, say: Say) -> str:
    said = [pupil.name]
    if pupil.came_on:
        said.append(say(N_("arrived %(day)s", day=f"{pupil.came_on:%d.%m.%Y}")))
    if pupil.left_on:
        said.append(say(N_("left %(day)s", day=f"{pupil.left_on:%d.%m.%Y}")))
    return "\n".join(said)


def _line(place: SheetPlace, pupil_id: int, line: SheetLine) -> Iterator[FormCell]:
    for mark in line.marks:
        if mark.value and mark.course_id:
            yield FormCell(mark.value, None, f"{place.place.key}.mark.{mark.course_id}.{pupil_id}")
        else:
            yield FormCell(mark.value) if mark.value else _EMPTY
    yield from _missed(line.missed, f"{place.place.key}.missed.{pupil_id}")


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
    places = (one for one in page.sheet.places if page.chosen is not None or _has_figures(one))
    for order, place in enumerate(places):
        for title, key, figure in _FIGURES:
            cells = [
                _share(figure(column), f"{place.place.key}.{key}.{column.subject_id}")
                for column in place.table.columns
            ]
            yield FormRow(
                cells=(
                    _EMPTY,
                    FormCell(say(title)),
                    FormCell(say(place.place.name)),
                    *cells,
                    *[_EMPTY] * (len(_MISSED) + 1),
                ),
                key=f"{say(title)}, {say(place.place.name)}",
                group=1000 + order,
                total=True,
            )


def _has_figures(place: SheetPlace) -> bool:
    shares = (figure(column) for column in place.table.columns for _, _, figure in _FIGURES)
    return any(share is not None and share.value is not None for share in shares)


def _share(share: Share | None, why: str) -> FormCell:
    if share is None or share.value is None:
        return _EMPTY
    return FormCell(share.text or "", _number(share.value, 1), why)


def _number(value: Fraction, places: int) -> str:
    return decimal_text(value, places).replace(",", ".")


_FIGURES: tuple[tuple[Message, str, Callable[[SubjectColumn], Share | None]], ...] = (
    (N_("Attainment, per cent"), "attainment", lambda column: column.attainment),
    (N_("Quality, per cent"), "quality", lambda column: column.quality),
    (N_("Level of learning, per cent"), "level", lambda column: column.level),
)
