"""The heads of the grid's columns as markup, by the macros of register/table.html.

A head is the same for everybody who opens the page and at every visit; it is written once and found
again by everything that stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from flask import get_template_attribute
from flask_babel import force_locale, format_date
from markupsafe import Markup

from journal.cabinets.common.register.painted import Head, HeadRows
from journal.register.rules.page import Column, JournalPage

_MACROS = ("head_day", "head_number", "head_kind")
_Written = tuple[str, str, str]


def head_rows(page: JournalPage, locale: str) -> HeadRows:
    """The rows over the columns of a page."""
    shorts = {one.id: one.short_name for one in page.types}
    written = [
        _written(locale, _head(column, [shorts[work.type_id] for work in column.lesson.kinds]))
        for column in page.columns
    ]
    if not written:
        return HeadRows(Markup(), Markup(), Markup(), 0)
    days, numbers, kinds = (Markup("".join(row)) for row in zip(*written, strict=True))
    return HeadRows(days, numbers, kinds, len(written))


def _head(column: Column, works: Sequence[str]) -> Head:
    lesson = column.lesson
    return Head(
        column.first_of_month,
        column.today,
        lesson.cancelled,
        lesson.topic,
        lesson.held_on,
        lesson.number,
        tuple(works),
        column.kind_title,
        column.weight,
    )


@lru_cache(maxsize=4096)
def _written(locale: str, head: Head) -> _Written:
    names = [name for name in ("first", "today", "cancelled") if getattr(head, name)]
    words = {
        "css": "".join(f" {name}" for name in names),
        "weekday": _weekday(locale, head.held_on.weekday()),
        "short": _short(head.works),
        "weight": f"×{head.weight}" if head.weight > 1 else None,
    }
    day, number, kind = (
        str(get_template_attribute("register/table.html", name)(head, words)) for name in _MACROS
    )
    return day, number, kind


@lru_cache(maxsize=64)
def _weekday(locale: str, number: int) -> str:
    with force_locale(locale):
        return str(format_date(date(2026, 6, 1 + number), "ccc"))


def _short(works: Sequence[str]) -> str:
    """«КР», «УО+1» for two works: a column is as wide as a mark."""
    return works[0] + (f"+{len(works) - 1}" if len(works) > 1 else "") if works else ""
