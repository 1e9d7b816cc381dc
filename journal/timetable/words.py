"""Weekdays and kinds of weeks in words."""

from __future__ import annotations

from journal.core.messages import N_, Message

WEEK_KINDS: dict[str, Message] = {"odd": N_("odd weeks"), "even": N_("even weeks")}
WEEKDAYS: dict[int, Message] = {
    1: N_("Monday"),
    2: N_("Tuesday"),
    3: N_("Wednesday"),
    4: N_("Thursday"),
    5: N_("Friday"),
    6: N_("Saturday"),
}
