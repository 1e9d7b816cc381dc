"""Translation at the edge: Message to sentence, the locale of a request, dates as read here."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_date, gettext

from journal.core.messages import Message

LOCALES = ("ru", "en")
babel = Babel()


def init_app(app: Flask) -> None:
    """Russian by default; English by the account's choice (a cookie before sign-in)."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "ru")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "../translations")
    babel.init_app(app, locale_selector=choose_locale)
    app.jinja_env.globals["locale"] = choose_locale
    app.jinja_env.filters.update(
        say=say, day=day, day_year=day_year, weekday_day=weekday_day, clock=clock
    )


def choose_locale() -> str:
    """The locale of this request."""
    if not has_request_context():
        return "ru"
    actor = g.get("actor")
    chosen = actor.locale if actor else request.cookies.get("locale", "ru")
    return chosen if chosen in LOCALES else "ru"


def say(message: Message | str) -> str:
    """The sentence in the reader's language; parameters that are Messages are said first."""
    if isinstance(message, str):
        return message
    params = {
        name: say(value) if isinstance(value, Message) else _spell(value)
        for name, value in message.params.items()
    }
    return str(gettext(message.key, **params))


def _spell(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value


def zone() -> ZoneInfo:
    """The time zone of the actor's current organisation."""
    actor = g.get("actor") if has_request_context() else None
    return ZoneInfo(actor.current.time_zone if actor else "Europe/Moscow")


def day(value: date) -> str:
    """11.12"""
    return value.strftime("%d.%m")


def day_year(value: date) -> str:
    """11.12.2026"""
    return value.strftime("%d.%m.%Y")


def weekday_day(value: date) -> str:
    """«пятница, 11 декабря» in the reader's language."""
    return str(format_date(value, "EEEE, d MMMM"))


def clock(value: datetime) -> str:
    """10:42 in the school's zone."""
    return value.astimezone(zone()).strftime("%H:%M")


def moment(value: datetime) -> str:
    """11.12 10:42 in the school's zone; the year where it is not the present one's."""
    local = value.astimezone(zone())
    return local.strftime("%d.%m %H:%M")
