"""«Список участников»: its pages, whichever end they are reached from, are one list."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from journal.core.tenancy import across, bind
from journal.exchange.queries import lists, own_procedure, participants, statistics_of
from journal.exchange.rules import Progress
from journal.exchange.service import centre
from journal.people.models import Organisation
from tests.cast import NOW, Cast
from tests.features.exchange.region import plan, region


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_pages_make_up_the_list(
    db_session: Session, cast: Cast, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PARTICIPANTS", size)
    here = region(db_session, cast)
    session, operator = here.as_(here.operator), here.operator
    with across(session, "the schools of the test"):
        made = [
            Organisation(code=f"9{n}", full_name=name, short_name=name, municipality="Ясный район")
            for n, name in enumerate(("Школа № 9", "Лицей № 2", "Ёлкинская школа", "Гимназия"))
        ]
        session.add_all(made)
        session.flush()
    schools = [here.school, here.foreign_school, *(one.id for one in made)]
    bind(session, {here.centre})
    procedure_id = centre.create_procedure(session, operator, plan(), now=NOW)
    centre.set_audience(session, operator, procedure_id, schools, now=NOW)
    card = own_procedure(session, operator, procedure_id)
    whole = [one.organisation_id for one in participants(session, card)]
    counted = statistics_of(session, card)
    assert len(whole) == counted.total == 6
    for state, expected in ((None, whole), (Progress.NOT_BEGUN, whole), (Progress.SUBMITTED, [])):
        found, number = [], 1
        while True:
            page = lists.participants_page(session, card, counted, state=state, number=number)
            found += [one.organisation_id for one in page.rows]
            if number == page.pages:
                break
            number += 1
        assert found == expected
