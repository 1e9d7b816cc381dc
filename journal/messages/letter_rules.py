"""Letters: what they are about, and how a text is filled for one family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

SUBJECT_MAX, TEXT_MAX = 200, 5000
FILES_MAX = 5
_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


class About(StrEnum):
    """What a letter is about (003:48); `support` goes to the administrator."""

    BEHAVIOUR = "behaviour"
    SUCCESS = "success"
    ACCESS = "access"
    ABSENCES = "absences"
    OTHER = "other"
    SUPPORT = "support"


ABOUT_NAMES: dict[About, Message] = {
    About.SUCCESS: N_("success"),
    About.BEHAVIOUR: N_("behaviour"),
    About.ACCESS: N_("access to the diary"),
    About.ABSENCES: N_("absences"),
    About.OTHER: N_("other"),
    About.SUPPORT: N_("to the administrator"),
}
# Places of a text: what stands in the braces, as a school writes it, and what it becomes.
PLACES: dict[str, Message] = {
    "ребёнок": N_("name of the child"),
    "родитель": N_("name of the recipient"),
    "получатель": N_("name of the recipient"),
    "класс": N_("class"),
    "предмет": N_("subject"),
    "отметки": N_("marks in the subject this term"),
    "средний балл": N_("average in the subject this term"),
    "средние баллы": N_("averages of all subjects this term"),
    "пропущено": N_("lessons missed this term"),
    "пропуски": N_("lessons missed this term by reason"),
    "логин": N_("login of the recipient"),
    "адрес": N_("address of the journal"),
}
_FAMILY = {"ребёнок", "родитель", "класс", "пропущено", "пропуски", "логин", "адрес"}
CLASS_PLACES = frozenset(_FAMILY | {"средние баллы"})
COURSE_PLACES = frozenset(_FAMILY | {"предмет", "отметки", "средний балл"})
STAFF_PLACES = frozenset({"получатель", "логин", "адрес"})


def places_of(text: str) -> list[str]:
    """The places a text names, in order."""
    return [name.strip().casefold() for name in _PLACE.findall(text)]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """The text with its places filled."""
    return _PLACE.sub(lambda found: facts[found[1].strip().casefold()], text)


def check_letter(*, subject: str, text: str, places: Iterable[str] = ()) -> None:
    """Refuse a letter without subject or words, too long, or with places nobody can fill."""
    if not subject:
        raise RuleViolation("subject", N_("Write what the letter is about."))
    if len(subject) > SUBJECT_MAX:
        raise RuleViolation("subject", N_("Write at most %(count)s characters.", count=SUBJECT_MAX))
    check_words(text)
    unknown = [name for name in places_of(text) if name not in set(places)]
    if unknown:
        raise RuleViolation(
            "text",
            N_("There is no place «{%(name)s}». Take one of the list below.", name=unknown[0]),
        )


def check_words(text: str) -> None:
    """Refuse an empty or an endless text."""
    if not text.strip():
        raise RuleViolation("text", N_("Write the text."))
    if len(text) > TEXT_MAX:
        raise RuleViolation("text", N_("Write at most %(count)s characters.", count=TEXT_MAX))
