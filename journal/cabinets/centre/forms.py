"""Forms of the regional centre: shape only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from journal.office.enrolment.rules import ABOUT_MAX
from journal.webkit.forms import Form


class DeclineForm(Form):
    """Why an application is turned down."""

    reason = TextAreaField(
        _l("Why it is declined"),
        [InputRequired(_l("Say why: the school reads it.")), Length(max=2000)],
    )


class AboutForm(Form):
    """«О проекте»."""

    about = TextAreaField(
        _l("About the project"),
        [Length(max=ABOUT_MAX)],
        description=_l("Plain text; an empty line begins a new paragraph."),
    )
