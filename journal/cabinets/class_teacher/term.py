"""The term of the own class: who slips, who improves, who is absent."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.class_teacher.views import asked_class, blueprint
from journal.control.term_overview import TermOverview, term_overview
from journal.core.db import db
from journal.grading.rules import decimal_text
from journal.grading.rules.trends import FEWEST_MARKS, STEP
from journal.school.rules import term_name
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now


@blueprint.get("/term")
@requires(Permission.KEEP_CLASS)
def term() -> ResponseReturnValue:
    """A term (?term=) compared with the one before it."""
    page = term_overview(
        db.session(),
        current_actor(),
        class_id=asked_class(),
        term_id=typed_number("term"),
        now=now(),
    )
    return render_template(
        "cabinets/class_teacher/term.html",
        page=page,
        links=_links(page),
        names={one.id: term_name(one.kind, one.number) for one in page.terms},
        fewest=FEWEST_MARKS,
        step=decimal_text(STEP, 1),
    )


def _links(page: TermOverview) -> list[dict[str, object]]:
    own: dict[str, Any] = {"class": page.group.id}
    return [
        {
            "label": say(term_name(one.kind, one.number)),
            "url": url_for("class_teacher.term", term=one.id, **own),
            "current": one == page.term,
        }
        for one in page.terms
    ]
