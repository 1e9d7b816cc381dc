"""The history of a card: who changed what of this person, and when."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.common.persons.blueprint import blueprint, load, name_of_whom
from journal.control.audit_fields import FIELDS
from journal.control.audit_words import ACTIONS, OBJECTS, words_of
from journal.control.person_log import Subject, may_read_entries, person_log
from journal.core.db import db
from journal.office.persons.rows import Whom
from journal.people.person_card import links_of
from journal.webkit.access import current_actor, requires
from journal.webkit.filters import here, typed_number

HISTORY_WORDS = {"actions": ACTIONS, "objects": OBJECTS, "fields": FIELDS, "of": words_of}


@blueprint.get("/<int:person_id>/history")
@requires(Permission.KEEP_PEOPLE)
def history(person_id: int) -> ResponseReturnValue:
    """Newest first; ?of=entries: what journals hold of him; ?below= older ones."""
    whom, actor = load(person_id), current_actor()
    entries, below = request.args.get("of") == "entries", typed_number("below")
    page = person_log(db.session(), actor, _subject(whom), entries=entries, below=below)
    return render_template(
        "persons/history.html",
        person_id=person_id,
        name=name_of_whom(whom),
        page=page,
        entries=entries,
        in_journals=whom.pupil is not None and may_read_entries(actor),
        newest_url=here(below=None) if below else None,
        older_url=here(below=page.older) if page.older else None,
        words=HISTORY_WORDS,
    )


def _subject(whom: Whom) -> Subject:
    guardian = whom.guardian
    return Subject(
        person_id=whom.person.id,
        pupil_id=whom.pupil.id if whom.pupil else None,
        link_ids=links_of(db.session(), guardian.id) if guardian else (),
    )
