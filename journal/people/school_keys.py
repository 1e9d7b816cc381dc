"""By what schools are listed and found: keys kept beside the names of an organisation.

Whoever writes an organisation through a session has them written with it. A region has a thousand
schools: a page of their list is read in the order of an index, the others are not read at all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Mapper

from journal.core.text import search_key, sort_key
from journal.people.models import Organisation


def list_key_of(municipality: str | None, short_name: str) -> str:
    """Municipality by municipality, each by name; a tab sorts before every letter."""
    return f"{sort_key(municipality or '')}\t{sort_key(short_name)}"


@event.listens_for(Organisation, "before_insert")
@event.listens_for(Organisation, "before_update")
def _write(_mapper: Mapper[Any], _connection: Connection, one: Organisation) -> None:
    one.list_key = list_key_of(one.municipality, one.short_name)
    one.search_key = search_key(f"{one.code} {one.short_name} {one.municipality or ''}")
