"""Who is known to be excused stands in the journal before the lesson is taken, as no entry."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.attendance.models import Excuse, Exemption
from journal.register.rules.facts import AbsenceFacts, Announced, Facts, LessonFacts
from journal.register.rules.known import known_cells
from journal.school.rules import Span
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Client
from tests.features.register.conftest import operation, save

TOMORROW = TODAY + timedelta(days=1)


def excuse(cast: Cast, session: Session, **facts: Any) -> None:
    plain: dict[str, Any] = {
        "organisation_id": cast.school,
        "pupil_id": cast.pupils["pupil"],
        "starts_on": TODAY,
        "ends_before": date(2026, 11, 24),
        "code": "b",
        "text": "ОРВИ",
        "submitted_by": cast["parent"].person_id,
        "submitted_at": NOW,
        "status": "confirmed",
    }
    session.add(Excuse(**(plain | facts)))
    session.commit()


def known(client: Client, cast: Cast) -> dict[str, Any]:
    """What the page's facts say, by «lesson:pupil»."""
    page = client.get(f"/journal/{cast.courses['own']}").text
    found = re.search(r'id="journal-data"[^>]*>(.*?)</script>', page)
    assert found
    return dict(json.loads(found[1])["known"])


def test_confirmed_and_announced_look_different(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    excuse(cast, db_session)
    excuse(cast, db_session, pupil_id=cast.pupils["third"], code="u", status="submitted")
    excuse(cast, db_session, pupil_id=cast.pupils["classmate"], status="refused")
    today, ahead = cast.lessons["own"], cast.lessons["future"]
    pupil, third = cast.pupils["pupil"], cast.pupils["third"]
    assert known(teacher, cast) == {
        f"{today}:{pupil}": ["b", True],
        f"{ahead}:{pupil}": ["b", True],
        f"{today}:{third}": ["u", False],
        f"{ahead}:{third}": ["u", False],
    }
    page = teacher.get(f"/journal/{cast.courses['own']}").text
    assert page.count('title="оправдан: болезнь"') == 2
    assert page.count('title="сообщила семья, не подтверждено: уважительная причина"') == 2


def test_what_is_taken_or_entered_says_itself(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    excuse(cast, db_session)
    lesson, pupil = cast.lessons["own"], cast.pupils["pupil"]
    save(teacher, cast.courses["own"], operation("take_attendance", lesson=lesson))
    assert f"{lesson}:{pupil}" not in known(teacher, cast)


def test_a_released_pupil_is_shown_as_released(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    excuse(cast, db_session)
    db_session.add(
        Exemption(
            organisation_id=cast.school,
            pupil_id=cast.pupils["pupil"],
            kind="attending",
            starts_on=date(2026, 11, 20),
        )
    )
    db_session.commit()
    assert known(teacher, cast) == {}


def lesson(key: int, day: date, *, taken: bool = False, cancelled: bool = False) -> LessonFacts:
    facts = (key, day, 1, NOW, NOW, 1, None, cancelled, False, "lesson", "")
    return LessonFacts._make((*facts, NOW if taken else None, 1, "", False, None, ()))


def test_the_strongest_excuse_is_shown() -> None:
    days = Span(TODAY, TOMORROW)
    excuses = [
        Announced(1, "b", False, days),
        Announced(1, "u", True, days),
        Announced(2, "u", True, days),
        Announced(2, "b", True, days),
        Announced(3, "u", False, days),
        Announced(3, "b", False, days),
        Announced(4, "b", True, days),
    ]
    lessons = [
        lesson(1, TODAY),
        lesson(2, TODAY, taken=True),
        lesson(3, TODAY, cancelled=True),
        lesson(4, TOMORROW),
    ]
    entered = Facts({}, {4: {1: AbsenceFacts("n", None, 1)}})
    assert known_cells(lessons, entered, excuses) == {
        (1, 1): ("u", True),
        (1, 2): ("b", True),
        (1, 3): ("b", False),
    }
