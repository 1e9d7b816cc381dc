"""What a person chose among the proposals, as the form sends it: «same:12», «own:12:34»."""

from __future__ import annotations

from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.rules.substitution import Way
from journal.office.service.arranging import cancel, substitute
from journal.office.service.moving import put_other
from journal.office.service.office import Office

PARTS = {Way.CANCEL.value: 0, Way.OWN_SUBJECT.value: 2}
"""How many numbers follow; one, the teacher, where nothing else is said."""


def accept(office: Office, *, lesson_id: int, code: str) -> None:
    """Carry one choice out; whether it is still possible is checked by the command."""
    way, *parts = code.split(":")
    numbers = [int(one) for one in parts if one.isascii() and one.isdecimal() and len(one) < 10]
    if way not in set(Way) or len(numbers) != len(parts) or len(numbers) != PARTS.get(way, 1):
        raise RuleViolation("choice", N_("Choose a value from the list."))
    if way == Way.CANCEL:
        cancel(office, lesson_id=lesson_id)
    elif way == Way.OWN_SUBJECT:
        put_other(office, lesson_id=lesson_id, staff_id=numbers[0], course_id=numbers[1])
    else:
        merge = way == Way.MERGE
        substitute(office, lesson_id=lesson_id, staff_id=numbers[0], merge=merge)
