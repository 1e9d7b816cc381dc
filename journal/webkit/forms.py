"""Forms check shape; services check rules; `field_errors` joins the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.validators import StopValidation

from journal.core.errors import RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.webkit.addresses import FIRST_YEAR, LAST_YEAR
from journal.webkit.i18n import say


class Form(FlaskForm):
    """Base of all forms (CSRF included)."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Errors are sentences then: templates tell a lazy one from a list of errors no better
        than `is string` does."""
        valid: bool = super().validate(extra_validators)
        for field in self._fields.values():
            if isinstance(field.errors, list | tuple):
                field.errors = [
                    str(one) if isinstance(one, LazyString) else one for one in field.errors
                ]
        return valid


@contextmanager
def field_errors(form: FlaskForm) -> Iterator[None]:
    """Turn RuleViolations into errors of their fields; `form.errors` is then not empty."""
    try:
        yield
    except RuleViolation as violation:
        _add_error(form, violation)
    except SeveralViolations as several:
        for one in several.violations:
            _add_error(form, one)


# Rules speak of half-open ends, people type last days.
_TYPED_AS = {"ends_before": "last_day", "marks_before": "marks_last"}


def _add_error(form: FlaskForm, violation: RuleViolation) -> None:
    """«3.starts_on» is the field of the form's fourth row (`webkit.rows`)."""
    sentence = say(violation.message)
    place, _, name = violation.field.rpartition(".")
    rows = getattr(form, "rows", ())
    fields = form._fields
    if place:
        fields = rows[int(place)]._fields if place.isdecimal() and int(place) < len(rows) else {}
    field = fields.get(name) or fields.get(_TYPED_AS.get(name, ""))
    if field is None:
        form.form_errors.append(sentence)
    else:
        field.errors = [*field.errors, sentence]


def day_of_a_school(_form: FlaskForm, field: Field) -> None:
    """A validator: arithmetic on days fails at the ends of the calendar."""
    if field.data is not None and not FIRST_YEAR <= field.data.year <= LAST_YEAR:
        sentence = N_(
            "Enter a day between %(first)s and %(last)s.", first=FIRST_YEAR, last=LAST_YEAR
        )
        raise StopValidation(say(sentence))
