"""Forms with a table in them: rows that are there, a few blank ones, and errors at their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from wtforms import Field
from wtforms import Form as BareForm
from wtforms.utils import unset_value

from journal.webkit.fields import Choices
from journal.webkit.forms import Form

SPARE = 3
MOST = 80
_NAME = re.compile(r"r(\d{1,2})-")


class RowForm(BareForm):
    """One row. It is blank when nothing was typed into the fields of `typed`."""

    typed: ClassVar[tuple[str, ...]] = ()

    @property
    def blank(self) -> bool:
        """Whether the row says nothing: it is left out, or deleted if it was there."""
        return not any(_has_text(self._fields[name]) for name in self.typed)


class RowsForm(Form):
    """A form whose `rows` are a table. A row emptied by its reader is a row deleted."""

    row_form: ClassVar[type[RowForm]] = RowForm
    spare: ClassVar[int] = SPARE

    def __init__(
        self,
        *args: Any,
        held: Sequence[Mapping[str, Any]] = (),
        choices: Mapping[str, Choices] | None = None,
        **kwargs: Any,
    ) -> None:
        self._choices, self._there_are = choices or {}, held
        super().__init__(*args, **kwargs)
        self.rows: list[RowForm] = list(self._sent() if self.is_submitted() else self._held(held))

    def _sent(self) -> Iterator[RowForm]:
        numbers = {int(found[1]) for name in request.form if (found := _NAME.match(name))}
        for number in range(min(max(numbers, default=-1) + 1, MOST)):
            yield self._row(number, formdata=request.form)

    def _held(self, held: Sequence[Mapping[str, Any]]) -> Iterator[RowForm]:
        for number, facts in enumerate([*held, *({},) * self.spare]):
            yield self._row(number, data=facts)

    def kept_facts(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Of the head and of the rows that were there."""
        return super().kept_facts(kept) | {"rows": [self._of_row(one) for one in self._there_are]}

    def typed_facts(self) -> dict[str, Any]:
        """Of the head and of the rows that say something."""
        rows = [self._of_row(row.data) for _, row in self.filled]
        return super().typed_facts() | {"rows": rows}

    def _of_row(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        return {name: facts.get(name) for name in self.row_form()._fields}

    def _row(self, number: int, **given: Any) -> RowForm:
        row = self.row_form(prefix=f"r{number}-", **given)
        for name, choices in self._choices.items():
            row._fields[name].choices = list(choices)
        return row

    @property
    def filled(self) -> list[tuple[int, RowForm]]:
        """(place, row) of every row that says something."""
        return [(place, row) for place, row in enumerate(self.rows) if not row.blank]

    def validate(self, extra_validators: Any = None) -> bool:
        """The head and every row that says something."""
        sound = bool(super().validate(extra_validators))
        checked = [row.validate() for _, row in self.filled]
        return sound and all(checked)

    @property
    def errors(self) -> dict[str, Any]:
        """Those of the head and, by the names of their fields, those of the rows."""
        found = dict(super().errors)
        for row in self.rows:
            found |= {field.name: field.errors for field in row if field.errors}
        return found


def _has_text(field: Field) -> bool:
    raw = field.raw_data
    if raw is None:
        return field.data not in (None, "", unset_value, frozenset(), ())
    return any(str(one).strip() for one in raw)
