"""What a person chose among the proposals, as the form sends it: «same:12», «merge:7», «cancel»."""

from __future__ import annotations

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.rules.substitution import Way
from journal.office.service.arranging import Office, cancel, substitute


def accept(office: Office, *, lesson_id: int, code: str) -> None:
    """Carry one choice out; whether it is still possible is checked by the command."""
    way, _, number = code.partition(":")
    if way not in set(Way) or (number and not (number.isascii() and number.isdecimal())):
        raise RuleViolation("choice", N_("Choose a value from the list."))
    if way == Way.CANCEL:
        cancel(office, lesson_id=lesson_id)
    elif number and len(number) < 10:
        merge = way == Way.MERGE
        substitute(office, lesson_id=lesson_id, staff_id=int(number), merge=merge)
    else:
        raise RuleViolation("choice", N_("Choose a value from the list."))
