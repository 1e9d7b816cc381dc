"""An open procedure of both schools, and browsers of the people of the region."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.tenancy import bind
from journal.exchange.service import centre
from tests.cast import NOW, Cast
from tests.conftest import Client, SignIn
from tests.features.exchange.region import Region, plan, region

Enter = Callable[[Actor], Client]


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    found = region(db_session, cast)
    bind(db_session, {cast.school})
    db_session.commit()
    return found


def opened(here: Region, **changes: Any) -> int:
    """An open procedure of both schools, committed."""
    session, operator = here.as_(here.operator), here.operator
    procedure_id = centre.create_procedure(session, operator, plan(**changes), now=NOW)
    schools = [here.school, here.foreign_school]
    centre.set_audience(session, operator, procedure_id, schools, now=NOW)
    centre.open_procedure(session, operator, procedure_id, now=NOW)
    session.commit()
    bind(session, {here.school})
    return procedure_id


@pytest.fixture
def enter(sign_in: SignIn) -> Enter:
    """`enter(here.coordinator)`: a browser in which he is signed in."""
    return lambda actor: sign_in(actor.account_id)
