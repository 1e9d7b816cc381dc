"""Forms of the region, each version described once."""

from __future__ import annotations

from journal.exchange.forms.mp1 import MP1
from journal.exchange.forms.specification import ClassSheet, Column, Form, Rule
from journal.exchange.forms.vpr import VPR

FORMS: tuple[Form, ...] = (MP1, VPR)


def form_of(schema: str, version: str) -> Form | None:
    """The form of that schema and exact version."""
    return next((one for one in FORMS if (one.schema, one.version) == (schema, version)), None)


__all__ = ["FORMS", "MP1", "VPR", "ClassSheet", "Column", "Form", "Rule", "form_of"]
