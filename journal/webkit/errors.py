"""Error pages: every refusal in words, the same sentence for a page and for JSON."""

from __future__ import annotations

from flask import Flask, current_app, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from journal.core.db import db
from journal.core.errors import JournalError
from journal.core.messages import N_, Message
from journal.webkit.answers import refusal, wants_json

_SENTENCES = {
    400: N_("The form could not be read. Open the page again and repeat."),
    404: N_("There is no such page. Check the address."),
    405: N_("This address does not take such a request. Go back to the page and press its button."),
    413: N_("The file is too large. Choose a file of at most 25 MB."),
    429: N_("Too many requests. Wait a minute and repeat."),
    500: N_("Something went wrong on our side. Nothing was saved; repeat in a minute."),
    503: N_("The database is busy. Nothing was saved; repeat in a minute."),
}
_CSRF = N_(
    "The page has grown old: open it again and repeat. What you typed in the journal is kept."
)
BUSY_SECONDS = "2"  # the journal page sends again after so long by itself
_PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 423, 429, 500, 503})


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(JournalError, on_refusal)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(OperationalError, on_busy)
    app.register_error_handler(Exception, on_fault)


def on_refusal(error: JournalError) -> ResponseReturnValue:
    """A typed refusal that no view turned into a field error."""
    return _answer(error.message, error.status)


def on_csrf(_error: CSRFError) -> ResponseReturnValue:
    """A missing or foreign CSRF token."""
    return _answer(_CSRF, 400)


def on_http(error: HTTPException) -> ResponseReturnValue:
    """What Flask itself refuses."""
    if error.response is not None:
        return error.response
    status = error.code or 500
    return _answer(_SENTENCES.get(status, _SENTENCES[500]), status)


def on_busy(error: OperationalError) -> ResponseReturnValue:
    """The database does not answer: locked for too long, or gone. Worth asking again."""
    if current_app.testing:
        raise error
    current_app.logger.exception("the database does not answer")
    db.session.rollback()
    answer = make_response(_answer(_SENTENCES[503], 503))
    answer.headers["Retry-After"] = BUSY_SECONDS
    return answer


def on_fault(error: Exception) -> ResponseReturnValue:
    """A programming error: logged with its trace, told without one."""
    if current_app.testing:
        raise error
    current_app.logger.exception("unhandled error")
    db.session.rollback()
    return _answer(_SENTENCES[500], 500)


def _answer(message: Message, status: int) -> ResponseReturnValue:
    if wants_json():
        return refusal(message, status)
    page = status if status in _PAGES else 500
    return render_template(f"errors/{page}.html", message=message, status=status), status
