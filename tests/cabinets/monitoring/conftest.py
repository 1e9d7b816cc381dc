"""An open procedure of both schools, and browsers of the people of the region."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.tenancy import bind
from journal.jobs import monitoring
from tests.cast import NOW, Cast
from tests.conftest import Client, SignIn
from tests.exchange.filled import LETTERS
from tests.features.exchange.region import Region, region
from tests.features.exchange.region import opened as region_procedure

Enter = Callable[[Actor], Client]
ROW = dict.fromkeys(LETTERS, 0) | {"E": 2, "K": 10, "L": 20, "R": 1, "AA": 1}
XLS = "МП-1.xls"


@pytest.fixture(autouse=True)
def at_the_cast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs read a clock of their own: it stands at the moment of the cast."""
    monkeypatch.setattr(monitoring, "utc_now", lambda: NOW)


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    found = region(db_session, cast)
    bind(db_session, {cast.school})
    db_session.commit()
    return found


def opened(here: Region, **changes: Any) -> int:
    """An open procedure of both schools, committed."""
    procedure_id = region_procedure(here, **changes)
    here.session.commit()
    bind(here.session, {here.school})
    return procedure_id


@pytest.fixture
def enter(sign_in: SignIn) -> Enter:
    """`enter(here.coordinator)`: a browser in which he is signed in."""
    return lambda actor: sign_in(actor.account_id)


def cells(**changes: Any) -> dict[str, str]:
    """The fields of the first row of the table."""
    return {f"c-0-{letter}": str(value) for letter, value in {**ROW, **changes}.items()}


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return str(answer.get_data(as_text=True))


def upload(client: Client, procedure_id: int, data: bytes, **fields: Any) -> Any:
    body = {"file": (io.BytesIO(data), XLS), "confirmed": "y", **fields}
    form = {name: value for name, value in body.items() if value is not None}
    url = f"/monitoring/{procedure_id}/upload"
    return client.post(url, data=form, content_type="multipart/form-data")
