"""Forms of a class: the place they open at, and the classes of a whole school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from journal.access import Permission
from journal.reports.kinds.asking import Ask, Desk
from journal.results.queries.class_page import places_of_class
from journal.results.rules.places import Place
from journal.school.class_names import classes_readable
from journal.school.class_reader import load_class


def class_units(desk: Desk, ask: Ask) -> Sequence[Ask]:
    """A class, or without one every class of the year the actor may read."""
    if ask.class_id is not None:
        return (ask,)
    return [replace(ask, class_id=class_id) for class_id, _ in readable_classes(desk, ask)]


def readable_classes(desk: Desk, ask: Ask) -> list[tuple[int, str]]:
    """(id, name) of the year's classes whose every subject the actor reads."""
    actor = desk.actor
    whole = actor.may(Permission.READ_ANY_JOURNAL)
    kept = actor.current.staff_id if actor.may(Permission.READ_CLASS_JOURNALS) else None
    return classes_readable(desk.session, desk.year(ask).id, keeper_id=None if whole else kept or 0)


def place_of_ask(desk: Desk, ask: Ask) -> str:
    """The place's key; without one the latest term of the class that has ended, else its first.

    NotFound, Forbidden as `load_class`.
    """
    group = load_class(desk.session, desk.actor, ask.class_id or 0)
    places = places_of_class(desk.session, group)
    if ask.at is not None:
        return usual_place(places, ask.at)
    terms = [one for one in places if one.number]
    ended = [one for one in terms if one.last_day < desk.today]
    return (ended or terms)[-1 if ended else 0].key


def usual_place(places: Sequence[Place], at: str) -> str:
    """The key itself; a period of other parallels means the term that ends with it: a school is
    asked for «quarter-2», and its upper classes have half-years."""
    kind, _, number = at.partition("-")
    if any(one.key == at for one in places) or not number.isdecimal():
        return at
    counts = {"quarter": 4, "half_year": 2, "trimester": 3}
    own = [one for one in places if one.number]
    if kind not in counts or not own:
        return at
    place, rest = divmod(int(number) * len(own), counts[kind])
    return own[place - 1].key if not rest and 0 < place <= len(own) else at
