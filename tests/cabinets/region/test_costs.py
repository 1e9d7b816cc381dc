"""What the pages of a region cost: the same statements whatever has been handed in."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.exchange.models import Attempt, Delegation, Participation, Publication, Submission
from tests.cabinets.monitoring.conftest import Enter, opened
from tests.cabinets.region.test_results import hand_in
from tests.cast import NOW, Cast
from tests.conftest import Client
from tests.counting import counted
from tests.factories import SchoolBuilder
from tests.features.exchange.region import CLOSES, Region
from tests.pages.growth import grow

# The most statements of a page; who is signed in is one of them.
OPERATOR = {
    "/centre/monitoring": 5,
    "/centre/monitoring/{id}": 9,
    "/centre/monitoring/{id}/statistics": 5,
    "/centre/monitoring/{id}/participants": 7,
    "/centre/monitoring/{id}/participants/{school}": 7,
    "/centre/monitoring/{id}/schools": 6,
    "/centre/monitoring/{id}/export": 6,
    "/centre/monitoring/{id}/results": 5,
    "/centre/monitoring/{id}/results.pdf": 6,
    "/centre/monitoring/base": 6,
    "/centre/monitoring/base?by=school&letter=R": 6,
    "/centre/monitoring/publications": 6,
}
COORDINATOR = {
    "/monitoring": 6,
    "/monitoring/past": 6,
    "/monitoring/{id}": 15,
    "/monitoring/{id}/table": 11,
    "/monitoring/{id}/journal": 6,
    "/monitoring/{id}/report": 5,
    "/monitoring/{id}/results": 8,  # 7 once the sums are kept
    "/monitoring/organisation": 3,
}
Costs = dict[str, int]


def costs(app: Flask, client: Client, paths: Costs, here: Region, procedure_id: int) -> Costs:
    found = {}
    for path in paths:
        address = path.format(id=procedure_id, school=here.school)
        assert client.get(address).status_code == 200, address  # sizes of templates are kept
        with counted(app) as seen:
            client.get(address)
        found[path] = len(seen)
    return found


def more_schools(session: Session, procedure_id: int, count: int = 30) -> None:
    """So many schools that have handed in."""
    with across(session, "many schools"):
        one = session.scalars(select(Submission)).first()
        assert one is not None
        for number in range(count):
            school = SchoolBuilder(session, code=f"9{number}", name=f"Школа {number}")
            part = Participation(
                procedure_id=procedure_id,
                organisation_id=school.organisation.id,
                begun_at=NOW,
                submitted_at=NOW,
            )
            session.add(part)
            session.flush()
            _handed_in(session, part, one)
        session.commit()


def _handed_in(session: Session, part: Participation, one: Submission, number: int = 1) -> None:
    own = {"participation_id": part.id, "organisation_id": part.organisation_id}
    times = {"confirmed_at": NOW, "received_at": NOW, "processed_at": NOW}
    who = {"account_id": 1, "sender": "Координатор"}
    attempt = Attempt(kind="table", state="accepted", findings="[]", **own, **times, **who)
    session.add(attempt)
    session.flush()
    session.add(
        Submission(
            attempt_id=attempt.id,
            number=number,
            form_schema=one.form_schema,
            form_version=one.form_version,
            content=one.content,
            summary=one.summary,
            findings="[]",
            accepted_at=NOW,
            **own,
        )
    )


def more_history(session: Session, here: Region, procedure_id: int) -> None:
    """The school has sent ten times, passed the work on five times; the centre published much."""
    with across(session, "much of everything"):
        one = session.scalars(select(Submission)).first()
        mine = {"procedure_id": procedure_id, "organisation_id": here.school}
        part = session.scalars(select(Participation).filter_by(**mine)).one()
        assert one is not None
        for number in range(2, 12):
            _handed_in(session, part, one, number)
        own = {"participation_id": part.id, "organisation_id": here.school}
        for _ in range(5):
            who = {"person_id": here.coordinator.current.person_id, "appointed_by": 1}
            session.add(Delegation(starts_at=NOW, ends_at=NOW, **who, **own))
        for number in range(10):
            words = {"title": f"Приказ {number}", "text": "О проведении", "release_at": NOW}
            about = procedure_id if number % 2 else None
            session.add(Publication(centre_id=here.centre, procedure_id=about, **words))
        session.commit()


def test_the_centres_pages_cost_the_same_whatever_was_handed_in(
    app: Flask, here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.operator)
    hand_in(here, procedure_id, R=1)
    before = costs(app, client, OPERATOR, here, procedure_id)
    assert {path: n for path, n in before.items() if n > OPERATOR[path]} == {}
    more_schools(db_session, procedure_id)
    more_history(db_session, here, procedure_id)
    assert costs(app, client, OPERATOR, here, procedure_id) == before


def test_the_coordinators_pages_cost_the_same_whatever_the_school(
    app: Flask, here: Region, enter: Enter, db_session: Session, cast: Cast
) -> None:
    procedure_id, client = opened(here), enter(here.coordinator)
    hand_in(here, procedure_id, R=1)
    app.config["CLOCK"] = lambda: CLOSES  # the results are there
    before = costs(app, client, COORDINATOR, here, procedure_id)
    assert {path: n for path, n in before.items() if n > COORDINATOR[path]} == {}
    more_schools(db_session, procedure_id)
    more_history(db_session, here, procedure_id)
    grow(db_session, cast)
    assert costs(app, client, COORDINATOR, here, procedure_id) == before


def test_the_list_of_participants_has_pages(
    here: Region, enter: Enter, db_session: Session
) -> None:
    procedure_id, client = opened(here), enter(here.operator)
    hand_in(here, procedure_id, R=1)
    more_schools(db_session, procedure_id, 110)
    url = f"/centre/monitoring/{procedure_id}/participants"
    texts = [client.get(f"{url}?page={n}").get_data(as_text=True) for n in (1, 2, 3, 99)]
    assert [text.count('name="school"') for text in texts] == [50, 50, 12, 12]
    one = client.get(f"{url}?state=not_begun").get_data(as_text=True)
    assert one.count('name="school"') == 1 and "Школа № 5" in one
    assert client.get(f"/centre/monitoring/{procedure_id}/statistics").json == {
        "total": 112,
        "not_begun": 1,
        "filling": 0,
        "submitted": 111,
    }
