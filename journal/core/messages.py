"""Messages born below the web edge: an English key with parameters, translated by `webkit`.

`N_()` is the extraction keyword (see `babel.cfg`): it marks a sentence for the catalogue without
importing any translation machinery into the storeys that must stay free of flask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a reader: `key` is the English msgid with %(name)s places for `params`.

    A parameter may itself be a Message; the edge translates it first.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        if not self.params:
            return self.key
        return self.key % {name: str(value) for name, value in self.params.items()}


def N_(key: str, /, **params: object) -> Message:
    """Mark `key` for translation and carry its parameters to the edge."""
    return Message(key, params)


def message_facts(message: Message) -> dict[str, object]:
    """The message as plain JSON, to be kept in a row and said later in the reader's language."""
    return {"key": message.key, "params": {k: _fact(v) for k, v in message.params.items()}}


def message_from_facts(facts: Mapping[str, Any]) -> Message:
    """The inverse of `message_facts`."""
    params = facts.get("params", {})
    return Message(str(facts["key"]), {name: _unfact(value) for name, value in params.items()})


def _fact(value: object) -> object:
    if isinstance(value, Message):
        return message_facts(value)
    if isinstance(value, datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int | float | str) or value is None else str(value)


def _unfact(value: Any) -> object:
    if not isinstance(value, Mapping):
        return value
    if "instant" in value:
        return datetime.fromisoformat(value["instant"])
    return date.fromisoformat(value["day"]) if "day" in value else message_from_facts(value)
