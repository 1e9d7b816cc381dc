"""The week of a diary as it is read on the cast's Friday, 2026-11-20, at 10:42."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.lessons.models import Homework, Lesson
from tests.cast import NOW, TODAY, Cast
from tests.conftest import Login
from tests.features.diary.school import OwnSchool
from tests.page_quality import check_page

NBSP = " "  # `page` makes every space a plain one


def page(
    login: Login, cast: Cast, query: str = "", pupil: str = "pupil", who: str = "parent"
) -> str:
    answer = login(who).get(f"/diary/{cast.pupils[pupil]}{query}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def day(text: str, iso: str) -> str:
    """One day's section."""
    return text.split(f'id="d{iso}"', 1)[1].split("</section>", 1)[0]


def lesson(session: Session, cast: Cast, name: str) -> Lesson:
    return session.get_one(Lesson, cast.lessons[name])


@pytest.mark.parametrize("reader", ["parent", "pupil", "class_teacher"])
def test_it_is_shown_to_its_own_people(login: Login, cast: Cast, reader: str) -> None:
    answer = login(reader).get(f"/diary/{cast.pupils['pupil']}")
    assert answer.status_code == 200
    assert "<h1>Дневник: Ёлкин Артём</h1>" in answer.text
    assert "<title>Дневник: Ёлкин Артём, 16–21 ноября — Журнал</title>" in answer.text
    check_page(answer.text)


def test_today_comes_first_then_the_next_day_at_school(login: Login, cast: Cast) -> None:
    text = page(login, cast)
    places = [
        text.index(words)
        for words in ("Сегодня, пятница 20 ноября", "понедельник, 23 ноября", "Раньше на этой")
    ]
    places += [text.index(f'id="d2026-11-{number}"') for number in (16, 17, 18, 19)]
    assert places == sorted(places)
    assert text.count('href="#d2026-11-') == 6  # the strip of the week
    assert "суббота" not in text  # a five-day class


def test_a_lesson_with_everything_known_of_it(login: Login, cast: Cast) -> None:
    wednesday = day(page(login, cast), "2026-11-18")
    for part in (
        "Математика <small>10:25–11:10</small>",
        f"Соколова{NBSP}А.{NBSP}И.",
        "Доли и дроби",
        "<b>Задано на 20.11:</b> № 412, 415",
        '<b class="m5">5</b><span>Контрольная работа</span>',
        f"<span>вес{NBSP}3</span>",
    ):
        assert part in wednesday, part


def test_homework_is_at_the_lesson_it_is_for_until_that_ends(
    login: Login, cast: Cast, app: Flask
) -> None:
    due = "<b>К уроку:</b> № 412, 415"
    assert due in day(page(login, cast), "2026-11-20")
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=30)
    assert due not in day(page(login, cast), "2026-11-20")


def test_homework_set_in_the_evening_is_new_until_the_day_after(
    login: Login, cast: Cast, app: Flask, db_session: Session
) -> None:
    new = '<span class="chip plain-chip">новое</span> <b>{}:</b> № 412, 415'
    text = page(login, cast)
    assert "новое" not in text  # set in the lesson of Wednesday
    row = db_session.scalars(select(Homework).where(Homework.text == "№ 412, 415")).one()
    row.entered_at = NOW - timedelta(hours=13)  # 21:42 on Thursday
    db_session.commit()
    for who in ("parent", "pupil", "class_teacher"):
        text = page(login, cast, who=who)
        assert new.format("Задано на 20.11") in day(text, "2026-11-18")
        assert new.format("К уроку") in day(text, "2026-11-20")
    assert new.format("К уроку") in " ".join(login("parent").get("/family").text.split())
    app.config["CLOCK"] = lambda: NOW + timedelta(days=1)
    text = page(login, cast)
    assert "№ 412, 415" in text and "новое" not in text


