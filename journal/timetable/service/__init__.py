"""Commands on drafts of the timetable."""

from journal.timetable.service.drafts import (
    DraftDates,
    change_draft,
    copy_slots,
    create_draft,
    drop_draft,
)
from journal.timetable.service.planner import Planner
from journal.timetable.service.slots import (
    SlotPlace,
    change_slot,
    move_slot,
    place_course,
    remove_slot,
)

__all__ = [
    "DraftDates",
    "Planner",
    "SlotPlace",
    "change_draft",
    "change_slot",
    "copy_slots",
    "create_draft",
    "drop_draft",
    "move_slot",
    "place_course",
    "remove_slot",
]
