"""The numbers the database keeps are those one would count, whatever is done to rows of schools."""

from __future__ import annotations

from collections import Counter
from dataclasses import astuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.exchange.models import Participation, Procedure
from journal.exchange.queries import procedure_card, statistics_of
from journal.exchange.rules import Progress, Request, progress_of, takes_part
from journal.exchange.service import centre
from tests.cast import NOW, Cast
from tests.factories import SchoolBuilder
from tests.features.exchange.region import Region, plan, region

MOMENT = st.sampled_from([None, NOW])
STANDS = st.fixed_dictionaries(
    {
        "request": st.sampled_from([one.value for one in Request]),
        "begun_at": MOMENT,
        "submitted_at": MOMENT,
    }
)
PLACE = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), PLACE, st.integers(0, 1), STANDS),
        st.tuples(st.just("change"), PLACE, st.integers(0, 1), STANDS),
        st.tuples(st.just("drop"), PLACE, st.integers(0, 1), st.just({})),
        st.tuples(st.just("all"), PLACE, st.integers(0, 1), STANDS),
        st.tuples(st.just("undone"), PLACE, st.integers(0, 1), STANDS),
    ),
    max_size=14,
)


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    return region(db_session, cast)


@pytest.fixture
def ground(here: Region) -> tuple[list[int], list[int]]:
    """Two procedures, a mandatory and a voluntary one; four schools."""
    session = here.as_(here.operator)
    procedures = [
        centre.create_procedure(session, here.operator, plan(mandatory=one), now=NOW)
        for one in (True, False)
    ]
    with across(session, "schools of the region"):
        made = [SchoolBuilder(session, code=f"77{n}", name=f"Школа {n}") for n in range(4)]
        session.flush()
    return procedures, [one.organisation.id for one in made]


def counted(session: Session, procedure_id: int) -> tuple[int, ...]:
    """As the rules count, row by row."""
    card = procedure_card(session, procedure_id)
    columns = (Participation.request, Participation.begun_at, Participation.submitted_at)
    rows = session.execute(select(*columns).where(Participation.procedure_id == procedure_id))
    found = Counter(
        progress_of(begun, sent)
        for request, begun, sent in rows
        if takes_part(card.mandatory, Request(request))
    )
    return tuple(found[one] for one in Progress)


def step(session: Session, what: str, whose: dict[str, int], stands: dict[str, object]) -> None:
    own = [getattr(Participation, name) == value for name, value in whose.items()]
    there = session.scalar(select(Participation.id).where(*own))
    if what in ("put", "undone") and there is None:
        with session.begin_nested() as inner:
            session.add(Participation(**whose, **stands))
            session.flush()
            if what == "undone":
                inner.rollback()
    elif what == "change":
        session.execute(update(Participation).where(*own).values(stands))
    elif what == "all":
        session.execute(update(Participation).where(own[0]).values(stands))
    elif what == "drop":
        session.execute(delete(Participation).where(*own))
    session.flush()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_numbers_kept_are_the_numbers_counted(
    here: Region, ground: tuple[list[int], list[int]], steps: list[tuple[str, int, int, object]]
) -> None:
    session, (procedures, schools) = here.session, ground
    with across(session, "rows of every school"), session.begin_nested() as all_steps:
        for what, place, which, stands in steps:
            whose = {"procedure_id": procedures[which], "organisation_id": schools[place]}
            step(session, what, whose, stands)  # type: ignore[arg-type]
            for one in procedures:
                kept = astuple(statistics_of(session, procedure_card(session, one)))
                assert kept == counted(session, one)
        all_steps.rollback()


def test_a_row_moved_to_another_procedure_moves_its_number(
    here: Region, ground: tuple[list[int], list[int]]
) -> None:
    session, (procedures, schools) = here.session, ground
    with across(session, "a row of a school"):
        voluntary = session.get_one(Procedure, procedures[1])
        row = Participation(
            procedure_id=procedures[0], organisation_id=schools[0], request="approved"
        )
        session.add(row)
        session.flush()
        row.procedure_id = voluntary.id
        session.flush()
        found = [astuple(statistics_of(session, procedure_card(session, o))) for o in procedures]
    assert found == [(0, 0, 0), (1, 0, 0)]
