"""A procedure from its creation to the version that counts: commands, refusals, rows, the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.audit import AuditEntry
from journal.core.errors import Forbidden, NotFound, RuleViolation, StaleVersion, WindowClosed
from journal.core.jobs import Job
from journal.core.tenancy import across
from journal.exchange.figures import ClassLine, Content, Explanation
from journal.exchange.filling import filled
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1
from journal.exchange.models import Attempt, Delegation, Participation, Submission
from journal.exchange.queries import (
    ProcedureCard,
    attempts,
    centre_procedures,
    draft_of,
    own_procedure,
    participants,
    participation,
    school_data,
    statistics_of,
    submissions,
    waiting_requests,
)
from journal.exchange.rules import Progress, Request
from journal.exchange.service import centre, school
from journal.exchange.service.processing import check_attempt, order_of, settle
from tests.cast import NOW, Cast
from tests.exchange.filled import LETTERS, SECRET
from tests.exchange.filled import workbook as any_workbook
from tests.features.exchange.region import CLOSES, Region, opened, plan, region

LATE, SECOND = CLOSES, timedelta(seconds=1)


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    return region(db_session, cast)


def table(**numbers: int) -> Content:
    """Class 5А with two pupils and ten lessons, one of twenty pupil-lessons missed. What the
    journal knows better (W03, W05) is explained."""
    row = dict.fromkeys(LETTERS, 0) | {"E": 2, "K": 10, "L": 20, "R": 1, "AA": 1} | numbers
    told = [Explanation(code, "5А", "Журнал ведётся на бумаге.") for code in ("W03", "W05")]
    return Content(classes=[ClassLine("5А", 5)], numbers={H1: [row]}, explanations=told)


def workbook(here: Region, procedure_id: int, content: Content, suffix: str = ".xls") -> bytes:
    heading = {"organisation_code": "1017", "procedure_id": str(procedure_id), "period": "H1"}
    classes = [*content.classes, *[None] * MP1.spare_rows]
    return any_workbook(suffix, replace(content, classes=classes), **heading)


def sent(here: Region, procedure_id: int, data: bytes) -> int:
    session = here.as_(here.coordinator)
    return school.send_file(
        session,
        here.coordinator,
        procedure_id,
        name="МП-1.xls",
        data=data,
        confirmed=True,
        now=NOW,
    )


def processed(here: Region, attempt_id: int) -> bool:
    session = here.as_(here.coordinator)
    return settle(session, check_attempt(session, attempt_id, secret=SECRET), now=NOW)


def test_a_procedure_is_the_centres_and_frozen_once_open(here: Region) -> None:
    procedure_id = opened(here)
    session, operator = here.as_(here.operator), here.operator
    assert own_procedure(session, operator, procedure_id).thresholds["THR_ALL"] == 30
    with pytest.raises(RuleViolation):
        changed = plan(thresholds={"THR_ALL": 20})
        centre.change_procedure(session, operator, procedure_id, changed, now=NOW)
    session.expire_all()
    with pytest.raises(RuleViolation, match="say why"):
        later = plan(closes_before=CLOSES + SECOND)
        centre.change_procedure(session, operator, procedure_id, later, now=NOW)
    session.expire_all()
    words = plan(title="Новое название", closes_before=CLOSES - SECOND)
    centre.change_procedure(session, operator, procedure_id, words, now=NOW)
    assert own_procedure(session, operator, procedure_id).title == "Новое название"
    for stranger in (here.coordinator, here.teacher):
        with pytest.raises(NotFound):
            own_procedure(here.as_(stranger), stranger, procedure_id)
        with pytest.raises(Forbidden):
            centre.create_procedure(here.as_(stranger), stranger, plan(), now=NOW)
    actions = _logged(here, here.centre)
    assert actions == ["create_procedure", "set_audience", "open_procedure", "change_procedure"]


def _logged(here: Region, organisation_id: int) -> list[str]:
    with across(here.session, "reading the log of the tests"):
        return list(
            here.session.scalars(
                select(AuditEntry.action)
                .where(AuditEntry.organisation_id == organisation_id)
                .order_by(AuditEntry.seq)
            )
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"form_schema": "X"},
        {"form_version": "0.9.0"},
        {"period": "Q1"},
        {"closes_before": plan().opens_at},
        {"thresholds": {"THR_ALL": 0}},
        {"thresholds": {"OTHER": 30}},
    ],
)
def test_a_senseless_procedure_is_refused(here: Region, changes: dict[str, object]) -> None:
    with pytest.raises(RuleViolation):
        centre.create_procedure(here.as_(here.operator), here.operator, plan(**changes), now=NOW)


def test_a_school_sees_only_what_is_open_and_its_own(here: Region) -> None:
    session = here.as_(here.operator)
    coming = centre.create_procedure(session, here.operator, plan(), now=NOW)
    centre.set_audience(session, here.operator, coming, [here.school], now=NOW)
    for actor in (here.coordinator, here.neighbour, here.teacher, here.operator):
        with pytest.raises(NotFound):
            participation(here.as_(actor), actor, coming)
    centre.open_procedure(here.as_(here.operator), here.operator, coming, now=NOW)
    card = participation(here.as_(here.coordinator), here.coordinator, coming)
    assert (card.progress, card.takes_part) == (Progress.NOT_BEGUN, True)
    with pytest.raises(NotFound):
        participation(here.as_(here.neighbour), here.neighbour, coming)


def test_the_responsible_fills_hands_over_and_the_coordinator_posts(here: Region) -> None:
    procedure_id = opened(here)
    coordinator, responsible = here.coordinator, here.responsible
    with pytest.raises(NotFound):
        participation(here.as_(responsible), responsible, procedure_id)
    session = here.as_(coordinator)
    school.appoint_responsible(
        session, coordinator, procedure_id, staff_id=here.responsible_staff, now=NOW
    )
    session = here.as_(responsible)
    assert school.save_draft(session, responsible, procedure_id, table(), base=0, now=NOW) == 1
    with pytest.raises(Forbidden):
        school.send_table(session, responsible, procedure_id, confirmed=True, now=NOW)
    school.hand_over(session, responsible, procedure_id, now=NOW)
    with pytest.raises(Forbidden):
        school.save_draft(session, responsible, procedure_id, table(), base=1, now=NOW)
    session = here.as_(coordinator)
    school.return_to_responsible(session, coordinator, procedure_id, now=NOW)
    session = here.as_(responsible)
    assert school.save_draft(session, responsible, procedure_id, table(R=2), base=1, now=NOW) == 2
    session = here.as_(coordinator)
    school.appoint_responsible(session, coordinator, procedure_id, staff_id=None, now=NOW)
    (delegation,) = session.scalars(select(Delegation))
    assert (delegation.starts_at, delegation.ends_at) == (NOW, NOW)
    attempt_id = school.send_table(session, coordinator, procedure_id, confirmed=True, now=NOW)
    assert processed(here, attempt_id)
    (version,) = submissions(session, version_of(here, procedure_id))
    assert version.content.numbers[H1][0]["R"] == 2


def version_of(here: Region, procedure_id: int) -> int:
    return participation(here.as_(here.coordinator), here.coordinator, procedure_id).id


def test_two_coordinators_in_one_table_see_the_conflict(here: Region) -> None:
    procedure_id = opened(here)
    session, actor = here.as_(here.coordinator), here.coordinator
    school.save_draft(session, actor, procedure_id, table(), base=0, now=NOW)
    with pytest.raises(StaleVersion) as conflict:
        school.save_draft(session, actor, procedure_id, table(R=3), base=0, now=NOW)
    assert conflict.value.theirs == {"version": 1, "saved_by": actor.account_id}
    kept = draft_of(session, version_of(here, procedure_id))
    assert kept is not None and kept.content.numbers[H1][0]["R"] == 1


@pytest.mark.parametrize(
    "numbers",
    [
        {"Полугодие_2": [{"E": 1}]},
        {H1: [{"J": 1}]},
        {H1: [{"ФИО": 1}]},
        {H1: [{"E": -1}]},
        {H1: [{"E": "Иванов"}]},
        {H1: [{"E": True}]},
        {H1: [{}, {}]},
    ],
)
def test_only_whole_numbers_of_the_forms_columns_are_kept(
    here: Region, numbers: dict[str, list[dict[str, int]]]
) -> None:
    """No column of personal data can slip in."""
    procedure_id = opened(here)
    content = replace(table(), numbers=numbers)
    with pytest.raises(RuleViolation):
        school.save_draft(
            here.as_(here.coordinator), here.coordinator, procedure_id, content, base=0, now=NOW
        )


def test_versions_are_kept_and_the_last_accepted_one_counts(here: Region) -> None:
    procedure_id = opened(here)
    first = sent(here, procedure_id, workbook(here, procedure_id, table()))
    assert processed(here, first)
    assert processed(here, first), "settling twice changes nothing"
    bad = sent(here, procedure_id, workbook(here, procedure_id, table(R=21)))
    assert not processed(here, bad)
    second = sent(here, procedure_id, workbook(here, procedure_id, table(R=2)))
    assert processed(here, second)
    session, own = here.as_(here.coordinator), version_of(here, procedure_id)
    assert [(one.number, one.content.numbers[H1][0]["R"]) for one in submissions(session, own)] == [
        (2, 2),
        (1, 1),
    ]
    log = attempts(session, own)
    assert [one.state for one in log] == ["accepted", "refused", "accepted"]
    assert "A05" in [one.code for one in log[1].findings]
    assert [row.data is None for row in session.scalars(select(Attempt).order_by(Attempt.id))] == [
        False,
        True,
        False,
    ]
    assert len(session.scalars(select(Job).where(Job.kind == "process_form")).all()) == 3
    assert _logged(here, here.school)[-1] == "settle_form"


def test_the_centre_reads_what_its_schools_entered_and_no_other_centre_does(here: Region) -> None:
    procedure_id = opened(here)
    school.save_draft(
        here.as_(here.coordinator), here.coordinator, procedure_id, table(), base=0, now=NOW
    )
    processed(here, sent(here, procedure_id, workbook(here, procedure_id, table(R=2))))
    session, operator = here.as_(here.operator), here.operator
    (card,) = centre_procedures(session, operator)
    data = school_data(session, card, here.school)
    assert data.draft is not None and data.draft.content.numbers[H1][0]["R"] == 1
    assert [one.number for one in data.submissions] == [1]
    empty = school_data(session, card, here.foreign_school)
    assert (empty.draft, empty.submissions) == (None, [])
    with pytest.raises(NotFound):
        school_data(session, card, here.centre)
    for stranger in (here.coordinator, here.teacher):
        with pytest.raises(Forbidden):
            centre_procedures(here.as_(stranger), stranger)


@pytest.mark.parametrize("data", [b"text", b"", b"\0" * 3_000_000])
def test_a_file_that_is_no_form_is_in_the_log_and_nowhere_else(here: Region, data: bytes) -> None:
    procedure_id = opened(here)
    attempt_id = sent(here, procedure_id, data)
    assert not processed(here, attempt_id)
    session, own = here.as_(here.coordinator), version_of(here, procedure_id)
    (attempt,) = attempts(session, own)
    assert [one.code for one in attempt.findings] == ["F04" if len(data) > 9 else "F01"]
    assert session.scalars(select(Submission)).all() == []
    card = participation(session, here.coordinator, procedure_id)
    assert card.progress is Progress.FILLING


def test_the_journal_speaks_up_where_the_file_says_otherwise(here: Region) -> None:
    """W03 and W05 of a school of this installation."""
    procedure_id = opened(here)
    silent = replace(table(), explanations=())
    attempt_id = sent(here, procedure_id, workbook(here, procedure_id, silent))
    session = here.as_(here.coordinator)
    found = check_attempt(session, attempt_id, secret=SECRET).findings
    assert "Класс 5А, графа 5: в файле 2, в журнале 4." in [one.text for one in found]
    assert {"W03", "W05"} <= {one.code for one in found if one.open}


def test_a_file_is_compared_with_the_journal_it_was_made_of(here: Region) -> None:
    """Made on Friday morning, sent a week later: the lessons held in between are no difference."""
    procedure_id = opened(here)
    session, actor = here.as_(here.coordinator), here.coordinator
    order = order_of(own_card(here, procedure_id))
    made = filled(session, order, organisation_id=here.school, as_of=NOW)
    data = made.workbook(suffix=".xlsx", secret=SECRET)
    facts = {"name": "x.xlsx", "data": data, "confirmed": True}
    later = NOW + timedelta(days=7)
    attempt_id = school.send_file(session, actor, procedure_id, **facts, now=later)  # type: ignore[arg-type]
    found = check_attempt(session, attempt_id, secret=SECRET).findings
    assert {one.code for one in found} == {"W05"}


def own_card(here: Region, procedure_id: int) -> ProcedureCard:
    return participation(here.as_(here.coordinator), here.coordinator, procedure_id).procedure


def test_a_warning_waits_for_its_explanation(here: Region) -> None:
    procedure_id = opened(here)
    unexplained = table(R=0, U=1)
    assert not processed(here, sent(here, procedure_id, workbook(here, procedure_id, unexplained)))
    told = [*unexplained.explanations, Explanation("W02", "5А", "Ждём справку.")]
    told_content = replace(unexplained, explanations=told)
    assert processed(here, sent(here, procedure_id, workbook(here, procedure_id, told_content)))


def test_the_responsible_persons_name_is_not_exchanged(here: Region) -> None:
    procedure_id = opened(here)
    named = replace(table(), responsible={"Фамилия": "Отвечалова", "Телефон": "+7 900"})
    assert processed(here, sent(here, procedure_id, workbook(here, procedure_id, named)))
    (text,) = here.as_(here.coordinator).scalars(select(Submission.content))
    assert "Отвечалова" not in text and "+7 900" not in text


def test_nothing_is_taken_without_the_tick_or_outside_the_window(here: Region) -> None:
    procedure_id = opened(here)
    session, actor = here.as_(here.coordinator), here.coordinator
    data = workbook(here, procedure_id, table())
    file = {"name": "x.xls", "data": data}
    with pytest.raises(RuleViolation):
        school.send_file(session, actor, procedure_id, **file, confirmed=False, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(WindowClosed):
        school.send_file(session, actor, procedure_id, **file, confirmed=True, now=LATE)  # type: ignore[arg-type]
    with pytest.raises(WindowClosed):
        school.save_draft(session, actor, procedure_id, table(), base=0, now=LATE)
    early = plan().opens_at - SECOND
    with pytest.raises(WindowClosed):
        school.save_draft(session, actor, procedure_id, table(), base=0, now=early)
    assert session.scalars(select(Attempt)).all() == []


def test_a_deadline_that_falls_after_the_file_was_received_changes_nothing(here: Region) -> None:
    procedure_id = opened(here)
    session, actor = here.as_(here.coordinator), here.coordinator
    attempt_id = school.send_file(
        session,
        actor,
        procedure_id,
        name="x.xls",
        data=workbook(here, procedure_id, table()),
        confirmed=True,
        now=LATE - SECOND,
    )
    checked = check_attempt(session, attempt_id, secret=SECRET)
    assert settle(session, checked, now=LATE + timedelta(hours=1))
    assert participation(session, actor, procedure_id).submitted_at == LATE - SECOND


def test_an_extension_is_for_the_school_it_was_given_to(here: Region) -> None:
    procedure_id = opened(here)
    until = LATE + timedelta(days=2)
    centre.extend(
        here.as_(here.operator),
        here.operator,
        procedure_id,
        organisation_ids=[here.school],
        until=until,
        reason="Не было связи",
        now=LATE,
    )
    session = here.as_(here.coordinator)
    school.save_draft(session, here.coordinator, procedure_id, table(), base=0, now=until - SECOND)
    with pytest.raises(WindowClosed):
        school.save_draft(
            here.as_(here.neighbour), here.neighbour, procedure_id, table(), base=0, now=LATE
        )
    with pytest.raises(NotFound):
        centre.extend(
            here.as_(here.operator),
            here.operator,
            procedure_id,
            organisation_ids=[here.centre],
            until=until,
            reason="x",
            now=LATE,
        )
    assert _logged(here, here.centre)[-1] == "extend_procedure"


def test_a_voluntary_procedure_counts_who_was_let_in(here: Region) -> None:
    procedure_id = opened(here, mandatory=False)
    session, actor = here.as_(here.coordinator), here.coordinator
    with pytest.raises(Forbidden):
        school.save_draft(session, actor, procedure_id, table(), base=0, now=NOW)
    school.send_request(session, actor, procedure_id, now=NOW)
    card = own_procedure(here.as_(here.operator), here.operator, procedure_id)
    assert list(waiting_requests(here.session, card)) == [here.school]
    assert statistics_of(here.session, card).total == 0
    centre.decide_request(
        here.session,
        here.operator,
        procedure_id,
        organisation_id=here.school,
        approve=True,
        now=NOW,
    )
    session = here.as_(actor)
    school.save_draft(session, actor, procedure_id, table(), base=0, now=NOW)
    with pytest.raises(RuleViolation):
        school.withdraw_request(session, actor, procedure_id, now=NOW)
    here.as_(here.operator)
    found = statistics_of(here.session, card)
    assert (found.total, found.filling) == (1, 1)
    (only,) = participants(here.session, card)
    assert (only.code, only.request) == ("1017", Request.APPROVED)


def test_the_audience_changes_until_a_school_has_begun(here: Region) -> None:
    procedure_id = opened(here)
    school.save_draft(
        here.as_(here.coordinator), here.coordinator, procedure_id, table(), base=0, now=NOW
    )
    session, operator = here.as_(here.operator), here.operator
    card = own_procedure(session, operator, procedure_id)
    centre.set_audience(session, operator, procedure_id, [here.school], now=NOW)
    assert [one.organisation_id for one in participants(session, card)] == [here.school]
    with pytest.raises(RuleViolation):
        centre.set_audience(session, operator, procedure_id, [here.foreign_school], now=NOW)


@pytest.mark.parametrize("act", [school.hand_over, school.return_to_responsible])
def test_a_teacher_has_no_part_in_it(here: Region, act: object) -> None:
    procedure_id = opened(here)
    actors: tuple[Actor, ...] = (here.teacher, here.operator)
    for actor in actors:
        with pytest.raises(NotFound):
            act(here.as_(actor), actor, procedure_id, now=NOW)  # type: ignore[operator]
    rows = here.as_(here.coordinator).scalars(select(Participation.handed_over_at)).all()
    assert rows == [None]
