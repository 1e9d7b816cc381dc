"""A school's workbook of a form: filled from the journal, or empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from journal.exchange.control import Finding, findings, is_explained, message
from journal.exchange.figures import Content, Explanation, Figures
from journal.exchange.forms import MP1, Form
from journal.exchange.snapshot import Snapshot, snapshot
from journal.exchange.workbook import NO_PROCEDURE, Heading, write_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which workbook is wanted. `empty`: the classes without numbers."""

    form: Form
    year: str
    period: str
    thresholds: Mapping[str, int]
    procedure_id: str = NO_PROCEDURE
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A form filled from the journal, with everything there is to say of it."""

    heading: Heading
    content: Content
    findings: tuple[Finding, ...]
    snapshot: Snapshot

    def workbook(self, *, suffix: str, secret: str) -> bytes:
        """The bytes of the .xls or .xlsx."""
        return write_form(self.content, self.heading, suffix=suffix, secret=secret)


def filled(session: Session, order: Order, *, organisation_id: int, as_of: datetime) -> Filled:
    """The form as the journal fills it at that instant; the session is bound to the school.

    «Пояснения» gets a line for each warning, its explanation to be typed.
    """
    school = snapshot(
        session,
        order.form,
        organisation_id=organisation_id,
        year=order.year,
        thresholds=order.thresholds,
        as_of=as_of,
        counted=not order.empty,
    )
    heading = _heading(order, school, as_of)
    if order.empty or order.form.schema != MP1.schema:
        return Filled(heading, school.content, (), school)
    found = all_findings(order, school, school.content)
    lines = tuple(dict.fromkeys((one.code, one.class_name) for one in found if one.warning))
    explanations = [Explanation(code, name, "") for code, name in lines]
    return Filled(heading, replace(school.content, explanations=explanations), found, school)


def all_findings(order: Order, school: Snapshot, content: Content) -> tuple[Finding, ...]:
    """The findings of the form's rules, and those that only the journal knows (W03, W05)."""
    figures = Figures(order.form, content, order.thresholds)
    return (*findings(figures, order.period), *journal_findings(order, school, content))


def journal_findings(order: Order, school: Snapshot, content: Content) -> tuple[Finding, ...]:
    """W03 and W05 of a content against the school's journal."""
    return (
        *unlike_journal(order, school, content),
        *unfilled_lessons(order, school, content),
    )


def unlike_journal(order: Order, school: Snapshot, content: Content) -> Iterator[Finding]:
    """W03: typed numbers that are others than the journal's, class by class."""
    own = school.content
    rows = {line.name: row for row, line in enumerate(own.classes) if line is not None}
    journal = Figures(order.form, own, order.thresholds)
    figures = Figures(order.form, content, order.thresholds)
    for sheet in order.form.in_period(order.period):
        for row, line in enumerate(content.classes):
            if line is None or line.name not in rows:
                continue
            for column in sheet.typed:
                here = figures.typed(sheet.name, row, column.letter)
                there = journal.typed(sheet.name, rows[line.name], column.letter)
                if here is not None and there is not None and here != there:
                    text = message("W03", к=line.name, г=column.graph, x=here, y=there)
                    yield _remark("W03", text, content, sheet.name, row, column.letter)


def unfilled_lessons(order: Order, school: Snapshot, content: Content) -> Iterator[Finding]:
    """W05: classes with lessons whose register is not filled."""
    names = [line.name if line else "" for line in content.classes]
    for sheet in order.form.in_period(order.period):
        for name, lessons in school.unfilled.get(sheet.name, {}).items():
            if name in names:
                text = message("W05", к=name, n=lessons)
                yield _remark("W05", text, content, sheet.name, names.index(name), "O")


def _remark(code: str, text: str, content: Content, sheet: str, row: int, letter: str) -> Finding:
    line = content.classes[row]
    name = line.name if line else ""
    return Finding(
        code=code,
        text=text,
        sheet=sheet,
        row=row,
        letter=letter,
        class_name=name,
        explained=is_explained(content, code, name),
    )


def _heading(order: Order, school: Snapshot, as_of: datetime) -> Heading:
    return Heading(
        form=order.form,
        organisation_code=school.organisation.code,
        organisation_name=school.organisation.full_name,
        municipality=school.organisation.municipality,
        year=school.year.name,
        period=order.period,
        snapshot_at=as_of,
        thresholds=order.thresholds,
        procedure_id=order.procedure_id,
        spans=school.spans,
    )
