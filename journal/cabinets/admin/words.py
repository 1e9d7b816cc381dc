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
TERM_KINDS: dict[str, Message] = {
    "quarter": N_("quarter"),
    "trimester": N_("trimester"),
    "half_year": N_("half-year"),
}
# The zones of Russia, by the capital of each.
ZONES: dict[str, str] = {
    "Europe/Kaliningrad": "Калининград (МСК−1)",
    "Europe/Moscow": "Москва (МСК)",
    "Europe/Samara": "Самара (МСК+1)",
    "Asia/Yekaterinburg": "Екатеринбург (МСК+2)",
    "Asia/Omsk": "Омск (МСК+3)",
    "Asia/Krasnoyarsk": "Красноярск (МСК+4)",
    "Asia/Irkutsk": "Иркутск (МСК+5)",
    "Asia/Yakutsk": "Якутск (МСК+6)",
    "Asia/Vladivostok": "Владивосток (МСК+7)",
    "Asia/Magadan": "Магадан (МСК+8)",
    "Asia/Kamchatka": "Петропавловск-Камчатский (МСК+9)",
}
