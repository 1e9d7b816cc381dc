"""The words of the scripts of a class's day: those of the grid and its own."""

from __future__ import annotations

from functools import lru_cache

from flask_babel import force_locale
from markupsafe import Markup

from journal.cabinets.common.register.script import script_json
from journal.cabinets.common.register.words import words_of_grid
from journal.core.messages import N_, Message
from journal.webkit.i18n import say

_DAY: dict[str, Message] = {
    "where": N_("{pupil}, lesson {no}: {subject}."),
    "lesson_label": N_("lesson {no}"),
    "not_yours": N_("Only the class teacher enters the attendance of the class's day."),
    "released": N_("The pupil is released from attending by order: no absence is entered."),
    "nothing_here": N_("{pupil} has no lesson at this time."),
    "mixed": N_(
        "Pupils of other classes sit in this lesson too: its teacher takes the attendance."
    ),
    "whole_day": N_("the whole day: {mine}"),
    "day_label": N_("the whole day"),
    "rest_ahead": N_("Lessons ahead are entered by their teachers when they begin."),
    "nothing_to_explain": N_("{pupil} has no absence without a reason on this day."),
    "nobody_absent": N_("Nobody is marked absent."),
    "no_reason": N_("no reason stated"),
    "not_confirmed": N_("not confirmed: {reason}"),
    "excused": N_("excused: {reason}"),
    "column_taken": N_("attendance is taken"),
    "column_not_taken": N_("not taken"),
    "column_ahead": N_("has not begun"),
    "column_cancelled": N_("cancelled"),
    "attendance_all": N_("nobody else is absent"),
    "wrong_late": N_("Enter 1 to 600 minutes or leave the field empty."),
}


@lru_cache(maxsize=8)
def day_words(locale: str) -> Markup:
    """JSON for the page; the same for every request of a language."""
    with force_locale(locale):
        own = {name: say(message) for name, message in _DAY.items()}
        return script_json(words_of_grid() | own)
