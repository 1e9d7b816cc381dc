"""What a summary sheet says under its table: what is unfinished, and how its figures are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journal.core.messages import N_, Message
from journal.grading.rules.shares import USUAL_COEFFICIENTS, Share
from journal.results.queries.summary import SummarySheet
from journal.results.rules.summary import SheetPlace


def notes(page: SummarySheet, subjects: Mapping[int, str]) -> Iterator[Message]:
    """In order: gaps, figures by pupils, marks brought along, the rules of the figures."""
    yield from _gaps(page)
    for one in page.sheet.places:
        yield from _by_pupils(one)
    yield from _strays(page, subjects)
    if not page.sheet.pupils or not page.sheet.columns:
        return
    yield _RULES
    yield N_(
        "Coefficients: 5 – %(five)s, 4 – %(four)s, 3 – %(three)s, 2 – %(two)s, "
        "н/а and 1 – %(none)s.",
        five=USUAL_COEFFICIENTS.five,
        four=USUAL_COEFFICIENTS.four,
        three=USUAL_COEFFICIENTS.three,
        two=USUAL_COEFFICIENTS.two,
        none=USUAL_COEFFICIENTS.none,
    )


def nobody(page: SummarySheet) -> Message:
    """Why a sheet has no pupils."""
    if page.today < min(one.place.span.starts_on for one in page.sheet.places):
        return N_("The period has not begun.")
    return N_("Nobody was in the class at this time.")


def _gaps(page: SummarySheet) -> Iterator[Message]:
    if not page.sheet.pupils:
        yield nobody(page)
    elif not page.sheet.columns:
        yield N_("No marks are expected here: the class has no marked subjects at this time.")
    if page.journals_gone:
        yield N_(
            "The journals of this year were deleted on %(day)s after their term of keeping: "
            "absences are told by the certified sheets.",
            day=f"{page.journals_gone:%d.%m.%Y}",
        )
    for place in page.unfinished:
        yield N_("%(place)s: marks are not final yet.", place=place.name)
    for one in page.sheet.places:
        if one.unfilled:
            yield N_(
                "%(place)s: attendance is not taken in %(count)s lessons, so absences may be more.",
                place=one.place.name,
                count=one.unfilled,
            )


def _by_pupils(one: SheetPlace) -> Iterator[Message]:
    attainment, quality = one.table.attainment, one.table.quality
    if attainment.value is not None:
        yield N_(
            "%(place)s, by pupils: attainment %(attainment)s, quality %(quality)s.",
            place=one.place.name,
            attainment=_said(attainment),
            quality=_said(quality),
        )


def _said(share: Share) -> str:
    return f"{share.formula} %"


def _strays(page: SummarySheet, subjects: Mapping[int, str]) -> Iterator[Message]:
    """A note for each subject and place: who has which mark."""
    names = {one.pupil_id: one.name for one in page.sheet.pupils}
    marks: dict[tuple[int, str], list[str]] = {}
    places = {one.place.key: one.place for one in page.sheet.strays}
    for one in page.sheet.strays:
        own = marks.setdefault((one.subject_id, one.place.key), [])
        own.append(f"{names[one.pupil_id]} – {one.value}")
    for (subject_id, key), own in marks.items():
        yield N_(
            "%(subject)s (%(place)s), a subject the class does not have: %(marks)s.",
            subject=subjects.get(subject_id, ""),
            place=places[key].name,
            marks="; ".join(own),
        )


_RULES = N_(
    "A mark counts where the pupil is in the class on the last day of the term; released pupils "
    "and those without an entry are left out, н/а stays in. Full days are days all of whose "
    "obligatory lessons were missed; lateness is presence."
)
