"""Messages born below the web edge: an English key with parameters, translated by `webkit`.

`N_()` is the extraction keyword (see `babel.cfg`): it marks a sentence for the catalogue without
importing any translation machinery into the storeys that must stay free of flask.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
