"""The page of a class proposes what the pages of its courses do, until the teacher has decided."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from tests.cabinets.results.conftest import mark_of, marked, open_days
from tests.cast import Cast
from tests.conftest import Client, Login

__all__ = ["marked", "open_days"]

OFFER = re.compile(r'class="link offer[^"]*"[^>]* href="([^"]+)"[^>]*>\s*([^<]+?)\s*</a>')


def offers(browser: Client, address: str) -> dict[str, str]:
    """What is proposed there, by the address of its explanation."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return dict(OFFER.findall(answer.text))


def test_the_class_sees_what_is_proposed(
    cast: Cast, login: Login, db_session: Session, marked: None
) -> None:
    keeper = login("class_teacher")
    page = f"/results/classes/{cast.classes['own']}?at=quarter-2"
    course = f"/results/courses/{cast.courses['own']}"
    proposed = offers(keeper, page)
    pupil, classmate = (
        f"{course}/proposal/{cast.pupils[name]}?at=quarter-2" for name in ("pupil", "classmate")
    )
    assert (proposed[pupil], proposed[classmate]) == ("5", "3")
    shown = offers(keeper, f"{course}?at=quarter-2")
    mine = {key: value for key, value in proposed.items() if key.startswith(f"{course}/")}
    assert mine == {key: value for key, value in shown.items() if value != "нет"}
    for address in proposed:
        assert keeper.get(address).status_code == 200
    assert "Пунктир" in keeper.get(page).text
    mark_of(cast, db_session, "pupil", "5")
    assert pupil not in offers(keeper, page)


def test_nothing_is_proposed_before_a_term(cast: Cast, login: Login, marked: None) -> None:
    keeper = login("class_teacher")
    for place in ("quarter-3", "year"):
        page = f"/results/classes/{cast.classes['own']}?at={place}"
        assert offers(keeper, page) == {}
    assert "предложения появятся" in keeper.get(page.replace("year", "quarter-3")).text
