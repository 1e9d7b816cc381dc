"""A retake: a second mark of the cell that replaces the first, in a work of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.audit import AuditEntry
from journal.grading.models import Mark, Work
from journal.lessons.models import EditPolicy
from tests.cast import Cast
from tests.conftest import Client, Login
from tests.factories import SchoolBuilder
from tests.features.register.conftest import operation, save


def retake(cast: Cast, **facts: Any) -> dict[str, Any]:
    """A retake of the pupil's 5 for the контрольная of 18.11; facts may be replaced."""
    plain = {
        "lesson": cast.lessons["recent"],
        "pupil": cast.pupils["pupil"],
        "work": None,
        "mark": None,
        "retake": cast.marks["recent"],
        "value": "4",
        "base": 0,
    }
    return operation("put_mark", **(plain | facts))


def test_a_retake_stands_in_the_cell_and_replaces_the_first(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    """(4·1 + 4·3) : 4 = 4: the 5 of weight 3 no longer counts."""
    answer = save(teacher, cast.courses["own"], retake(cast))
    assert answer.status_code == 200
    (result,) = answer.json["results"]
    first, second = result["cell"]["m"]
    assert (first[0], first[2], second[2], second[5]) == (cast.marks["recent"], "5", "4", first[0])
    assert result["sums"]["average"] == "4,00"
    work = db_session.get_one(Work, second[1])
    assert (work.lesson_id, work.weight) == (cast.lessons["recent"], 3)
    entry = db_session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert f'"retake_of":{first[0]}' in (entry.after or "")
    page = teacher.get(f"/journal/{cast.courses['own']}").text
    assert '<s class="was">5</s>' in page


def test_two_pupils_share_the_work_of_the_retake(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    classmates = db_session.scalars(
        select(Mark.id).where(
            Mark.work_id == cast.works["recent"], Mark.pupil_id == cast.pupils["classmate"]
        )
    ).one()
    other = {"pupil": cast.pupils["classmate"], "retake": classmates, "value": "3"}
    answer = save(teacher, cast.courses["own"], retake(cast), retake(cast, **other))
    works = {one["cell"]["m"][1][1] for one in answer.json["results"]}
    assert len(works) == 1
    heavier = {"work": cast.works["recent"], "weight": 2, "caption": "Дроби"}
    kind = db_session.get_one(Work, cast.works["recent"]).work_type_id
    changed = operation("put_work", lesson=cast.lessons["recent"], type=kind, **heavier)
    assert save(teacher, cast.courses["own"], changed).status_code == 200
    db_session.rollback()
    work = db_session.get_one(Work, works.pop())
    assert (work.weight, work.caption) == (2, "Дроби")  # a retake weighs what its work weighs


def test_a_second_retake_by_another_tab_is_a_conflict(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    (first,) = save(teacher, cast.courses["own"], retake(cast)).json["results"]
    second = save(teacher, cast.courses["own"], retake(cast, value="3"))
    assert second.status_code == 409
    assert second.json["results"][0]["theirs"]["value"] == "4"
    mark = first["cell"]["m"][1]
    facts = {"mark": mark[0], "base": mark[3], "value": "3"}
    assert save(teacher, cast.courses["own"], retake(cast, **facts)).status_code == 200
    cleared = operation(
        "clear_mark",
        **{key: retake(cast)[key] for key in ("lesson", "pupil")},
        mark=cast.marks["recent"],
        base=1,
    )
    refused = save(teacher, cast.courses["own"], cleared)
    assert refused.status_code == 422
    assert db_session.get(Mark, cast.marks["recent"]) is not None


def test_what_is_no_mark_is_changed_and_not_retaken(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    facts = {"mark": cast.marks["recent"], "retake": None, "value": "•", "base": 1}
    (dot,) = save(teacher, cast.courses["own"], retake(cast, **facts)).json["results"]
    assert dot["cell"]["m"][0][6] == "2026-11-27"  # a • is awaited for a week where nothing is said
    assert save(teacher, cast.courses["own"], retake(cast)).status_code == 422


@pytest.mark.parametrize("deadline", ["2026-11-17", "2027-06-01"])
def test_an_answer_is_awaited_inside_the_year(
    teacher: Client, cast: Cast, db_session: Session, deadline: str
) -> None:
    facts = {"mark": cast.marks["recent"], "retake": None, "value": "•", "base": 1}
    answer = save(teacher, cast.courses["own"], retake(cast, **facts, deadline=deadline))
    assert answer.status_code == 422
    assert db_session.get_one(Mark, cast.marks["recent"]).value == "5"


def test_a_retake_of_somebody_elses_mark_is_refused(
    teacher: Client, login: Login, cast: Cast, db_session: Session
) -> None:
    before = db_session.scalars(select(Mark.id)).all()
    other = retake(cast, retake=cast.marks["locked"])
    assert save(teacher, cast.courses["own"], other).status_code == 409
    foreign = retake(cast, retake=cast.marks["foreign"])
    assert save(teacher, cast.courses["own"], foreign).status_code == 409
    assert save(login("other_teacher"), cast.courses["own"], retake(cast)).status_code == 403
    db_session.rollback()
    assert db_session.scalars(select(Mark.id)).all() == before


def test_a_mark_of_an_absent_pupil_goes_by_the_schools_rule(
    teacher: Client, cast: Cast, db_session: Session
) -> None:
    school = SchoolBuilder.of(db_session, cast.school)
    place = {"lesson": cast.lessons["own"], "pupil": cast.pupils["third"]}
    mark = {**place, "retake": None}
    absent = operation("put_absence", **place, code="b", base=0)
    allowed = save(teacher, cast.courses["own"], absent, retake(cast, **mark))
    assert allowed.status_code == 200  # nothing decided: a work may be written later
    school.add(EditPolicy, valid_from=date(2026, 9, 1), mark_with_absence=False)
    db_session.commit()
    place["pupil"] = cast.pupils["pupil"]
    mark, absent = mark | place, absent | place | {"op": "operation-absent"}
    refused = save(teacher, cast.courses["own"], absent, retake(cast, **mark))
    assert [one["status"] for one in refused.json["results"]] == [200, 422]
    assert "•" in refused.json["results"][1]["message"]
    dot = save(teacher, cast.courses["own"], retake(cast, **mark, value="•"))
    assert dot.status_code == 200
    place["pupil"] = cast.pupils["classmate"]
    mark, absent = mark | place, absent | place | {"op": "operation-marked"}
    reverse = save(teacher, cast.courses["own"], retake(cast, **mark), absent)
    assert [one["status"] for one in reverse.json["results"]] == [200, 422]
