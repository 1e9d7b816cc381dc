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
from journal.core.tenancy import across
from journal.demo.names import draw_adult
from journal.exchange.demo_data import made_content
from journal.exchange.forms import MP1, Form
from journal.exchange.forms.vpr import VPR
from journal.exchange.models import (
    Attempt,
    Draft,
    Participation,
    Procedure,
    Publication,
    Submission,
)
from journal.exchange.storage import content_text
from journal.exchange.summing import summary_text, summed
from journal.office.setup.founding import FirstPerson, Founded, found_organisation

ZONE = "Europe/Moscow"
CODE = "REGION"
SCHOOLS = 40
_TITLES = {
    "MP-ATT": "Областной мониторинг посещаемости",
    "VPR-RES": "Сбор результатов проверочных работ",
}
MUNICIPALITIES = (
    "г. Зеленоборск",
    "Заречный район",
    "Лесной район",
    "Озёрский район",
    "Степной район",
)
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
) -> Region:
    """Write it; the caller commits. `own_school` joins the running procedure with its journal."""
    rng = Random(f"{CODE} {local_date(now, ZONE)}")
    with across(session, "a demonstration region"):
        centre = _centre(session, rng, origin, now)
        made = [_school(session, rng, number, origin, now) for number in range(1, schools + 1)]
        ids = [one.organisation_id for one in made]
        own = [own_school] if own_school is not None else []
        _procedures(session, rng, centre.organisation_id, ids[: schools - len(own)], own, now)
    return Region(centre, made[0], (*ids, *own))


def _centre(session: Session, rng: Random, origin: Origin, now: datetime) -> Founded:
    facts = {
        "kind": "regional_centre",
        "code": CODE,
        "full_name": "Региональный центр мониторинга и оценки качества образования",
        "short_name": "Центр мониторинга",
        "time_zone": ZONE,
    }
    first = _person(rng, "Региональный оператор", Role.REGIONAL_OPERATOR)
    return found_organisation(session, facts, first, origin=origin, now=now)


def _person(rng: Random, position: str, role: Role) -> FirstPerson:
    name = draw_adult(rng, rng.choice("mf"))
    return FirstPerson(
        surname=name.surname,
        given_name=name.given_name,
        patronymic=name.patronymic,
        position=position,
        role=role,
    )


def _school(session: Session, rng: Random, number: int, origin: Origin, now: datetime) -> Founded:
    kind = rng.choice(("СОШ", "СОШ", "СОШ", "ООШ", "лицей", "гимназия"))
    name, place = f"МБОУ {kind} № {number + 10}", MUNICIPALITIES[number % len(MUNICIPALITIES)]
    facts = {
        "kind": "school",
        "code": f"48{number:04d}",
        "full_name": f"{name}, {place}",
        "short_name": name,
        "municipality": place,
        "time_zone": ZONE,
    }
    first = _person(rng, "Заместитель директора", Role.MONITORING_COORDINATOR)
    return found_organisation(session, facts, first, origin=origin, now=now)


def _procedures(
    session: Session,
    rng: Random,
    centre: int,
    schools: Sequence[int],
    own: Sequence[int],
    now: datetime,
) -> None:
    today = local_date(now, ZONE)
    first = today.year if today.month >= 8 else today.year - 1
    year, before = f"{first}-{first + 1}", f"{first - 1}-{first}"
    finished = _procedure(session, centre, MP1, before, "YEAR", _window(today, -120, -90), now)
    running = _procedure(session, centre, MP1, year, "H1", _window(today, -9, 12), now)
    coming = _procedure(session, centre, VPR, year, "ALL", _window(today, 30, 51), now)
    for place, school in enumerate(schools):
        _submitted(session, rng, finished, school, finished.closes_before - timedelta(days=3))
        _begun(session, rng, running, school, place, now)
    for school in own:
        session.add(Participation(procedure_id=running.id, organisation_id=school))
    for school in [*schools, *own]:
        session.add(Participation(procedure_id=coming.id, organisation_id=school))
    _publications(session, centre, running.id, now)
    session.flush()


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


def _begun(
    session: Session, rng: Random, procedure: Procedure, school: int, place: int, now: datetime
) -> None:
    """Half have handed in, a quarter is filling, a quarter has not begun."""
    if place % 4 in (0, 1):
        moment = procedure.opens_at + (now - procedure.opens_at) * (0.2 + 0.7 * rng.random())
        _submitted(session, rng, procedure, school, moment)
        return
    row = Participation(procedure_id=procedure.id, organisation_id=school)
    session.add(row)
    if place % 4 == 2:
        row.begun_at = now - timedelta(hours=rng.randint(2, 90))
        session.flush()
        content = made_content(rng, ("H1",))
        session.add(
            Draft(
                participation_id=row.id,
                organisation_id=school,
                content=content_text(content),
                version=3,
                saved_at=row.begun_at + timedelta(minutes=20),
                saved_by=0,
            )
        )


def _submitted(
    session: Session, rng: Random, procedure: Procedure, school: int, moment: datetime
) -> None:
    row = Participation(procedure_id=procedure.id, organisation_id=school)
    row.begun_at, row.submitted_at = moment - timedelta(hours=3), moment
    session.add(row)
    session.flush()
    content = made_content(rng, (procedure.period,))
    text = content_text(content)
    sums = summed(MP1, procedure.period, content, MP1.thresholds)
    own = {"participation_id": row.id, "organisation_id": school}
    told = {"content": text, "findings": "[]"}
    times = {"confirmed_at": moment, "received_at": moment, "processed_at": moment + 5 * SECOND}
    sent = {"kind": "table", "state": "accepted", "account_id": 0, "sender": "Координатор"}
    attempt = Attempt(**sent, **times, **told, **own)
    session.add(attempt)
    session.flush()
    form = {"form_schema": procedure.form_schema, "form_version": procedure.form_version}
    version = {"number": 1, "attempt_id": attempt.id, "accepted_at": moment + 5 * SECOND}
    session.add(Submission(summary=summary_text(sums), **version, **form, **told, **own))


def _publications(session: Session, centre: int, procedure_id: int, now: datetime) -> None:
    texts = (
        (procedure_id, 8, "О проведении мониторинга посещаемости за I полугодие", _ORDER),
        (procedure_id, 2, "Ответы на частые вопросы о графах 13 и 14", _ANSWERS),
        (None, 40, "План-график мониторингов на учебный год", _PLAN),
    )
    for procedure, days, title, text in texts:
        release = now - timedelta(days=days)
        facts = {"title": title, "text": text, "release_at": release}
        session.add(Publication(centre_id=centre, procedure_id=procedure, **facts))


_ORDER = (
    "Данные вносит ответственный школы до конца сбора. Заполнить можно таблицу в кабинете или файл "
    "по шаблону: способ один на выбор, считается последняя переданная версия."
)
_ANSWERS = (
    "Графа 13: не состоявшиеся ученико-уроки, то есть отменённые, карантин, актированные дни.\n"
    "Графа 14: освобождённые от посещения по приказу. Присутствующий на физкультуре без практики "
    "остаётся в графе 15."
)
_PLAN = "Посещаемость собирают дважды в год, результаты проверочных работ – весной."
