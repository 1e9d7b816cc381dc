"""The terms a form may be asked for."""

from __future__ import annotations

from journal.core.messages import N_
from journal.reports.kinds.asking import Ask, Desk, FormKind
from journal.reports.kinds.periods import period_name, periods_of
from journal.results.queries.class_page import places_of_class
from journal.results.rules.places import Place
from journal.school.class_names import class_of_pupil
from journal.school.class_reader import read_class
from journal.webkit.i18n import say

WHOLE_YEAR = ("all", N_("Whole year"))
_WITH_WHOLE_YEAR = frozenset({"summary", "journal"})
_WITHOUT_EXAMS = frozenset({"journal", "pupil", "attendance"})


def place_options(desk: Desk, kind: FormKind, ask: Ask) -> list[tuple[str, str]]:
    """(value, words), the usual term first, without a value."""
    options = [("", say(N_("the latest term")))]
    class_id = ask.class_id
    if class_id is None and ask.pupil_id is not None:
        class_id = class_of_pupil(desk.session, ask.pupil_id, desk.today)
    if class_id is None:
        year = desk.year(ask)
        found = periods_of(desk, year)
        options += [(one.key, period_name(one, say)) for one in found if _fits(kind, one.key)]
    else:
        group = read_class(desk.session, class_id)
        places = places_of_class(desk.session, group)
        options += [(one.key, say(one.name)) for one in places if _suits(kind, one)]
    if kind.name in _WITH_WHOLE_YEAR:
        options.append((WHOLE_YEAR[0], say(WHOLE_YEAR[1])))
    return options


def _fits(kind: FormKind, key: str) -> bool:
    return key != "year" or kind.name not in ("journal",)


def _suits(kind: FormKind, place: Place) -> bool:
    if kind.name == "journal":
        return bool(place.number)
    return place.kind not in ("exam", "final") or kind.name not in _WITHOUT_EXAMS
