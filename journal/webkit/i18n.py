"""Translation at the edge: Message to sentence, the locale of a request, dates as read here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_decimal
from markupsafe import Markup

from journal.core.messages import Message

LOCALES = ("ru", "en")
_CATALOGUES = Path(__file__).resolve().parents[2] / "translations"
babel = Babel()
# (locale, time zone) of whom a letter or a certified form is written for, whoever asks for it.
_reader: ContextVar[tuple[str, str] | None] = ContextVar("reader", default=None)


def init_app(app: Flask) -> None:
    """Russian by default; English by the account's choice (a cookie before sign-in)."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "ru")
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "../translations")
    babel.init_app(app, locale_selector=choose_locale)
    app.jinja_env.install_gettext_callables(sentence_of, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(locale=choose_locale, _=_in_template)
    app.jinja_env.filters.update(
        say=say,
        day=day,
        day_year=day_year,
        day_month=day_month,
        month_year=month_year,
        weekday=weekday,
        weekday_day=weekday_day,
        heading=heading,
        clock=clock,
        moment=moment,
        decimal=decimal,
        moment_year=moment_year,
        period=period,
    )


@cache
def _catalogue(locale: str) -> NullTranslations:
    """The sentences of a locale. A page says forty of them: the way through the request's context
    that Flask-Babel takes for each costs more than the rest of the line."""
    return Translations.load(_CATALOGUES, [locale])


def sentence_of(key: str) -> str:
    """The sentence of a key in the reader's language, its places unfilled."""
    return _plain_sentence(choose_locale(), key)


@cache
def _plain_sentence(locale: str, key: str) -> str:
    return str(_catalogue(locale).ugettext(key))


def gettext(key: str, /, **places: object) -> str:
    """As Flask-Babel's, without its way through the contexts: a fifth of the time."""
    sentence = sentence_of(key)
    return sentence % places if places else sentence


def _in_template(key: str, /, **places: object) -> Markup:
    """`_()` of the templates: the sentence as markup, its places filled with escaped values."""
    locale = choose_locale()
    return _sentence(locale, key) % places if places else sentence_in(locale, key)


@cache
def _sentence(locale: str, key: str) -> Markup:
    return Markup(_plain_sentence(locale, key))


@cache
def sentence_in(locale: str, key: str) -> Markup:
    """What `_(key)` of a template says in that language."""
    return _sentence(locale, key) % {}


def counted_sentence(locale: str, one: str, many: str, count: int) -> Markup:
    """What `ngettext` of a template says in that language of so many."""
    return Markup(_catalogue(locale).ungettext(one, many, count)) % {"num": count}


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for so many in the reader's language, its places unfilled."""
    return str(_catalogue(choose_locale()).ungettext(one, many, count))


def choose_locale() -> str:
    """The locale of the reader that is spoken to, or else of this request."""
    reader = _reader.get()
    if reader is not None:
        chosen = reader[0]
    elif has_request_context():
        actor = g._get_current_object().get("actor")  # a page asks a hundred times
        chosen = actor.locale if actor else request.cookies.get("locale", "ru")
    else:
        chosen = "ru"
    return chosen if chosen in LOCALES else "ru"


@contextmanager
def speaking_to(locale: str, time_zone: str) -> Iterator[None]:
    """Say sentences and instants for this reader: in a job's letters, in what a school keeps."""
    token = _reader.set((locale, time_zone))
    try:
        yield
    finally:
        _reader.reset(token)


def say(message: Message | str) -> str:
    """The sentence in the reader's language; parameters that are Messages are said first."""
    if isinstance(message, str):
        return message
    params = {
        name: say(value) if isinstance(value, Message) else _spell(value)
        for name, value in message.params.items()
    }
    sentence = sentence_of(message.key)
    return sentence % params if params else sentence


def _spell(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value


def zone() -> ZoneInfo:
    """The time zone of the reader that is spoken to, or of the actor's current organisation."""
    reader = _reader.get()
    if reader is not None:
        return ZoneInfo(reader[1])
    actor = g.get("actor") if has_request_context() else None
    return ZoneInfo(actor.current.time_zone if actor else "Europe/Moscow")


def day(value: date) -> str:
    """11.12"""
    return value.strftime("%d.%m")


def day_year(value: date) -> str:
    """11.12.2026"""
    return value.strftime("%d.%m.%Y")


def day_month(value: date) -> str:
    """«11 декабря» in the reader's language."""
    return _formatted(value, "d MMMM", choose_locale())


def month_year(value: date) -> str:
    """«декабрь 2026» in the reader's language."""
    return _formatted(value, "LLLL y", choose_locale())


def weekday(value: date) -> str:
    """«пятница» in the reader's language."""
    return _formatted(value, "EEEE", choose_locale())


def weekday_short(value: date) -> str:
    """«пт» in the reader's language."""
    return _formatted(value, "EEE", choose_locale())


def weekday_day(value: date) -> str:
    """«пятница, 11 декабря» in the reader's language."""
    return _formatted(value, "EEEE, d MMMM", choose_locale())


def heading(words: str) -> str:
    """The words as a line begins with them; the names of months keep their own letters."""
    return words[:1].upper() + words[1:]


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    """Spelling out a date costs as much as a query; a page names a dozen of them."""
    return str(format_date(value, pattern, locale=locale))


def clock(value: datetime) -> str:
    """10:42 in the school's zone."""
    return value.astimezone(zone()).strftime("%H:%M")


def moment(value: datetime) -> str:
    """11.12 10:42 in the school's zone; `moment_year` says the year too."""
    local = value.astimezone(zone())
    # A long list says a hundred: strftime costs several times as much.
    return f"{local.day:02}.{local.month:02} {local.hour:02}:{local.minute:02}"


def decimal(value: Decimal) -> str:
    """0,5 and 2: an exact decimal without idle zeros, in the reader's language."""
    return str(format_decimal(value))


def moment_year(value: datetime) -> str:
    """11.12.2026 10:42 in the school's zone."""
    return value.astimezone(zone()).strftime("%d.%m.%Y %H:%M")


def period(starts_on: date, ends_before: date | None) -> str:
    """«01.09.2026 – 11.10.2026», both days included; «с 01.09.2026» when it is open."""
    first = day_year(starts_on)
    if ends_before is None:
        return sentence_of("from %(day)s") % {"day": first}
    last = day_year(ends_before - timedelta(days=1))
    return first if first == last else f"{first}\N{NO-BREAK SPACE}– {last}"
