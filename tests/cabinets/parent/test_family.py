"""A parent's home: each child's today, across schools too."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from journal.access import Role
from journal.core.tenancy import across
from journal.people.models import Guardian, GuardianLink, Organisation, Person, RoleAssignment
from journal.people.rules import name_keys
from tests.cast import Cast
from tests.conftest import Login
from tests.page_quality import check_page


def family(login: Login, who: str = "parent") -> str:
    answer = login(who).get("/family")
    assert answer.status_code == 200
    check_page(answer.text)
    return " ".join(answer.text.split())


def test_home_is_each_childs_today(login: Login, cast: Cast) -> None:
    assert login("parent").get("/").location.endswith("/family")
    text = family(login)
    for name, class_name in (("Ёлкин Артём", "5А"), ("Ёлкина Софья", "5Б")):
        assert f"{name}</a> <small>{class_name}</small>" in text
    assert text.count("Сегодня, пятница 20 ноября") == 2
    assert text.count("понедельник, 23 ноября") == 2
    assert "Жуков" not in text
    assert "Чайка" not in text


def test_children_of_two_schools_under_one_login(
    login: Login, cast: Cast, db_session: Session
) -> None:
    link_foreign_child(db_session, cast)
    text = family(login)
    assert "Чужаков Кирилл</a> <small>5А, Школа № 5</small>" in text
    child = cast.pupils["foreign_pupil"]
    diary = login("parent").get(f"/diary/{child}")
    assert diary.status_code == 200
    tabs = diary.text.split('class="switch"', 1)[1].split("</ul>", 1)[0]
    assert [name in tabs for name in ("Артём", "Софья", "Кирилл")] == [True] * 3
    assert login("foreign_parent").get(f"/diary/{cast.pupils['pupil']}").status_code == 404


def test_a_family_keeps_its_bar_on_every_page(login: Login, cast: Cast) -> None:
    for path in ("/letters", "/notifications", "/family/excuses/", "/help"):
        assert 'class="tabbar"' in login("parent").get(path).text, path
        assert 'class="tabbar"' not in login("class_teacher").get(path).text, path


def test_each_child_has_the_day_of_his_own_school(
    login: Login, cast: Cast, db_session: Session, app: Flask
) -> None:
    link_foreign_child(db_session, cast)
    with across(db_session, "the neighbour's zone"):
        db_session.get_one(Organisation, cast.foreign_school).time_zone = "Asia/Vladivostok"
        db_session.commit()
    app.config["CLOCK"] = lambda: datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    text = family(login)
    assert "Сегодня, пятница 20 ноября" in text
    assert "Сегодня, суббота 21 ноября" in text


def test_a_new_mark_is_news_until_tomorrow_is_over(login: Login, cast: Cast, app: Flask) -> None:
    def news() -> str:
        return family(login).split("Новые отметки", 1)[1].split("</section>", 1)[0]

    assert "Контрольная работа" not in news()  # of Wednesday
    app.config["CLOCK"] = lambda: datetime(2026, 11, 19, 20, 0, tzinfo=UTC)
    assert "Контрольная работа" in news()


def test_a_parent_without_children_is_told_what_to_do(
    login: Login, cast: Cast, db_session: Session
) -> None:
    for link in db_session.query(GuardianLink).filter_by(guardian_id=cast["parent"].guardian_id):
        db_session.delete(link)
    db_session.commit()
    assert "К этому входу не привязан ни один ребёнок" in family(login)


def link_foreign_child(session: Session, cast: Cast) -> None:
    """The parent is a guardian next door too, under the same account."""
    key, search = name_keys("Ёлкина", "Вера", "Андреевна")
    with across(session, "one login in two schools"):
        home = {"organisation_id": cast.foreign_school}
        person = Person(
            account_id=cast["parent"].account_id,
            surname="Ёлкина",
            given_name="Вера",
            patronymic="Андреевна",
            sort_key=key,
            search_key=search,
            **home,
        )
        session.add(person)
        session.flush()
        guardian = Guardian(person_id=person.id, **home)
        session.add_all(
            [guardian, RoleAssignment(person_id=person.id, role=Role.PARENT.value, **home)]
        )
        session.flush()
        child = cast.pupils["foreign_pupil"]
        session.add(
            GuardianLink(guardian_id=guardian.id, pupil_id=child, relation="mother", **home)
        )
        session.commit()
