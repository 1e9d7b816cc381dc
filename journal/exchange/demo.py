"""A demonstration region: forty schools, a finished, a running and a coming procedure.

Everything is made from a moment: who has handed in and what follows from it is the same each time.
The demonstration school, where there is one, takes part with its own journal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.audit import Origin
from journal.core.clock import end_of_day, local_date
from journal.core.files import FileStore
from journal.core.tenancy import across
from journal.exchange.demo_data import made_content
from journal.exchange.demo_papers import PAPERS, publish_papers
from journal.exchange.demo_schools import ZONE, drawn_person, made_school, waiting_school
from journal.exchange.forms import MP1, Form
from journal.exchange.forms.vpr import VPR
from journal.exchange.models import (
    Attempt,
    Draft,
    Participation,
    Procedure,
    Submission,
)
from journal.exchange.storage import content_text
from journal.exchange.summing import summary_text, summed
from journal.office.setup.founding import Founded, found_organisation
from journal.people.names import person_names

CODE = "REGION"
SCHOOLS = 40
_TITLES = {
    "MP-ATT": "Областной мониторинг посещаемости",
    "VPR-RES": "Сбор результатов проверочных работ",
}
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Region:
    """What was made: the centre with its operator, the first school with its coordinator."""

    centre: Founded
    first: Founded
    schools: tuple[int, ...]


def make_region(
    session: Session,
    *,
    now: datetime,
    origin: Origin,
    own_school: int | None = None,
    schools: int = SCHOOLS,
    store: FileStore | None = None,
) -> Region:
    """Write it; the caller commits. `own_school` joins the running procedure with its journal.
    `store` keeps the files of the publications; without one they have none."""
    rng = Random(f"{CODE} {local_date(now, ZONE)}")
    with across(session, "a demonstration region"):
        centre = _centre(session, rng, origin, now)
        made = [
            made_school(session, rng, centre.organisation_id, number, origin, now)
            for number in range(1, schools + 1)
        ]
        waiting_school(session, rng, centre.organisation_id, schools + 1, now)
        own = [own_school] if own_school is not None else []
        taking_part = made[: schools - len(own)]
        _procedures(session, rng, centre.organisation_id, taking_part, own, store, now)
    return Region(centre, made[0], (*(one.organisation_id for one in made), *own))


def _centre(session: Session, rng: Random, origin: Origin, now: datetime) -> Founded:
    facts = {
        "kind": "regional_centre",
        "code": CODE,
        "full_name": "Региональный центр мониторинга и оценки качества образования",
        "short_name": "Центр мониторинга",
        "time_zone": ZONE,
        "address": "г. Зеленоборск, ул. Школьная, д. 1",
        "phone": "+7 000 100-00-48",
        "email": "centre@region.example.org",
        "website": "https://region.example.org",
        "support_contact": "+7 000 100-00-49, support@region.example.org",
    }
    first = drawn_person(rng, "Региональный оператор", Role.REGIONAL_OPERATOR)
    return found_organisation(session, facts, first, origin=origin, now=now)


def _procedures(
    session: Session,
    rng: Random,
    centre: int,
    schools: Sequence[Founded],
    own: Sequence[int],
    store: FileStore | None,
    now: datetime,
) -> None:
    today = local_date(now, ZONE)
    first = today.year if today.month >= 8 else today.year - 1
    year, before = f"{first}-{first + 1}", f"{first - 1}-{first}"
    finished = _procedure(session, centre, MP1, before, "YEAR", _window(today, -120, -90), now)
    running = _procedure(session, centre, MP1, year, "H1", _window(today, -9, 12), now)
    coming = _procedure(session, centre, VPR, year, "ALL", _window(today, 30, 51), now)
    for papers, about in zip(PAPERS, (finished, running, coming, None), strict=True):
        publish_papers(session, centre, papers, procedure=about, store=store, now=now)
    _sent(session, rng, (finished, running), schools, now)
    for school in own:
        session.add(Participation(procedure_id=running.id, organisation_id=school))
    for school in [*(one.organisation_id for one in schools), *own]:
        session.add(Participation(procedure_id=coming.id, organisation_id=school))
    session.flush()


def _sent(
    session: Session,
    rng: Random,
    procedures: tuple[Procedure, Procedure],
    schools: Sequence[Founded],
    now: datetime,
) -> None:
    """Everybody has handed in to the finished procedure; the running one is under way."""
    finished, running = procedures
    names = person_names(session, {one.person_id for one in schools})
    for place, one in enumerate(schools):
        school = _Sender(one.organisation_id, names[one.person_id])
        last = finished.closes_before - timedelta(days=3)
        _submitted(session, rng, finished, school, _by_day(rng, last))
        _begun(session, rng, running, school, place, now)


def _by_day(rng: Random, moment: datetime) -> datetime:
    """That moment or the one before it at which people work."""
    day = moment.replace(hour=rng.randint(8, 13), minute=rng.randint(0, 59))
    return day if day <= moment else day - timedelta(days=1)


def _window(today: date, first: int, last: int) -> tuple[datetime, datetime]:
    day = timedelta(days=1)
    opens = end_of_day(today + (first - 1) * day, ZONE)
    return opens, end_of_day(today + last * day, ZONE)


def _procedure(
    session: Session,
    centre: int,
    form: Form,
    year: str,
    period: str,
    window: tuple[datetime, datetime],
    now: datetime,
) -> Procedure:
    row = Procedure(
        centre_id=centre,
        title=f"{_TITLES[form.schema]}, {form.period_names[period]} {year}",
        year=year,
        period=period,
        form_schema=form.schema,
        form_version=form.version,
        thresholds=json.dumps(dict(form.thresholds), sort_keys=True),
        mandatory=form is MP1,
        opens_at=window[0],
        closes_before=window[1],
    )
    row.opened_at = row.created_at = min(now, window[0])
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class _Sender:
    """A school and its coordinator by name."""

    organisation_id: int
    name: str


def _begun(
    session: Session, rng: Random, procedure: Procedure, school: _Sender, place: int, now: datetime
) -> None:
    """Half have handed in, a quarter is filling, a quarter has not begun."""
    if place % 4 in (0, 1):
        moment = procedure.opens_at + (now - procedure.opens_at) * (0.2 + 0.7 * rng.random())
        _submitted(session, rng, procedure, school, _by_day(rng, moment))
        return
    row = Participation(procedure_id=procedure.id, organisation_id=school.organisation_id)
    session.add(row)
    if place % 4 == 2:
        row.begun_at = _by_day(rng, now - timedelta(hours=rng.randint(2, 90)))
        session.flush()
        text = content_text(made_content(rng, ("H1",)))
        _table(session, row, text, row.begun_at + timedelta(minutes=20))


def _table(session: Session, part: Participation, text: str, saved_at: datetime) -> None:
    """The on-line table as it was saved last."""
    saved = {"content": text, "version": 3, "saved_at": saved_at, "saved_by": 0}
    own = {"participation_id": part.id, "organisation_id": part.organisation_id}
    session.add(Draft(**saved, **own))


def _submitted(
    session: Session, rng: Random, procedure: Procedure, school: _Sender, moment: datetime
) -> None:
    row = Participation(procedure_id=procedure.id, organisation_id=school.organisation_id)
    row.begun_at, row.submitted_at = moment - timedelta(hours=3), moment
    session.add(row)
    session.flush()
    content = made_content(rng, (procedure.period,))
    text = content_text(content)
    _table(session, row, text, moment - timedelta(minutes=2))
    sums = summed(MP1, procedure.period, content, MP1.thresholds)
    own = {"participation_id": row.id, "organisation_id": school.organisation_id}
    told = {"content": text, "findings": "[]"}
    times = {"confirmed_at": moment, "received_at": moment, "processed_at": moment + 5 * SECOND}
    sent = {"kind": "table", "state": "accepted", "account_id": 0, "sender": school.name}
    attempt = Attempt(**sent, **times, **told, **own)
    session.add(attempt)
    session.flush()
    form = {"form_schema": procedure.form_schema, "form_version": procedure.form_version}
    version = {"number": 1, "attempt_id": attempt.id, "accepted_at": moment + 5 * SECOND}
    session.add(Submission(summary=summary_text(sums), **version, **form, **told, **own))
