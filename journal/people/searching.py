"""The search box of lists of people: by words of the name, or exactly by a login or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, select, union_all
from sqlalchemy.orm import aliased

from journal.core.text import search_words, tidy
from journal.people.models import Account, Guardian, Person, PersonWord, Pupil, StaffMember

_AFTER = "\U0010ffff"  # stands after every letter
Kind = type[Pupil] | type[StaffMember] | type[Guardian]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a search box. The shape is the number of words of each reading (the
    keyboard layout is forgiven): a statement that is kept is built for a shape, without values."""

    shape: tuple[int, ...]
    values: dict[str, str]


def typed_words(text: str) -> Typed:
    """The beginnings of words to be found, and the whole text for logins and numbers.

    The longest word of a reading comes first: it has the fewest bearers.
    """
    readings = [sorted(set(words), key=len, reverse=True) for words in search_words(text)]
    values = {
        f"word_{reading}_{place}": word
        for reading, words in enumerate(readings)
        for place, word in enumerate(words)
    }
    values |= {f"{name}_end": word + _AFTER for name, word in values.items()}
    typed = tidy(text)
    whole = {"typed": typed, "typed_login": typed.casefold()}
    return Typed(tuple(len(words) for words in readings), values | whole)


def people_like(
    typed: Typed, *numbers: Any, of: Kind | None = None, most: int | None = None
) -> ColumnElement[bool]:
    """By name, or exactly by login or by one of the `numbers` columns (personnel number …).

    With `most` no more than so many of a reading, all of them an `of`, are looked at: the first by
    word and name. Only for a list that nothing else narrows.
    """
    login = Account.login == _given(typed, "typed_login")
    exact = [select(Person.id).join(Account, Account.id == Person.account_id).where(login)]
    exact += [
        select(column.class_.person_id).where(column == _given(typed, "typed"))
        for column in numbers
    ]
    readings = [
        _bearers(typed, reading, count, of, most) for reading, count in enumerate(typed.shape)
    ]
    return Person.id.in_(union_all(*readings, *exact))


def _bearers(
    typed: Typed, reading: int, count: int, of: Kind | None, most: int | None
) -> Select[int]:
    """Who has a word that begins so, and others that begin as the other words."""
    query = select(PersonWord.person_id).where(_begins(typed, PersonWord, f"word_{reading}_0"))
    for place in range(1, count):
        other = aliased(PersonWord)
        named = and_(
            other.person_id == PersonWord.person_id,
            _begins(typed, other, f"word_{reading}_{place}"),
        )
        query = query.where(select(other.person_id).where(named).exists())
    if of is None or most is None:
        return query
    first = query.join(of, of.person_id == PersonWord.person_id)
    first = first.order_by(PersonWord.word, PersonWord.sort_key, PersonWord.person_id)
    return select(first.limit(most).subquery().c.person_id)


def _begins(typed: Typed, words: Any, name: str) -> ColumnElement[bool]:
    return and_(words.word >= _given(typed, name), words.word < _given(typed, f"{name}_end"))


def _given(typed: Typed, name: str) -> Any:
    """The parameter, with its value where the statement is built for one execution."""
    if typed.values:
        return bindparam(name, typed.values[name], type_=String())
    return bindparam(name, type_=String())


def name_matches(text: str) -> ColumnElement[bool]:
    """Words of the person's name begin with every word typed, ё = е, the layout forgiven."""
    typed = typed_words(text)
    if not typed.shape:
        return Person.id.is_(None)
    readings = [
        _bearers(typed, number, count, None, None) for number, count in enumerate(typed.shape)
    ]
    return Person.id.in_(union_all(*readings))


def person_matches(text: str, *numbers: Any) -> ColumnElement[bool]:
    """The same, or exactly the login or one of the `numbers` columns."""
    return people_like(typed_words(text), *numbers)
