"""Who an entry of the log comes from."""

from __future__ import annotations

from journal.access import Actor
from journal.core.audit import Origin


def origin_of(actor: Actor) -> Origin:
    """The actor as the log names him."""
    return Origin(
        account_id=actor.account_id,
        actor_name=actor.name,
        client_address=actor.client_address,
    )
