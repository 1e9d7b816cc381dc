"""Orders of the director: of adoption with its plan, of the appointment of coordinators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    PdfColumn,
    heading,
    new_page,
    paragraph,
    render,
    signatures,
    space,
    table,
)
from journal.reports.consents import BLANK, Say, School

_READERS = 5  # lines to sign for those who have read an order


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A line of the plan in the annex."""

    number: int
    title: Message
    owner: Message
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """What the orders say. A number that is not given yet stays a line to fill in."""

    number: str | None
    dated: date | None
    starts_on: date
    administrators: Sequence[str]
    coordinators: Sequence[str]


def adoption_order(school: School, facts: OrderFacts, plan: Sequence[PlanRow], say: Say) -> bytes:
    """«Приказ о внедрении» with the plan as its annex."""
    points = _adoption_points(facts)
    title = N_("Order on the adoption of the electronic journal")
    why = N_(
        "In order to inform families of the progress of pupils and to keep the journal of lessons "
        "electronically, in accordance with the Federal Law of 29.12.2012 № 273-ФЗ «On education "
        "in the Russian Federation»"
    )
    annex: list[Flowable] = [new_page(), heading(say(N_("Annex. Plan of adoption"))), space(3)]
    annex.append(_plan_table(school, plan, say))
    return _order(school, facts, title, why, points, say, annex)


def _adoption_points(facts: OrderFacts) -> Sequence[Message]:
    first = f"{facts.starts_on:%d.%m.%Y}"
    return (
        N_("Keep the electronic journal and diary at the school from %(day)s.", day=first),
        N_("Appoint administrator of the journal: %(names)s", names=_names(facts.administrators)),
        N_("Appoint coordinators: %(names)s", names=_names(facts.coordinators)),
        N_(
            "Class teachers: keep the data of pupils and parents, hand out logins and temporary "
            "passwords for the own class, record absences every day."
        ),
        N_(
            "Teachers: enter marks and absences on the day of the lesson, not later than two days "
            "after it; topics by the lesson plan; homework by the end of the day."
        ),
        N_(
            "Deputy directors: enter the timetable before every term, control the keeping of the "
            "journal systematically."
        ),
        N_("Approve the plan of adoption (annex)."),
        N_("I keep the control of this order for myself."),
    )


def coordinators_order(school: School, facts: OrderFacts, say: Say) -> bytes:
    """«Приказ о назначении координатора»."""
    points = (
        N_("Appoint coordinators: %(names)s", names=_names(facts.coordinators)),
        N_(
            "The coordinators hand out logins and temporary passwords, on paper or to the personal "
            "e-mail address, and answer for the data sent to the regional monitoring."
        ),
        N_("The coordinators keep the secrecy of personal data known to them by their duty."),
        N_("I keep the control of this order for myself."),
    )
    title = N_("Order on the appointment of coordinators")
    why = N_("In order to organise the work with the electronic journal")
    return _order(school, facts, title, why, points, say, [])


def _order(
    school: School,
    facts: OrderFacts,
    title: Message,
    why: Message,
    points: Sequence[Message],
    say: Say,
    annex: Sequence[Flowable],
) -> bytes:
    dated = f"{facts.dated:%d.%m.%Y}" if facts.dated else "____________"
    number = facts.number or "________"
    body: list[Flowable] = [space(4), paragraph(school.full_name, size=11, align="center")]
    body.append(paragraph(school.address, size=10, align="center"))
    head = say(N_("ORDER № %(number)s of %(day)s", number=number, day=dated))
    body += [space(6), paragraph(head, size=13, bold=True, align="center"), space(6)]
    body += [paragraph(say(why), size=11), space(3)]
    body += [paragraph(say(N_("I ORDER:")), size=11, bold=True), space(2)]
    for place, point in enumerate(points, start=1):
        body += [paragraph(f"{place}. {say(point)}", size=11), space(2)]
    body.append(signatures([(say(N_("Director")), school.director)]))
    read = say(N_("Acquainted (signature, name, date):"))
    body += [space(6), paragraph(read, size=10)]
    body += [part for _ in range(_READERS) for part in (space(6), paragraph(BLANK * 2, size=10))]
    return render(_frame(school, title, say), [*body, *annex])


def _plan_table(school: School, plan: Sequence[PlanRow], say: Say) -> Flowable:
    frame = _frame(school, N_("Annex. Plan of adoption"), say)
    columns = [
        PdfColumn(title=say(N_("No.")), share=0.5),
        PdfColumn(title=say(N_("Item of the plan")), share=4),
        PdfColumn(title=say(N_("Responsible")), share=2.5),
        PdfColumn(title=say(N_("Due")), share=1.2),
    ]
    always = say(N_("always"))
    rows = [
        [
            str(row.number),
            say(row.title),
            say(row.owner),
            f"{row.due_on:%d.%m.%Y}" if row.due_on else always,
        ]
        for row in plan
    ]
    return table(columns, rows, width=frame.text_width, size=9)


def _frame(school: School, title: Message, say: Say) -> PageFrame:
    moment = f"{school.made_at.astimezone(ZoneInfo(school.time_zone)):%d.%m.%Y %H:%M}"
    return PageFrame(
        school=school.full_name,
        title=say(title),
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
    )


def _names(names: Sequence[str]) -> str:
    return ", ".join(names) or BLANK
