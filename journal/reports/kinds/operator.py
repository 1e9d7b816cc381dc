"""Who makes forms at the server: reads what the director reads."""

from __future__ import annotations

from journal.access import Actor, Membership, Role
from journal.people.queries import OrganisationCard


def operator(card: OrganisationCard, name: str) -> Actor:
    """An actor without an account, in that school alone."""
    member = Membership(
        organisation_id=card.id,
        organisation_name=card.short_name,
        time_zone=card.time_zone,
        person_id=0,
        name=name,
        roles=frozenset({Role.DIRECTOR}),
    )
    return Actor(account_id=0, login=name, memberships=(member,), current=member)
