"""Forms check shape; services check rules; `field_errors` joins the two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import Any

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField
from wtforms.validators import StopValidation

from journal.core.errors import RuleViolation, SeveralViolations
from journal.core.messages import N_
from journal.webkit.addresses import FIRST_YEAR, LAST_YEAR
from journal.webkit.i18n import say

_STALE = N_(
    "Somebody else has changed these data since you opened the page. Open it again to see them, "
    "or save once more to keep yours."
)


class Form(FlaskForm):
    """Base of all forms (CSRF included).

    `kept` are the facts that are there already, by field: the form shows them, and what others
    changed since it was opened is not written over unasked. A page is told by a hash of what it
    showed; who sends the same twice is told nothing.
    """

    seen = HiddenField()

    def __init__(self, *args: Any, kept: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **({"data": kept} if kept is not None else {}), **kwargs)
        self._kept, self._stale, self._there = kept, False, ""
        if kept is None:
            del self.seen
            return
        opened = self.seen.data if self.seen.raw_data else ""
        self._there = self.seen.data = _digest(self.kept_facts(kept))
        self._stale = bool(opened) and opened != self._there

    def kept_facts(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Those that can be changed in this form."""
        return {name: kept[name] for name in self._fields if name in kept}

    def typed_facts(self) -> dict[str, Any]:
        """What was sent in their place."""
        return self.kept_facts({name: self[name].data for name in self._kept or () if name in self})

    def validate(self, extra_validators: Any = None) -> bool:
        """Errors are sentences then: templates tell a lazy one from a list of errors no better
        than `is string` does."""
        valid: bool = super().validate(extra_validators)
        if valid and self._stale and _digest(self.typed_facts()) != self._there:
            self.form_errors.append(say(_STALE))
            return False
        for field in self._fields.values():
            if isinstance(field.errors, list | tuple):
                field.errors = [
                    str(one) if isinstance(one, LazyString) else one for one in field.errors
                ]
        return valid


def _digest(facts: object) -> str:
    return hashlib.sha256(_written(facts).encode()).hexdigest()


def _written(facts: object) -> str:
    """The same text for equal facts; their order says nothing, and empty is empty."""
    if isinstance(facts, Mapping):
        facts = [f"{name}={_written(one)}" for name, one in facts.items()]
    if isinstance(facts, Sequence | Set) and not isinstance(facts, str):
        return f"[{','.join(sorted(map(_written, facts)))}]" if facts else ""
    return str(facts or "")


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
