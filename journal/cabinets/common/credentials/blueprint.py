"""The blueprint of credentials and whose they are in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint

from journal.core.messages import N_, Message
from journal.school.credential_targets import Target
from journal.webkit.access import work_in_current_organisation
from journal.webkit.words import STAGES

blueprint = Blueprint("credentials", __name__, url_prefix="/access")
blueprint.before_request(work_in_current_organisation)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    return {"stages": STAGES, "whose": whose}


def whose(target: Target) -> Message | str:
    """Who the person is here: a class, a position, or whose parent."""
    if target.class_name:
        return target.class_name
    if target.position:
        return target.position
    if target.children:
        names = [f"{one.name} ({place})" if place else one.name for one, place in target.children]
        return N_("parent: %(children)s", children=", ".join(names))
    return "–"


def by_family(targets: Iterable[Target]) -> list[Target]:
    """By class; a pupil, then his parents: their slips are handed over together."""
    found = list(targets)
    here = {one.person_id for one in found}

    def place(target: Target) -> tuple[str, str, int]:
        if not target.children or target.class_name or target.position:
            return target.class_name or "", target.name, 0
        known = [one for one in target.children if one[0].person_id in here]
        child, class_name = (known or list(target.children))[0]
        return class_name or "", child.name, 1

    return sorted(found, key=place)
