"""Opening a journal without a connection: the service worker and the page it falls back to.

See docs/adr/0025: nothing is kept before a teacher switches it on for this browser.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue

from journal.webkit.access import public

# Says to the worker whose page this is: only such pages are kept, and only for that account.
KEEP_HEADER = "X-Journal-Keep"

blueprint = Blueprint("offline", __name__)


@blueprint.get("/offline-worker.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker, from the root so that it may answer for every page; always asked for
    anew, so that a browser never keeps an old one."""
    answer: Response = current_app.send_static_file("js/offline-worker.js")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/offline")
@public
def fallback() -> ResponseReturnValue:
    """What the worker shows without a connection; it fills in the journals it keeps."""
    return render_template("shared/offline.html")
