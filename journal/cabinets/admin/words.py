"""Codes of the tables in the words of the school."""

from __future__ import annotations

from journal.core.messages import N_, Message

SCALES: dict[str, Message] = {
    "five_point": N_("five-point"),
    "pass_fail": N_("pass or fail"),
    "none": N_("without marks"),
}
STUDY_FORMS: dict[str, Message] = {
    "full_time": N_("full-time"),
    "part_time": N_("part-time"),
    "extramural": N_("extramural"),
}
MOVEMENTS: dict[str, Message] = {
    "transfer": N_("transfer"),
    "leaving": N_("leaving"),
    "return": N_("return"),
}
WEEK_KINDS: dict[str, Message] = {"odd": N_("odd weeks"), "even": N_("even weeks")}
WEEKDAYS: dict[int, Message] = {
    1: N_("Monday"),
    2: N_("Tuesday"),
    3: N_("Wednesday"),
    4: N_("Thursday"),
    5: N_("Friday"),
    6: N_("Saturday"),
}
TERM_KINDS: dict[str, Message] = {
    "quarter": N_("quarter"),
    "trimester": N_("trimester"),
    "half_year": N_("half-year"),
}
# The zones of Russia, by the capital of each.
ZONES: dict[str, str] = {
    "Europe/Kaliningrad": "Калининград (UTC+2)",
    "Europe/Moscow": "Москва (UTC+3)",
    "Europe/Samara": "Самара (UTC+4)",
    "Asia/Yekaterinburg": "Екатеринбург (UTC+5)",
    "Asia/Omsk": "Омск (UTC+6)",
    "Asia/Krasnoyarsk": "Красноярск (UTC+7)",
    "Asia/Irkutsk": "Иркутск (UTC+8)",
    "Asia/Yakutsk": "Якутск (UTC+9)",
    "Asia/Vladivostok": "Владивосток (UTC+10)",
    "Asia/Magadan": "Магадан (UTC+11)",
    "Asia/Kamchatka": "Петропавловск-Камчатский (UTC+12)",
}
