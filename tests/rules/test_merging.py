"""Who may be one human being, and which stays contradict each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.core.text import search_key
from journal.office.merging import rules
from journal.office.merging.rules import (
    Known,
    Span,
    fate_of_span,
    likely_pairs,
    never_one,
    one_letter_apart,
    reasons_of,
)

BORN = date(2015, 3, 14)


def known(person_id: int, name: str, born_on: date | None = None, **facts: object) -> Known:
    first = name.split(" ", 1)[1]
    keys = {"name_key": search_key(name), "first_names": search_key(first)}
    return Known(person_id=person_id, name=name, born_on=born_on, **keys, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (("Ёлкина Вера Ильинична", None), ("Елкина Вера Ильинична", None), ("SAME_NAME",)),
        (("Ким Анна Ли", BORN), ("Ким Анна Ли", BORN), ("SAME_NAME", "SAME_BIRTH")),
        (("Ким Анна Ли", BORN), ("Серова Анна Ли", BORN), ("OTHER_SURNAME", "SAME_BIRTH")),
        (("Ким Наталья Ли", BORN), ("Ким Наталия Ли", BORN), ("NEAR_NAME", "SAME_BIRTH")),
        (("Ким Наталья Ли", None), ("Ким Наталия Ли", None), ()),
        (("Ким Анна Ли", BORN), ("Ким Олег Ли", BORN), ()),  # twins
    ],
)
def test_why_two_may_be_one(
    one: tuple[str, date | None], other: tuple[str, date | None], reasons: tuple[str, ...]
) -> None:
    found = reasons_of(known(1, *one), known(2, *other))
    assert found == tuple(getattr(rules, name) for name in reasons)


def test_namesakes_of_other_days_and_families_are_not_proposed() -> None:
    son = known(1, "Ким Иван Ильич", BORN, pupil_id=7)
    father = known(2, "Ким Иван Ильич", guardian=True, children=frozenset({7}))
    namesake = known(3, "Ким Иван Ильич", date(2015, 3, 15), pupil_id=8)
    assert likely_pairs([son, father, namesake]) == []
    assert never_one(father, son) is not None
    assert never_one(son, son) is not None


def test_the_surest_come_first() -> None:
    contact = {"contacts": ("9001234567",), "guardian": True}
    pairs = likely_pairs(
        [
            known(1, "Аксёнова Яна Ли", guardian=True),
            known(2, "Аксенова Яна Ли", guardian=True),
            known(3, "Ярова Ия Ли", **contact),
            known(4, "Ярова Ия Ли", **contact),
        ]
    )
    assert [(one.one.person_id, one.other.person_id) for one in pairs] == [(3, 4), (1, 2)]


@given(st.text("абв", max_size=6), st.text("абв", min_size=1, max_size=1), st.data())
def test_one_letter_more_is_one_letter_apart(word: str, letter: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word)))
    longer = word[:place] + letter + word[place:]
    assert one_letter_apart(word, longer) and one_letter_apart(longer, word)
    assert not one_letter_apart(word, word)
    assert not one_letter_apart(word, longer + "яя")


days = st.dates(date(2026, 9, 1), date(2027, 5, 31))
spans = st.builds(
    lambda place, first, length: Span(
        place, first, None if length is None else first + timedelta(days=length)
    ),
    st.integers(1, 2),
    days,
    st.none() | st.integers(1, 90),
)


@given(spans, st.lists(spans, max_size=4))
def test_a_stay_is_lost_only_inside_one_that_is_kept(span: Span, kept: list[Span]) -> None:
    fate = fate_of_span(span, kept)
    last = span.ends_before or date(2028, 1, 1)
    every = [span.starts_on + timedelta(days=n) for n in range((last - span.starts_on).days)]
    covered = [
        {
            one.place
            for one in kept
            if one.starts_on <= day and (one.ends_before is None or day < one.ends_before)
        }
        for day in every
    ]
    if fate == "moves":
        assert not any(covered)
    elif fate == "within":
        assert all(span.place in places for places in covered)
    else:
        assert any(covered)
