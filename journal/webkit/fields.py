"""Fields that several forms share: text without idle spaces, parallels, ids of drop-downs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, Field, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from journal.core.text import tidy
from journal.documents.cells import CellRefused
from journal.transfer.celltypes import EMAIL, GRADES
from journal.webkit.filters import number_of
from journal.webkit.i18n import say

Choices = list[SelectChoice]


class Text(StringField):
    """A line of text; what is empty is None."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Tidy what was typed."""
        self.data = tidy(valuelist[0]) or None if valuelist else None


class Grades(StringField):
    """«1-4, 9» as a set of parallels; empty = all of them."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the parallels as the workbook does."""
        written = tidy(valuelist[0]) if valuelist else ""
        try:
            read: Any = GRADES.read(written) if written else ()
        except CellRefused as refused:
            raise ValueError(say(refused.message)) from None
        self.data = frozenset(read)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(GRADES.write(tuple(sorted(self.data)))) if self.data else ""


class Hours(DecimalField):
    """An exact number; a comma is as good as a point."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, places=None, **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read «1,5» as 1.5."""
        super().process_formdata([str(one).replace(",", ".") for one in valuelist])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data.normalize():f}".replace(".", ",") if self.data is not None else ""


class IdSelect(SelectField):
    """A drop-down of ids; the blank choice is None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=_id, **kwargs)


def _id(value: Any) -> int | None:
    return value if isinstance(value, int) else number_of(str(value or ""))


def choices(pairs: Iterable[tuple[Any, str]]) -> Choices:
    """(value, words) pairs as a drop-down wants them."""
    return [SelectChoice(value, words) for value, words in pairs]


def with_nobody(pairs: Iterable[tuple[int, str]]) -> Choices:
    """The choices after a blank one."""
    return choices([("", "–"), *pairs])


def chosen(_form: Any, field: Field) -> None:
    """A validator: something must be chosen."""
    if field.data is None:
        raise StopValidation(str(_l("Choose one of the list.")))


def email(_form: Any, field: Field) -> None:
    """A validator: an address, as the workbook takes it."""
    if field.data:
        try:
            EMAIL.read(field.data)
        except CellRefused as refused:
            raise StopValidation(say(refused.message)) from None
