"""For everybody: is the code on a certified sheet genuine? Nothing but yes or no is told."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from journal.core.db import db
from journal.reports.certifying.queries import is_genuine, typed_code
from journal.reports.forms.model import grouped
from journal.webkit.access import public
from journal.webkit.security import limiter

blueprint = Blueprint("check", __name__, url_prefix="/check")


@blueprint.get("/")
@public
@limiter.limit("30 per minute")
def code() -> ResponseReturnValue:
    """The form, and with ?code= the answer."""
    typed = request.args.get("code", "").strip()
    found = typed_code(typed)
    genuine = is_genuine(db.session(), found) if found else False
    return render_template(
        "results/check.html",
        typed=grouped(found) if found else typed[:40],
        readable=found is not None,
        genuine=genuine,
    )
