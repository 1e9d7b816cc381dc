"""The search box of lists of people: by words of the name, or exactly by a login or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, or_

from journal.core.text import search_words, tidy
from journal.people.models import Account, Person


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into a search box. The shape is the number of words of each reading (the
    keyboard layout is forgiven): a statement that is kept is built for a shape, without values."""

    shape: tuple[int, ...]
    values: dict[str, str]


def typed_words(text: str) -> Typed:
    """The words to be found, and the whole text for logins and numbers."""
    readings = search_words(text)
    values = {
        f"word_{reading}_{place}": f"%{_escaped(word)}%"
        for reading, words in enumerate(readings)
        for place, word in enumerate(words)
    }
    typed = tidy(text)
    whole = {"typed": typed, "typed_login": typed.casefold()}
    return Typed(tuple(len(words) for words in readings), values | whole)


def _escaped(word: str) -> str:
    """A word of a search key holds letters, digits and underscores; the last mean «any»."""
    return word.replace("_", "/_")


def people_like(typed: Typed, *numbers: Any) -> ColumnElement[bool]:
    """By name, or exactly by login or by one of the `numbers` columns (personnel number …)."""
    login = Account.login == _given(typed, "typed_login")
    exact = [login, *(column == _given(typed, "typed") for column in numbers)]
    return or_(_names_like(typed), *exact)


def _names_like(typed: Typed) -> ColumnElement[bool]:
    readings = [
        and_(*(_holds(_given(typed, f"word_{reading}_{place}")) for place in range(count)))
        for reading, count in enumerate(typed.shape)
    ]
    return or_(*readings) if readings else Person.id.is_(None)


def _holds(word: Any) -> ColumnElement[bool]:
    return Person.search_key.like(word, escape="/")


def _given(typed: Typed, name: str) -> Any:
    """The parameter, with its value where the statement is built for one execution."""
    if typed.values:
        return bindparam(name, typed.values[name], type_=String())
    return bindparam(name, type_=String())


def name_matches(text: str) -> ColumnElement[bool]:
    """The person's name holds every word typed, ё = е, the keyboard layout forgiven."""
    return _names_like(typed_words(text))


def person_matches(text: str, *numbers: Any) -> ColumnElement[bool]:
    """The same, or exactly the login or one of the `numbers` columns."""
    return people_like(typed_words(text), *numbers)
