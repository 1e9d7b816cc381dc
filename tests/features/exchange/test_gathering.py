"""The sums that are kept are those one would add up, and what changes them makes them due."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from journal.core.tenancy import across
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1
from journal.exchange.gathering import (
    Gathered,
    gather_due,
    gathered,
    integrated_base,
    sums_are_due,
    sums_of_base,
    sums_of_procedure,
)
from journal.exchange.kept_sums import KeptSums
from journal.exchange.models import Participation, Submission
from journal.exchange.queries import ProcedureCard, procedure_card
from journal.exchange.queries.base import Handed
from journal.exchange.service import centre
from journal.jobs.runner import Runner
from journal.people.models import Organisation
from journal.people.queries import OrganisationCard
from tests.cabinets.region.test_costs import _handed_in as hand_in_again
from tests.cabinets.region.test_results import hand_in
from tests.cast import NOW, Cast
from tests.features.exchange.region import OPENS, Region, opened, plan, region

DAY = timedelta(days=1)
YEARS = ("2025-2026", "2026-2027")


def card_of(number: int) -> ProcedureCard:
    """Four procedures, two of each year."""
    return ProcedureCard(
        id=number,
        centre_id=1,
        title=f"Процедура {number}",
        description="",
        year=YEARS[number // 2],
        period="YEAR",
        form_schema=MP1.schema,
        form_version=MP1.version,
        thresholds=MP1.thresholds,
        mandatory=True,
        opens_at=NOW + number % 2 * DAY,
        closes_before=NOW + 9 * DAY,
        opened_at=NOW,
        zone="Europe/Moscow",
    )


SUMS = st.dictionaries(
    st.sampled_from(["A", "B"]),
    st.dictionaries(st.integers(1, 3), st.fixed_dictionaries({"L": st.integers(0, 9)}), max_size=3),
)


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(1, 5)), SUMS, max_size=12))
def test_everything_adds_up(of_schools: dict[tuple[int, int], Any]) -> None:
    handed = [
        Handed(card_of(p), OrganisationCard(s, str(s), "", "", f"Район {s % 2}", ""), 1, NOW, sums)
        for (p, s), sums in of_schools.items()
    ]
    found = gathered(handed)
    for sheet in ("A", "B"):
        for number in range(4):
            own = {s: x[sheet] for (p, s), x in of_schools.items() if p == number and sheet in x}
            later = {
                s
                for (p, s), x in of_schools.items()
                if sheet in x and p > number and p // 2 == number // 2
            }
            for latest in (False, True):
                counting = {s: x for s, x in own.items() if not (latest and s in later)}
                rows = [
                    one
                    for one in found
                    if (one.card.id, one.sheet, one.latest) == (number, sheet, latest)
                ]
                assert sorted(
                    (one.place or "", one.schools, one.whole.get("L", 0)) for one in rows
                ) == sorted(_expected(counting))
                for one in rows:
                    assert one.whole.get("L", 0) == sum(s.get("L", 0) for s in one.sums.values())


def _expected(counting: dict[int, dict[int, dict[str, int]]]) -> list[tuple[str, int, int]]:
    places: dict[str, list[int]] = {}
    for school, by_grade in counting.items():
        total = sum(sums["L"] for sums in by_grade.values())
        for place in ("", f"Район {school % 2}"):
            places.setdefault(place, []).append(total)
    return [(place, len(totals), sum(totals)) for place, totals in places.items()]


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    return region(db_session, cast)


def seen(session: Session, ids: list[int]) -> list[Any]:
    """Everything readers get, whether it is kept or not."""
    cards = [procedure_card(session, one) for one in ids]
    place = session.scalar(select(func.max(Organisation.municipality))) or ""
    base = integrated_base(session, cards)
    found: list[Any] = [one.id for one in base.cards]
    for card in cards:
        found.append(sorted(map(_plain, sums_of_procedure(session, card, place)), key=str))
    for places in (False, True):
        rows = [_plain(one)[:-1] for one in sums_of_base(session, base, H1, places=places)]
        found.append(sorted(rows, key=str))
    return found


def _plain(one: Gathered) -> tuple[Any, ...]:
    sums = {grade: dict(row) for grade, row in one.sums.items()}
    return (one.card.id, one.sheet, one.place, one.schools, dict(one.whole), sums)


def test_whatever_changes_the_sums_makes_them_due(here: Region) -> None:
    """What is read is the same before and after it is kept."""
    first, second = opened(here), opened(here, opens_at=OPENS + DAY)
    session, ids = here.session, [first, second]

    def settled(change: str) -> list[Any]:
        with across(session, "sums of the region"):
            assert sums_are_due(session), change
            before = seen(session, ids)
            gather_due(session)
            assert not sums_are_due(session)
            assert seen(session, ids) == before, change
        return before

    hand_in(here, first, R=1)
    one = settled("a version")
    hand_in(here, second, R=2)
    two = settled("a version of another procedure of the year")
    assert one != two
    with across(session, "a second version"):
        row = session.scalars(select(Submission).order_by(Submission.id)).all()[-1]
        part = session.get_one(Participation, row.participation_id)
        hand_in_again(session, part, row, row.number + 1)
        session.flush()
    settled("a second version")
    with across(session, "a school moves"):
        session.get_one(Organisation, here.school).municipality = "Другой район"
        session.flush()
    assert settled("another municipality") != two
    with across(session, "a Core update"):
        session.execute(
            update(Organisation).where(Organisation.id == here.school).values(municipality=None)
        )
    settled("no municipality")
    centre.change_procedure(
        here.as_(here.operator), here.operator, first, plan(opens_at=OPENS + 2 * DAY), now=NOW
    )
    settled("another order of procedures")
    with across(session, "versions go"):
        session.execute(delete(Submission))
    assert settled("no versions")[0] == []
    assert session.scalar(select(func.count()).select_from(KeptSums)) == 0


def test_the_server_adds_up_what_is_due(app: Flask, here: Region) -> None:
    first = opened(here)
    hand_in(here, first, R=1)
    here.session.commit()
    runner = Runner(app)
    runner.add_up()
    assert sums_are_due(here.session)  # who does not hold the lease does nothing
    here.session.rollback()
    runner.beat()
    runner.add_up()
    assert not sums_are_due(here.session)
    assert here.session.scalar(select(func.count()).select_from(KeptSums))
