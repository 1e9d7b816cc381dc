"""The form of a school that asks for a cabinet, for the public site and for the centre (S04)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import DataRequired, Length, Optional

from journal.office.enrolment.rules import Applicant
from journal.webkit.fields import Text, email
from journal.webkit.forms import Form


class EnrolmentForm(Form):
    """Shape only."""

    type_name = Text(
        _l("Kind of organisation"),
        [DataRequired(_l("Enter the kind.")), Length(max=200)],
        default=_l("General education organisation"),
    )
    full_name = Text(
        _l("Name of the organisation"),
        [DataRequired(_l("Enter the name of the organisation.")), Length(max=500)],
    )
    short_name = Text(
        _l("Short name"), [DataRequired(_l("Enter the short name.")), Length(max=200)]
    )
    code = Text(
        _l("Code of the organisation"),
        [DataRequired(_l("Enter the code.")), Length(max=40)],
        description=_l("The one the region knows the school by; ask the centre when in doubt."),
    )
    municipality = Text(
        _l("Municipality"), [DataRequired(_l("Enter the municipality.")), Length(max=200)]
    )
    website = Text(_l("Official site"), [Optional(), Length(max=200)])
    surname = Text(_l("Surname"), [DataRequired(_l("Enter the surname.")), Length(max=100)])
    given_name = Text(
        _l("Given name"), [DataRequired(_l("Enter the given name.")), Length(max=100)]
    )
    patronymic = Text(_l("Patronymic"), [Optional(), Length(max=100)])
    position = Text(_l("Position"), [DataRequired(_l("Enter the position.")), Length(max=200)])
    phone = Text(_l("Phone"), [DataRequired(_l("Enter the phone.")), Length(max=60)])
    email = Text(
        _l("E-mail address"), [DataRequired(_l("Enter the address.")), Length(max=200), email]
    )
    basis = Text(
        _l("Official request"),
        [DataRequired(_l("Enter number and date of the letter.")), Length(max=300)],
        description=_l("Number and date of the letter to the centre, signed by the director."),
    )

    @property
    def applicant(self) -> Applicant:
        """What was typed."""
        return Applicant(
            **{name: self._fields[name].data for name in Applicant.__dataclass_fields__}
        )
