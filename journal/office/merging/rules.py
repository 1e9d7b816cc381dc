"""Pure rules of merging: who may be one human being, and what cannot be brought together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from journal.core.messages import N_, Message

SAME_NAME = N_("same full name")
SAME_BIRTH = N_("born on the same day")
SAME_CONTACT = N_("same phone or e-mail")
NEAR_NAME = N_("names differ by a letter")
OTHER_SURNAME = N_("another surname, else the same name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person as far as likeness goes. `name_key` and `first_names` have е for ё.

    `children` are the pupils he is a guardian of, `pupil_id` is himself as a pupil.
    """

    person_id: int
    name: str
    name_key: str
    first_names: str
    born_on: date | None
    contacts: tuple[str, ...] = ()
    staff: bool = False
    pupil_id: int | None = None
    guardian: bool = False
    children: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Two who may be one, and why; the surer, the more reasons."""

    one: Known
    other: Known
    reasons: tuple[Message, ...]


def likely_pairs(people: Sequence[Known]) -> list[Likely]:
    """Pairs to look at, the surest first. Different birth days are different people."""
    found = []
    for one, other in _candidates(people):
        reasons = reasons_of(one, other)
        if reasons and not never_one(one, other):
            found.append(Likely(one=one, other=other, reasons=reasons))
    return sorted(found, key=lambda pair: (-len(pair.reasons), pair.one.name, pair.one.person_id))


def _candidates(people: Iterable[Known]) -> list[tuple[Known, Known]]:
    """Who shares a full name or a birth day; nobody is compared with everybody."""
    alike: defaultdict[object, list[Known]] = defaultdict(list)
    for one in people:
        alike[one.name_key].append(one)
        if one.born_on is not None:
            alike[one.born_on].append(one)
    pairs = {}
    for group in alike.values():
        for pair in combinations(sorted(group, key=lambda one: one.person_id), 2):
            pairs[pair[0].person_id, pair[1].person_id] = pair
    return list(pairs.values())


def reasons_of(one: Known, other: Known) -> tuple[Message, ...]:
    """Why the two may be one; nothing when too little speaks for it."""
    born = one.born_on is not None and one.born_on == other.born_on
    name = _likeness(one, other, born)
    if name is None:
        return ()
    contact = bool(set(one.contacts) & set(other.contacts))
    reasons = [(name, True), (SAME_BIRTH, born), (SAME_CONTACT, contact)]
    return tuple(reason for reason, holds in reasons if holds)


def _likeness(one: Known, other: Known, born: bool) -> Message | None:
    if one.name_key == other.name_key:
        return SAME_NAME
    if not born:
        return None
    if one.first_names == other.first_names:
        return OTHER_SURNAME
    return NEAR_NAME if one_letter_apart(one.name_key, other.name_key) else None


def one_letter_apart(left: str, right: str) -> bool:
    """One letter more, less or another."""
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    same = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    rest = short[same + 1 :] if len(short) == len(long) else short[same:]
    return rest == long[same + 1 :]


def never_one(one: Known, other: Known) -> Message | None:
    """Why the two cannot be one human being, or None."""
    if one.person_id == other.person_id:
        return N_("This is the same card. Choose the other one.")
    if one.born_on and other.born_on and one.born_on != other.born_on:
        return N_("They were born on different days. If one date is a mistake, correct it first.")
    for left, right in ((one, other), (other, one)):
        if left.pupil_id is not None and (right.staff or right.guardian):
            return N_("A pupil and a grown-up are not one person.")
        if left.pupil_id is not None and left.pupil_id in right.children:
            return N_("One is a parent of the other.")
    return None


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open dates with what they are a stay in: a class, a subgroup, a course."""

    place: int
    starts_on: date
    ends_before: date | None

    def meets(self, other: Span) -> bool:
        """They share a day."""
        last, others = self.ends_before or date.max, other.ends_before or date.max
        return self.starts_on < others and other.starts_on < last

    def holds(self, other: Span) -> bool:
        """The other lies within this one, in the same place."""
        last, others = self.ends_before or date.max, other.ends_before or date.max
        within = self.starts_on <= other.starts_on and others <= last
        return self.place == other.place and within


def fate_of_span(span: Span, kept: Iterable[Span]) -> str:
    """What becomes of a stay of the card that goes: `moves`, `within` one kept, or `clashes`."""
    met = [one for one in kept if one.meets(span)]
    if not met:
        return "moves"
    return "within" if any(one.holds(span) for one in met) else "clashes"
