"""The results of a class: all subjects at one place."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.results.blueprint import blueprint
from journal.cabinets.common.results.links import place_links
from journal.core.db import db
from journal.results.queries.class_page import class_results
from journal.webkit.access import current_actor, requires
from journal.webkit.moment import now


@blueprint.get("/classes/<int:class_id>")
@requires(Permission.OPEN_JOURNAL)
def class_group(class_id: int) -> ResponseReturnValue:
    """Pupils × subjects for a term or what follows (?at=); who has no mark yet."""
    page = class_results(
        db.session(), current_actor(), class_id=class_id, at=request.args.get("at"), now=now()
    )
    links = place_links(
        page.places,
        page.chosen,
        lambda key: url_for("results.class_group", class_id=class_id, at=key),
    )
    return render_template("results/class.html", page=page, links=links)
