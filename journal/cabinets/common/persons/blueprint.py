"""The blueprint of people, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from journal.access import Permission
from journal.core.db import db
from journal.office.persons.rows import Whom, load_whom
from journal.people.rules import full_name
from journal.webkit.access import current_actor, work_in_current_organisation
from journal.webkit.moment import today
from journal.webkit.words import RELATIONS

blueprint = Blueprint("persons", __name__, url_prefix="/people")
blueprint.before_request(work_in_current_organisation)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"Permission": Permission, "relations": RELATIONS, "card_url": card_url}


def load(person_id: int) -> Whom:
    """The person, for who may change him."""
    return load_whom(db.session(), current_actor(), person_id, today=today(current_actor()))


def name_of_whom(whom: Whom) -> str:
    """Фамилия Имя Отчество."""
    person = whom.person
    return full_name(person.surname, person.given_name, person.patronymic)


def card_url(person_id: int) -> str:
    """Where a changed person is seen: his card, or the class teacher's list."""
    if current_actor().may(Permission.MANAGE_SCHOOL):
        return url_for("admin.person", person_id=person_id)
    return url_for("class_teacher.pupils")


def to_card(person_id: int) -> Response:
    """Back to where the person is seen."""
    return redirect(card_url(person_id))