def test_tomorrow_says_how_long_it_takes(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    today = own_school.homework(lesson(db_session, cast, "own"), "№ 420", date(2026, 11, 23))
    today.minutes = 25
    russian = own_school.homework(lesson(db_session, cast, "same_class"), "", date(2026, 11, 23))
    russian.nothing_set = True
    db_session.commit()
    monday = day(page(login, cast), "2026-11-23")
    assert "задано на 25 мин" in monday
    assert "№ 420" in monday
    assert "Не задано" in monday


def test_a_mark_of_the_teacher_is_there_at_once(login: Login, cast: Cast) -> None:
    before = day(page(login, cast), "2026-11-20")
    assert '<b class="m3">3</b>' not in before
    operation = {
        "op": "operation-000001",
        "kind": "put_mark",
        "lesson": cast.lessons["own"],
        "pupil": cast.pupils["pupil"],
        "work": None,
        "mark": None,
        "value": "3",
        "base": 0,
    }
    saved = login("own_teacher").post(
        f"/journal/{cast.courses['own']}/save", json={"operations": [operation]}
    )
    assert saved.status_code == 200
    text = page(login, cast)
    assert '<b class="m3">3</b>' in day(text, "2026-11-20")
    assert "новая" in day(text, "2026-11-20")
    assert "5А, 1 новая отметка" in text
    assert ">4,40</a>" in text  # (4·1 + 5·3 + 3·1) : 5
    assert (
        "новая" not in page(login, cast, pupil="sibling").split("<main", 1)[1].split("</ul>", 1)[1]
    )


def test_changes_of_the_timetable(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    today = lesson(db_session, cast, "own")
    today.replaced_staff_id, today.staff_id = today.staff_id, own_school.teacher("other_teacher").id
    lesson(db_session, cast, "same_class").status = "cancelled"
    lesson(db_session, cast, "keeper").mode = "distance"
    extra = own_school.lesson(
        own_school.course_of("same_class"), own_school.teacher("other_teacher"), TODAY, 5
    )
    db_session.commit()
    assert extra.id
    friday = day(page(login, cast), "2026-11-20")
    assert "замена" in friday
    assert f"Лебедев{NBSP}О.{NBSP}П. (по расписанию Соколова{NBSP}А.{NBSP}И.)" in friday
    assert "<s>Русский язык</s>" in friday
    assert "перенесён на 20.11, урок 5" in friday
    assert "перенос</span> с 20.11, урок 2" in friday
    assert "дистанционно" in friday


def test_absences_in_words(login: Login, cast: Cast) -> None:
    text = page(login, cast, "?week=2026-W46", pupil="third", who="class_teacher")
    assert "Пропуск по болезни" in day(text, "2026-11-13")
    text = page(login, cast, pupil="third", who="class_teacher")
    assert "Опоздание на 10 мин" in day(text, "2026-11-18")
    assert "Пропуск по" not in page(login, cast, "?week=2026-W46")


def test_a_dot_waits_until_its_day_and_a_retake_strikes_what_was(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    row, pupil = lesson(db_session, cast, "own"), own_school.pupil_of("pupil")
    own_school.mark(own_school.work(row), pupil, "•", NOW, deadline=date(2026, 11, 27))
    first = own_school.mark(own_school.work(row, "Диктант"), pupil, "2", NOW, number=2)
    own_school.mark(
        own_school.work(row, "Диктант"), pupil, "4", NOW, number=3, retake_of_id=first.id
    )
    db_session.commit()
    text = page(login, cast)
    friday = day(text, "2026-11-20")
    assert '<b class="dot">•</b><span>Ответ на уроке</span><span>до 27.11</span>' in friday
    assert '<b class="m2"><s>2</s></b>' in friday
    assert "<span>пересдана</span>" in friday
    assert ">4,60</a>" in text  # (4·1 + 5·3 + 4·1) : 5


def test_breaks_are_named_and_empty_days_too(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.holiday("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 2))
    db_session.commit()
    text = page(login, cast, "?week=2026-W44")
    assert text.count("Осенние каникулы") == 1
    assert "26 октября – 30 октября" in text
    assert "Уроков нет" in day(page(login, cast), "2026-11-19")
    check_page(login("parent").get(f"/diary/{cast.pupils['pupil']}?week=2026-W44").text)


def test_the_average_explains_itself(login: Login, cast: Cast) -> None:
    browser = login("parent")
    address = f"/diary/average/{cast.pupils['pupil']}/{cast.subjects['maths']}?term=2"
    assert f'href="{address}"' in browser.get(f"/diary/{cast.pupils['pupil']}").text
    whole = browser.get(address).text
    check_page(whole)
    fragment = browser.get(address, headers={"X-Fragment": "1"}).text
    for text in (whole, fragment):
        assert "(4 + 5·3) : (1 + 3) = 19 : 4 = 4,75" in text
        assert "Контрольная работа" in text
        assert "Средневзвешенный балл" in text
    assert "<html" not in fragment


def test_a_mover_reads_both_classes(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.move("pupil", "other", date(2026, 11, 19))
    db_session.commit()
    text = page(login, cast)
    assert "5Б, 16–21 ноября" in text
    assert "Русский язык" in day(text, "2026-11-16")
    assert "Русский язык" not in day(text, "2026-11-20")
    assert f"Лебедев{NBSP}О.{NBSP}П." in day(text, "2026-11-20")
    assert ">4,75</a>" in text  # his marks came along


def test_a_leaver_opens_with_his_last_week(login: Login, cast: Cast) -> None:
    text = page(login, cast, pupil="leaver", who="class_teacher")
    assert "5А, 5–10 октября" in text
    assert "Математика" in day(text, "2026-10-09")
    later = page(login, cast, "?week=2026-W47", pupil="leaver", who="class_teacher")
    assert "Математика <small>" not in later


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 22, 9, tzinfo=UTC), "23–28 ноября"),  # Sunday: the coming week
        (datetime(2026, 11, 20, 21, 30, tzinfo=UTC), "Сегодня, суббота 21 ноября"),
        (datetime(2027, 7, 4, 9, tzinfo=UTC), "Учебный год закончился"),
        (datetime(2026, 8, 20, 9, tzinfo=UTC), "17–22 августа"),
    ],
)
def test_on_any_day(login: Login, cast: Cast, app: Flask, now: datetime, words: str) -> None:
    app.config["CLOCK"] = lambda: now
    answer = login("parent").get(f"/diary/{cast.pupils['pupil']}")
    assert answer.status_code == 200
    assert words in answer.text
    check_page(answer.text)


def test_a_first_class_has_no_marks(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool
) -> None:
    own_school.class_of("own").grade = 1
    db_session.commit()
    assert "В этом классе отметок нет." in page(login, cast)


def test_the_diary_opens_with_the_first_child(login: Login, cast: Cast) -> None:
    for path in ("/diary", "/diary/marks", "/diary/absences"):
        first = login("parent").get(path).location
        assert first == path + f"/{cast.pupils['pupil']}"
    assert login("pupil").get("/diary").location.endswith(f"/{cast.pupils['pupil']}")


def test_a_class_teacher_without_children_is_told_so(login: Login, cast: Cast) -> None:
    answer = login("class_teacher").get("/diary")
    assert answer.status_code == 200
    assert "К этому входу не привязан ни один ребёнок" in answer.text


def test_sections_keep_the_child(login: Login, cast: Cast) -> None:
    sibling = cast.pupils["sibling"]
    for path in ("/diary", "/diary/marks", "/diary/absences"):
        text = login("parent").get(f"{path}/{sibling}").text
        bar = text.split('class="tabbar"', 1)[1]
        assert f'href="{path}/{sibling}" aria-current="page"' in bar
        assert f'href="/diary/marks/{sibling}"' in bar


def test_sunday_lessons_are_not_lost(
    login: Login, cast: Cast, db_session: Session, own_school: OwnSchool, app: Flask
) -> None:
    """A move to a Saturday shows the Saturday of a five-day class."""
    own_school.lesson(own_school.course_of("own"), own_school.teacher(), date(2026, 11, 21), 1)
    db_session.commit()
    text = page(login, cast)
    assert "Завтра, суббота 21 ноября" in text
    assert "Математика" in day(text, "2026-11-21")


def test_homework_of_others_courses_is_not_shown(
    login: Login, cast: Cast, db_session: Session
) -> None:
    row = lesson(db_session, cast, "other_class")
    db_session.add(
        Homework(
            organisation_id=cast.school,
            lesson_id=row.id,
            text="чужое задание",
            due_on=TODAY,
            entered_at=NOW,
        )
    )
    db_session.commit()
    assert "чужое задание" not in page(login, cast)
    assert "чужое задание" in page(login, cast, pupil="sibling")
    assert db_session.scalars(select(Homework.text)).all()


def test_the_sections_stay_with_the_child_whoever_was_read_before(login: Login, cast: Cast) -> None:
    browser = login("parent")
    for child in (cast.pupils["pupil"], cast.pupils["sibling"], cast.pupils["pupil"]):
        text = browser.get(f"/diary/{child}").text
        assert text.count(f'href="/diary/absences/{child}"') == 2, "the bar above and the one below"
        assert 'href="/diary/absences"' in browser.get("/family").text
