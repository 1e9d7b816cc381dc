"""The words of names, kept beside each person so that a search reads an index, not the school.

Whoever writes a person through a session has the words written with him, in the same flush: there
is no service that could forget them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, event, insert, inspect
from sqlalchemy.orm import Mapper

from journal.people.models import Person, PersonWord

_NAMED = ("search_key", "sort_key", "organisation_id")


def words_of(search_key: str) -> list[str]:
    """The different words of a search key."""
    return sorted(set(search_key.split()))


@event.listens_for(Person, "after_insert")
def _write(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    of = {"person_id": person.id, "organisation_id": person.organisation_id}
    for word in words_of(person.search_key):
        row = {**of, "word": word, "sort_key": person.sort_key}
        connection.execute(insert(PersonWord).values(row))


@event.listens_for(Person, "after_update")
def _write_anew(mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    if any(inspect(person).attrs[name].history.has_changes() for name in _NAMED):
        _forget(mapper, connection, person)
        _write(mapper, connection, person)


@event.listens_for(Person, "before_delete")
def _forget(_mapper: Mapper[Any], connection: Connection, person: Person) -> None:
    connection.execute(delete(PersonWord).where(PersonWord.person_id == person.id))
