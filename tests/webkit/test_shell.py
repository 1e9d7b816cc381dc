"""What every page shares: sentences and addresses written into templates, cookie, token, menu."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from journal.core.db import begin_writing, db
from journal.people.models import Account
from journal.webkit.output import PageEnvironment
from tests.cast import Cast
from tests.conftest import Client, Login

_SAID = [
    '{{ _("Journal") }}<p title="{{ _("Log out") }}">',
    '{{ locale() }} {% if locale() == "en" %}{{ _("Help") }}{% endif %}',
    '{{ ngettext("%(num)s pupil", "%(num)s pupils", 5) }}',
    '{% for n in (1, 2, 5) %}{{ ngettext("%(num)s pupil", "%(num)s pupils", n) }}{% endfor %}',
    '{{ url_for("help.page") }} {{ url_for("static", filename="icon.svg") }}',
    '{{ url_for("register.journal", course_id=7) }} {{ url_for("help.page", _anchor="x") }}',
    '{% set _ = joiner("!") %}{{ _() }}{{ _() }}',
    '{% macro say(_) %}{{ _("Journal") }}{% endmacro %}{{ say("<{}>".format) }}',
    '{{ [_("Journal"), "<b>"] | join("&") }} {{ _("Journal") ~ "<b>" }}',
]


@pytest.mark.parametrize("locale", ["ru", "en"])
@pytest.mark.parametrize("root", ["", "/school"])
@pytest.mark.parametrize("source", _SAID)
def test_a_folded_template_says_what_the_calls_would(
    app: Flask, locale: str, root: str, source: str
) -> None:
    environment = app.jinja_env
    assert isinstance(environment, PageEnvironment)
    cookie = {"HTTP_COOKIE": f"locale={locale}", "SCRIPT_NAME": root}
    with app.test_request_context("/", environ_overrides=cookie):
        folding = environment.of_reader()
        assert folding.reading == (locale, f"{root}/")
        said = folding.from_string(source).render()
        assert said == environment.from_string(source).render()


def test_each_reader_gets_the_page_in_his_own_language_and_place(client: Client) -> None:
    assert "Вход" in client.get("/login").text
    client.set_cookie("locale", "en")
    english = client.get("/login").text
    assert "Sign in" in english
    assert "Вход" not in english
    client.set_cookie("locale", "ru")
    assert "Вход" in client.get("/login").text
    below = client.get("/login", environ_overrides={"SCRIPT_NAME": "/school"}).text
    assert 'href="/school/static/' in below
    assert 'href="/static/' not in below
    assert 'href="/school/static/' not in client.get("/login").text


def test_the_menu_shows_where_each_reader_is(login: Login) -> None:
    teacher, parent = login("own_teacher"), login("parent")
    for _ in range(2):
        assert 'href="/teacher/" aria-current="page"' in teacher.get("/teacher/").text
        assert 'aria-current="page">Уведомления' not in teacher.get("/teacher/").text
        assert 'href="/teacher/"' not in parent.get("/help").text


def test_a_cookie_that_is_known_still_grows_old(app: Flask, login: Login) -> None:
    teacher = login("own_teacher")
    assert teacher.get("/teacher/").status_code == 200
    assert teacher.get("/teacher/").status_code == 200
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(seconds=-5)
    assert teacher.get("/teacher/").status_code == 302


def test_a_cookie_that_is_known_still_needs_its_account(
    app: Flask, cast: Cast, login: Login
) -> None:
    teacher = login("own_teacher")
    assert teacher.get("/teacher/").status_code == 200
    with app.app_context():
        account = db.session.get(Account, cast["own_teacher"].account_id)
        assert account is not None
        account.session_epoch += 1
        db.session.commit()
    assert teacher.get("/teacher/").status_code == 302


def test_a_changed_cookie_is_nobodys(login: Login) -> None:
    teacher = login("own_teacher")
    assert teacher.get("/teacher/").status_code == 200
    cookie = teacher.get_cookie("session")
    assert cookie is not None
    middle = len(cookie.value) - 6
    other = "A" if cookie.value[middle] != "A" else "B"
    teacher.set_cookie("session", cookie.value[:middle] + other + cookie.value[middle + 1 :])
    assert teacher.get("/teacher/").status_code == 302


def test_what_one_request_puts_into_its_session_is_not_in_the_next(
    app: Flask, login: Login
) -> None:
    teacher = login("own_teacher")
    teacher.get("/teacher/")
    cookie = teacher.get_cookie("session")
    assert cookie is not None
    sent = {"HTTP_COOKIE": f"session={cookie.value}"}
    for _ in range(2):
        with app.test_request_context("/", environ_overrides=sent) as context:
            assert "role" not in context.session
            context.session["role"] = "teacher"


def test_the_token_of_a_page_is_taken_and_a_changed_one_refused(app: Flask, login: Login) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    teacher = login("own_teacher")
    token = teacher.get("/session").json["csrf"]
    assert f'content="{token[:20]}' in teacher.get("/teacher/").text
    wrong = token[:-3] + ("AAA" if token[-3:] != "AAA" else "BBB")
    for bad in (wrong, "", token.partition(".")[0]):
        assert teacher.post("/logout", headers={"X-CSRFToken": bad}).status_code == 400
    stranger = login("parent")
    assert stranger.get("/session").status_code == 200
    assert stranger.post("/logout", headers={"X-CSRFToken": token}).status_code == 400
    assert teacher.post("/logout", headers={"X-CSRFToken": token}).status_code == 302


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "q=1&q=%00"])
def test_a_nul_is_refused_in_the_address(login: Login, query: str) -> None:
    assert login("administrator").get(f"/school/people?{query}").status_code == 400


def test_a_nul_is_refused_in_a_form(client: Client) -> None:
    assert client.post("/login", data={"login": "a\0b", "password": "x"}).status_code == 400


def test_headers_of_safety_stand_once(login: Login) -> None:
    answer = login("own_teacher").get("/teacher/")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert len(answer.headers.getlist(name)) == 1
    assert answer.headers.getlist("Cache-Control") == ["no-store"]
    nonce = answer.text.partition('nonce="')[2].partition('"')[0]
    assert f"script-src 'self' 'nonce-{nonce}';" in answer.headers["Content-Security-Policy"]


def test_who_begins_to_write_sees_what_others_wrote_meanwhile(app: Flask, cast: Cast) -> None:
    with app.app_context():
        own: Session = db.session()
        account = own.get(Account, cast["own_teacher"].account_id)
        assert account is not None
        before = account.locale
        with Session(db.engine) as other:
            changed = other.get(Account, account.id)
            assert changed is not None
            changed.locale = "en" if before == "ru" else "ru"
            other.commit()
        begin_writing(own)
        assert account.locale != before
        account.locale = before
        own.commit()
        with Session(db.engine) as other:
            written = other.get(Account, account.id)
            assert written is not None
            assert written.locale == before


def test_who_cannot_begin_to_write_holds_nothing(app: Flask, cast: Cast) -> None:
    if not app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("PostgreSQL has no lock of the whole database")
    with app.app_context():
        own: Session = db.session()
        own.get(Account, cast["own_teacher"].account_id)
        own.connection().exec_driver_sql("PRAGMA busy_timeout=1")
        with db.engine.connect().execution_options(writer=True) as writer, writer.begin():
            with pytest.raises(Exception, match="locked"):
                begin_writing(own)
            assert not own.in_transaction()
