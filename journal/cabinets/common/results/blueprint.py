"""The blueprint of results; its pages show the chosen organisation alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from journal.cabinets.common.results.numbers import numbers_text
from journal.core.messages import N_
from journal.grading.rules.proposals import threshold_text
from journal.grading.rules.shares import USUAL_COEFFICIENTS
from journal.results.queries.summary import WHOLE_YEAR
from journal.school.rules import term_name
from journal.school.titles import classes_words, course_title, subject_title
from journal.webkit.access import work_in_current_organisation
from journal.webkit.i18n import say

blueprint = Blueprint("results", __name__, url_prefix="/results")
blueprint.before_request(work_in_current_organisation)

_CSS = {"5": "m5", "4": "m4", "3": "m3", "2": "m2", "1": "m2", "незач": "m2"}


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """What every template of the section says with."""
    return {
        "classes_words": classes_words,
        "coefficients": USUAL_COEFFICIENTS,
        "course_title": course_title,
        "mark_css": mark_css,
        "numbers_text": numbers_text,
        "place_words": place_words,
        "subject_title": subject_title,
        "threshold_text": threshold_text,
    }


def mark_css(value: str | None) -> str:
    """The class that colours a mark; words and digits carry the meaning without it."""
    return _CSS.get(value or "", "")


def place_words(key: str) -> str:
    """«I четверть» for «quarter-1», «Весь год» for «all»."""
    if key == WHOLE_YEAR:
        return say(N_("Whole year"))
    kind, _, number = key.partition("-")
    return say(term_name(kind, int(number or 0)))
