"""The days of a diary in the reader's language, and their lessons as markup.

A class has some forty lessons a week, and all its families read them: what one of them was shown is
found again for the next by everything that stands in it.
"""

from __future__ import annotations

from functools import cache, lru_cache

from flask import Flask, get_template_attribute
from markupsafe import Markup

from journal.diary.painted import PaintedLesson
from journal.diary.painting import DayPainter
from journal.webkit.i18n import choose_locale, say


def init_app(app: Flask) -> None:
    """Give templates `lesson_item`."""
    app.jinja_env.globals["lesson_item"] = lesson_item


def day_painter() -> DayPainter:
    """The painter of the reader's language."""
    return _painter(choose_locale())


@cache
def _painter(_locale: str) -> DayPainter:
    """It looks its words up when it is made, and says others in the language of the moment."""
    return DayPainter(say)


def lesson_item(lesson: PaintedLesson) -> Markup:
    """A lesson of a day as an item of a list."""
    return _written(lesson) if lesson.private else _kept(lesson)


@lru_cache(maxsize=2048)
def _kept(lesson: PaintedLesson) -> Markup:
    return _written(lesson)


def _written(lesson: PaintedLesson) -> Markup:
    return Markup(get_template_attribute("components/diary.html", "lesson_item_of")(lesson))
