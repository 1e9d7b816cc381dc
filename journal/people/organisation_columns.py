"""Columns of organisations, for the read models that join them."""

from __future__ import annotations

from sqlalchemy import String, func

from journal.core.triggers import Triggers, come_with
from journal.people.models import Organisation

ORGANISATION_ID = Organisation.id
CODE, SHORT_NAME, TIME_ZONE = Organisation.code, Organisation.short_name, Organisation.time_zone
MUNICIPALITY = func.coalesce(Organisation.municipality, "", type_=String)
BY_PLACE_AND_NAME = (Organisation.list_key, Organisation.id)
"""The order of every list of schools; an index has it."""


def triggers_of_organisations(triggers: Triggers) -> None:
    """Let what is kept above be told by the database when an organisation changes."""
    come_with(Organisation, triggers)
