"""Commands without a savepoint of their own: whatever they refuse, nothing is written by then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.attendance.models import Exemption
from journal.core.audit import Change
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.lessons.desk import open_desk
from journal.register.service import REFUSED_FIRST
from tests.cast import NOW, Cast
from tests.conftest import Client, Login
from tests.counting import counted
from tests.features.exchange.region import actor_of
from tests.features.register.conftest import operation, save
from tests.features.register.test_class_day import save_day

Refusals = dict[str, tuple[int, dict[str, Any]]]
WRITES = ("INSERT", "UPDATE", "DELETE")


def refusals(cast: Cast) -> dict[str, Refusals]:
    """By kind: what is wrong, the status, and the fields that make it so."""
    mine, pupil, leaver = cast.lessons["own"], cast.pupils["pupil"], cast.pupils["leaver"]
    lessons: Refusals = {
        "another journal": (404, {"lesson": cast.lessons["same_class"]}),
        "to come": (423, {"lesson": cast.lessons["future"]}),
        "closed": (423, {"lesson": cast.lessons["closed"]}),
    }
    cells: Refusals = {
        "not there": (422, {"pupil": leaver, "lesson": mine}),
        "stale": (409, {"base": 7}),
    }
    codes: Refusals = {
        "no code": (422, {"code": "x"}),
        "too late": (422, {"code": "o", "minutes": 900}),
        "released": (422, {"pupil": cast.pupils["third"]}),
    }
    place = {"lesson": mine, "pupil": pupil, "base": 0}
    filled: dict[str, tuple[dict[str, Any], Refusals]] = {
        "put_absence": ({**place, "code": "n"}, lessons | cells | codes),
        "clear_absence": (place, lessons | cells),
        "take_attendance": ({"lesson": mine}, lessons),
    }
    return {
        kind: {name: (status, {**plain, **wrong}) for name, (status, wrong) in found.items()}
        for kind, (plain, found) in filled.items()
    }


def test_every_kind_without_a_savepoint_is_tried(cast: Cast) -> None:
    assert refusals(cast).keys() == REFUSED_FIRST


@pytest.mark.parametrize("kind", sorted(REFUSED_FIRST))
def test_a_refusal_comes_before_every_write(
    app: Flask, teacher: Client, cast: Cast, db_session: Session, kind: str
) -> None:
    third = {"organisation_id": cast.school, "pupil_id": cast.pupils["third"]}
    db_session.add(Exemption(**third, kind="attending", starts_on=date(2026, 9, 1)))
    db_session.commit()
    for name, (status, fields) in refusals(cast)[kind].items():
        with counted(app) as seen:
            answer = save(teacher, cast.courses["own"], operation(kind, **fields))
        assert [one["status"] for one in answer.json["results"]] == [status], name
        assert len(seen) > 2 and not [text for text in seen if text.startswith(WRITES)], name


def test_the_class_teacher_is_refused_before_every_write(
    app: Flask, login: Login, cast: Cast
) -> None:
    place = {"lesson": cast.lessons["own"], "pupil": cast.pupils["sibling"], "base": 0}
    for kind in ("put_absence", "clear_absence"):
        with counted(app) as seen:
            wrong = operation(kind, **place, code="n")
            answer = save_day(login("class_teacher"), cast.classes["own"], wrong)
        assert [one["status"] for one in answer.json["results"]] == [403]
        assert not [text for text in seen if text.startswith(WRITES)]


@pytest.mark.parametrize("savepoint", [True, False])
def test_a_refusal_after_a_change_needs_a_savepoint(
    cast: Cast, db_session: Session, savepoint: bool
) -> None:
    desk = open_desk(
        db_session,
        actor_of(db_session, cast["own_teacher"].account_id),
        course_id=cast.courses["own"],
        lesson_ids={cast.lessons["own"]},
        pupil_ids=(),
        now=NOW,
    )
    change = Change(action="take_attendance", object_type="lesson", object_id=cast.lessons["own"])

    def attempt(act: Callable[[Change], None]) -> None:
        with desk.batch(), desk.attempt(savepoint=savepoint):
            act(change)
            raise RuleViolation("code", N_("Enter н, б, у, п or о."))

    with pytest.raises(RuleViolation if savepoint else RuntimeError):
        attempt(desk.log)
    with pytest.raises(RuleViolation):
        attempt(lambda _: None)
