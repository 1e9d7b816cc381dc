"""What pages cost: statements a page needs, the same in a school five times as large."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import Cast
from tests.conftest import Login
from tests.counting import counted
from tests.pages.growth import grow

# The most statements of a page; who is signed in is one of them.
BOUNDS = {
    ("director", "/archive"): 5,
    ("administrator", "/school"): 6,
    ("administrator", "/school/mail"): 3,
    ("administrator", "/school/people"): 5,
    ("administrator", "/school/people/staff"): 4,
    ("administrator", "/school/people/guardians"): 6,
    ("administrator", "/school/classes"): 5,
    ("administrator", "/school/classes/{class_own}"): 7,
    ("administrator", "/school/classes/courses"): 9,
    ("administrator", "/school/timetable/calendar"): 6,
    ("administrator", "/school/setup/class/{class_own}"): 8,
    ("administrator", "/school/setup/courses/new"): 5,
    ("administrator", "/school/setup/terms"): 3,
    ("administrator", "/school/movement"): 4,
    ("administrator", "/adoption"): 7,
    ("administrator", "/school/rollover"): 6,
    ("pupil", "/help"): 2,
    ("administrator", "/forms/movement"): 6,
    ("deputy", "/forms/"): 1,
    ("deputy", "/forms/school"): 10,
    ("deputy", "/forms/subject"): 10,
    ("deputy", "/forms/class?class={class_own}"): 30,
    ("deputy", "/forms/pupil?class={class_own}"): 30,
    ("deputy", "/forms/journal?course={course_own}"): 20,
    ("administrator", "/people/{person}/edit"): 3,
    ("class_teacher", "/people/{person}/edit"): 4,
    ("administrator", "/people/duplicates"): 3,
    ("administrator", "/people/{person}/history"): 6,
    ("class_teacher", "/people/{person}/history"): 7,
    ("administrator", "/school/people/{person}"): 11,
    ("administrator", "/people/{person}/duplicate"): 4,
    ("administrator", "/school/timetable"): 6,
    ("administrator", "/school/lists"): 4,
    ("administrator", "/school/exchange"): 3,
    ("administrator", "/school/audit"): 3,
    ("administrator", "/access"): 8,
    ("administrator", "/access/classes/{class_own}"): 5,
    ("administrator", "/access/staff"): 3,
    ("administrator", "/access/invitations"): 2,
    ("class_teacher", "/access/invitations"): 4,
    ("administrator", "/changes"): 7,
    ("administrator", "/unlocks/"): 3,
    ("director", "/director/"): 8,
    ("deputy", "/deputy/"): 6,
    ("deputy", "/releases/"): 4,
    ("class_teacher", "/class/passport"): 5,
    ("deputy", "/forms/passport"): 5,
    ("class_teacher", "/releases/"): 3,
    ("administrator", "/releases/new?class={class_own}"): 6,
    ("deputy", "/control/timetable"): 4,
    ("deputy", "/control/not-filled"): 5,
    ("deputy", "/control/inbox/"): 18,
    ("deputy", "/control/analysis/"): 30,
    ("director", "/control/analysis/open"): 36,
    ("deputy", "/control/inbox/board"): 20,
    ("deputy", "/control/inbox/ahead"): 22,
    ("deputy", "/control/inbox/statistics"): 4,
    ("deputy", "/substitutions/"): 14,
    ("deputy", "/substitutions/orders"): 6,
    ("deputy", "/substitutions/hours"): 4,
    ("deputy", "/substitutions/sheet"): 7,
    ("class_teacher", "/class/"): 6,
    ("class_teacher", "/classes/{class_own}/days/2026-11-20"): 6,
    ("deputy", "/classes/{class_own}/days/2026-11-20"): 6,
    ("deputy", "/reports/attendance/day"): 7,
    ("class_teacher", "/class/pupils"): 4,
    ("class_teacher", "/class/weekly?who=all"): 5,
    ("class_teacher", "/class/term"): 11,
    ("class_teacher", "/class/weekly/sheets.pdf?who=all"): 13,
    ("class_teacher", "/class/journals"): 5,
    ("deputy", "/alerts/"): 13,
    ("deputy", "/alerts/?bound=20&measure=lessons&window_days=90&codes=n"): 13,
    ("own_teacher", "/teacher/"): 4,
    ("own_teacher", "/teacher/courses"): 4,
    ("own_teacher", "/teacher/week"): 3,
    ("own_teacher", "/journal/{course_own}"): 6,
    ("own_teacher", "/journal/{course_own}/figures"): 5,
    ("own_teacher", "/journal/{course_own}/history/{lesson}/{pupil}"): 4,
    ("own_teacher", "/plans/"): 8,
    ("own_teacher", "/plans/{course_own}"): 10,
    ("deputy", "/plans/"): 8,
    ("own_teacher", "/results/"): 8,
    ("own_teacher", "/results/courses/{course_own}"): 13,
    ("deputy", "/results/"): 8,
    ("deputy", "/reports/attendance"): 9,
    ("specialist", "/reports/attendance/days"): 9,
    ("class_teacher", "/reports/attendance/classes/{class_own}"): 10,
    ("class_teacher", "/reports/attendance/pupils/{pupil}"): 8,
    ("parent", "/diary/absences/{pupil}/calendar"): 9,
    ("specialist", "/reports/attendance/classes/{class_own}?view=cross"): 10,
    ("class_teacher", "/results/classes/{class_own}"): 15,
    ("class_teacher", "/results/classes/{class_own}/summary"): 11,
    ("deputy", "/results/classes/{class_own}/council"): 6,
    ("own_teacher", "/results/rules"): 2,
    ("specialist", "/specialist/"): 10,
    ("specialist", "/specialist/pupils?q=а"): 4,
    ("parent", "/family"): 6,
    ("parent", "/diary/{pupil}"): 6,
    ("parent", "/diary/marks/{pupil}"): 5,
    ("parent", "/diary/absences/{pupil}"): 5,
    ("pupil", "/today"): 6,
}
Costs = dict[tuple[str, str], int]


def costs(app: Flask, cast: Cast, login: Login) -> Costs:
    """Statements of every page of the table."""
    ids = {
        "class_own": cast.classes["own"],
        "course_own": cast.courses["own"],
        "pupil": cast.pupils["pupil"],
        "person": cast["pupil"].person_id,
        "lesson": cast.lessons["recent"],
    }
    found = {}
    for member, path in BOUNDS:
        with counted(app) as seen:
            answer = login(member).get(path.format(**ids))
        assert answer.status_code == 200, f"{member} {path}: {answer.status_code}"
        found[member, path] = len(seen)
    return found


def test_pages_keep_to_their_budget(app: Flask, cast: Cast, login: Login) -> None:
    dear = {
        place: f"{count} statements, {BOUNDS[place]} allowed"
        for place, count in costs(app, cast, login).items()
        if count > BOUNDS[place]
    }
    assert not dear


def test_a_larger_school_costs_no_more(
    app: Flask, cast: Cast, login: Login, db_session: Session
) -> None:
    before = costs(app, cast, login)
    grow(db_session, cast)
    after = costs(app, cast, login)
    dearer = {
        place: f"{count} statements, then {after[place]}"
        for place, count in before.items()
        if after[place] != count
    }
    assert not dearer
