"""How far a job is, as its page asks while it goes on; and that it was begun before."""

from __future__ import annotations

from flask import Response, flash, jsonify
from flask_babel import gettext as _

from journal.core.jobs import JobView, Queued
from journal.webkit.i18n import say


def tell_if_begun_before(queued: Queued) -> None:
    """Who presses a button twice is led to the first work, and told so."""
    if not queued.begun:
        flash(_("This is being done already. It was not begun a second time."), "ok")


def job_progress(found: JobView) -> Response:
    """Its state, steps and words as JSON; what it ended with, when it has."""
    return jsonify(
        state=found.state,
        ended=found.ended,
        done=found.done_steps,
        all=found.all_steps,
        words=_words(found),
    )


def _words(found: JobView) -> str:
    if found.message is not None:
        return say(found.message)
    return f"{found.done_steps}/{found.all_steps}" if found.all_steps else ""
