"""The column in which results are entered, as its template writes it down."""

from __future__ import annotations

from dataclasses import dataclass, replace

from journal.grading.rules.proposals import NOT_ATTESTED, Proposal
from journal.office.term_marks import Entered
from journal.results.queries.course import CourseResults
from journal.results.rules.course import PupilRow
from journal.webkit.i18n import say


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A pupil at the chosen place: what stands in the fields, and what is wrong with it.

    `others` are the marks at the other places, empty where there is none. `filled`: the proposal
    was put into the field and is not saved yet.
    """

    row: PupilRow
    others: tuple[str, ...]
    enters: bool
    proposal: Proposal | None
    value: str
    reason: str
    base: int
    filled: bool = False
    wrong: str = ""
    wrong_field: str = ""


def entry_rows(
    page: CourseResults, *, fill: bool = False, entered: Entered | None = None
) -> tuple[EntryRow, ...]:
    """The rows with saved values; `fill` puts proposals where nothing is saved; what `entered`
    refused stands as it was typed, with the reason."""
    refused = {one.decision.pupil_id: one for one in entered.refused} if entered else {}
    rows = []
    for row in page.rows:
        shown = _saved(page, row)
        one = refused.get(row.pupil_id)
        if one is not None:
            shown = replace(
                shown,
                value=one.decision.value,
                reason=one.decision.reason,
                wrong=say(one.why),
                wrong_field=one.field,
            )
        elif fill and page.can_enter and shown.enters and not shown.value:
            shown = _filled(shown)
        rows.append(shown)
    return tuple(rows)


def _saved(page: CourseResults, row: PupilRow) -> EntryRow:
    cell = page.cell(row)
    return EntryRow(
        row=row,
        others=tuple(
            other.given.value if other.given else ""
            for place, other in zip(page.places, row.cells, strict=True)
            if place != page.chosen
        ),
        enters=cell.expected,
        proposal=cell.proposal,
        value=cell.given.value if cell.given else "",
        reason=(cell.given.reason or "") if cell.given else "",
        base=cell.given.version if cell.given else 0,
    )


def _filled(row: EntryRow) -> EntryRow:
    """н/а by rule carries its reason; where nothing is proposed the field stays empty."""
    proposal = row.proposal
    if proposal is None or proposal.value is None:
        return row
    reason = say(proposal.why) if proposal.value == NOT_ATTESTED else ""
    return replace(row, value=proposal.value, reason=reason, filled=True)
