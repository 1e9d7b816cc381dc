"""Topics of the plan for several columns with one key: from the grid, from the panel, offline."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from tests.browser.conftest import Site, Visit
from tests.browser.grid import Grid
from tests.cast import Cast
from tests.plans import give_plan

PLAN = ("Доли и дроби", "Сложение дробей", "Вычитание дробей", "Умножение дробей")
OPEN = (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25))


def topics(session: Session, cast: Cast) -> dict[date, str]:
    """What is written from the sixteenth of November on, by day."""
    session.rollback()
    rows = session.execute(
        select(Lesson.held_on, Lesson.topic).where(
            Lesson.course_id == cast.courses["own"],
            Lesson.held_on >= date(2026, 11, 16),
            Lesson.topic.is_not(None),
        )
    )
    return {day: topic or "" for day, topic in rows}


def tasks(session: Session, cast: Cast) -> list[str]:
    query = (
        select(Homework.text)
        .join(Lesson, Lesson.id == Homework.lesson_id)
        .where(Lesson.course_id == cast.courses["own"], Lesson.held_on >= date(2026, 11, 20))
        .order_by(Lesson.held_on)
    )
    return list(session.scalars(query))


def lesson_of(session: Session, cast: Cast, day: date) -> Lesson:
    query = select(Lesson).where(Lesson.course_id == cast.courses["own"], Lesson.held_on == day)
    return session.scalars(query).one()


def open_grid(site: Site, visit: Visit, session: Session, **first: str) -> tuple[Grid, int]:
    give_plan(session, site.cast.courses["own"], PLAN, **first)
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    return grid, grid.facts()["pupils"][0]["id"]


def day_of(grid: Grid, day: str) -> Locator:
    return grid.page.locator(".journal-grid th.day").filter(has_text=day).first


WRITTEN = {date(2026, 11, 18): "Доли и дроби"}


REFUSED = {
    "16.11": "можно было",
    "18.11": "тема уже записана",
    "25.11": "Урок отменён",
}


def test_one_key_takes_topics_for_the_columns_that_may_be_written(
    site: Site, visit: Visit, db_session: Session
) -> None:
    lesson_of(db_session, site.cast, date(2026, 11, 25)).status = "cancelled"
    db_session.commit()
    grid, pupil = open_grid(site, visit, db_session)
    grid.go(pupil, lesson_of(db_session, site.cast, date(2026, 11, 27)).id)
    grid.press(*["Shift+ArrowLeft"] * 5)  # 27.11, 25.11 (cancelled), 23.11, 20.11, 18.11, 16.11
    grid.key("KeyR", "к", altKey=True)
    expect(grid.page.locator(".answer")).to_contain_text("Темы взяты из КТП для 3 уроков")
    lines = grid.page.locator(".refusals > li")
    expect(lines).to_have_count(3)
    for line, (day, why) in enumerate(REFUSED.items()):
        expect(lines.nth(line).get_by_role("button", name=day)).to_be_visible()
        expect(lines.nth(line)).to_contain_text(why)
    expect(grid.page.locator(".day.refused")).to_have_count(3)
    expect(day_of(grid, "25").get_by_role("button")).to_have_attribute(
        "title", "Урок отменён: в него ничего не вносят."
    )
    grid.saved()
    taken = {OPEN[0]: PLAN[1], OPEN[1]: PLAN[2], date(2026, 11, 27): PLAN[3]}
    assert topics(db_session, site.cast) == WRITTEN | taken
    lines.filter(has_text="25.11").get_by_role("button").click()
    expect(grid.page.locator(".journal-grid td:focus")).to_be_visible()
    grid.press("Control+z")
    expect(grid.page.locator(".day.refused")).to_have_count(0)
    grid.saved()
    assert topics(db_session, site.cast) == WRITTEN


def test_a_replacing_teacher_takes_topics_for_the_own_lesson_alone(
    site: Site, visit: Visit, db_session: Session
) -> None:
    lesson = lesson_of(db_session, site.cast, OPEN[1])
    lesson.replaced_staff_id = lesson.staff_id
    lesson.staff_id = site.cast.members["other_teacher"].staff_id or 0
    db_session.commit()
    give_plan(db_session, site.cast.courses["own"], PLAN)
    grid = Grid(visit("other_teacher", f"/journal/{site.cast.courses['own']}"))
    grid.go(grid.facts()["pupils"][0]["id"], site.cast.lessons["own"])
    grid.press("Shift+ArrowRight")
    grid.key("KeyR", "к", altKey=True)
    lines = grid.page.locator(".refusals > li")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("20.11 Отметки, темы и задания вносит только учитель этого урока")
    grid.saved()
    assert topics(db_session, site.cast) == WRITTEN | {OPEN[1]: PLAN[2]}


def test_homework_of_the_plan_comes_along_and_what_is_typed_stays(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupil = open_grid(site, visit, db_session, title="Проценты", homework="§ 15, № 3")
    grid.go(pupil, site.cast.lessons["own"])
    day_of(grid, "25").get_by_role("button").click(modifiers=["Shift"])
    grid.press("Control+Enter")
    panel = grid.page.locator(".side-panel")
    panel.get_by_role("button", name="Взять темы выбранных уроков: 3").click()
    expect(grid.page.locator(".answer")).to_contain_text("для 3 уроков")
    grid.saved()
    expect(panel.get_by_label("Тема", exact=True)).not_to_be_empty()
    taken = dict(zip(OPEN, ("Проценты", *PLAN[1:3]), strict=True))
    assert topics(db_session, site.cast) == WRITTEN | taken
    assert tasks(db_session, site.cast) == ["§ 15, № 3"]
    panel.get_by_label("Тема", exact=True).fill("Своя тема")
    grid.press("Control+s")
    grid.saved()
    grid.press("Escape", "Control+z")
    expect(grid.page.locator(".answer")).to_contain_text("С тех пор это изменили")
    grid.saved()
    left = topics(db_session, site.cast)
    assert [topic for day, topic in left.items() if day in OPEN] == ["Своя тема"]


def test_topics_are_taken_without_a_connection(
    site: Site, visit: Visit, db_session: Session
) -> None:
    grid, pupil = open_grid(site, visit, db_session)
    page = grid.page
    grid.go(pupil, site.cast.lessons["own"])
    with page.expect_response("**/planned"):
        grid.press("Shift+ArrowRight")
    page.context.set_offline(True)
    grid.key("KeyR", "r", altKey=True)
    expect(page.locator(".day.pending")).to_have_count(2)
    grid.key("KeyR", "r", altKey=True)
    expect(page.locator(".refusals > li").first).to_contain_text("тема уже записана")
    assert topics(db_session, site.cast) == WRITTEN
    page.context.set_offline(False)
    grid.saved()
    assert topics(db_session, site.cast) == WRITTEN | {OPEN[0]: PLAN[1], OPEN[1]: PLAN[2]}
    expect(page.locator(".day.pending")).to_have_count(0)


def test_without_a_plan_or_without_having_read_it_the_key_says_so(site: Site, visit: Visit) -> None:
    grid = Grid(visit("own_teacher", f"/journal/{site.cast.courses['own']}"))
    grid.go(grid.facts()["pupils"][0]["id"], site.cast.lessons["own"])
    grid.page.context.set_offline(True)
    grid.key("KeyR", "r", altKey=True)
    expect(grid.page.locator(".answer")).to_contain_text("КТП ещё не прочитан")
    grid.page.context.set_offline(False)
    grid.page.get_by_role("button", name="темы из КТП").click()
    expect(grid.page.locator(".answer")).to_contain_text("ещё нет КТП")
