"""Forms check shape; services check rules; `field_errors` joins the two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_wtf import FlaskForm

from journal.core.errors import RuleViolation
from journal.webkit.i18n import say


class Form(FlaskForm):
    """Base of all forms (CSRF included)."""


@contextmanager
def field_errors(form: FlaskForm) -> Iterator[None]:
    """Turn a RuleViolation into an error of its field; `form.errors` is then not empty."""
    try:
        yield
    except RuleViolation as violation:
        sentence = say(violation.message)
        field = form._fields.get(violation.field)
        if field is None:
            form.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]
