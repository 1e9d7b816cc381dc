"""Forms of releases: shape only. Days are inclusive."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from journal.attendance.rules.releases import ATTENDING, ORDER_MAX, PRACTICE, ReleaseDraft
from journal.webkit.fields import IdSelect, Text, chosen
from journal.webkit.forms import Form, day_of_a_school


class ChangeForm(Form):
    """What may become of a release: its last day, the wording of the order."""

    last = DateField(
        _l("Last day"),
        [Optional(), day_of_a_school],
        description=_l("Leave it empty when the order holds until further word."),
    )
    order = Text(
        _l("Order"),
        [InputRequired(_l("Enter the number and the date of the order.")), Length(max=ORDER_MAX)],
        description=_l("Number and date, like № 45 от 25.09.2026."),
    )


class ReleaseForm(ChangeForm):
    """A new release."""

    pupil = IdSelect(_l("Pupil"), validators=[chosen])
    kind = RadioField(
        _l("Released from"),
        [InputRequired(_l("Choose from what the pupil is released."))],
        choices=[
            SelectChoice(
                ATTENDING, _l("from attending: the lessons are not counted for the pupil at all")
            ),
            SelectChoice(
                PRACTICE, _l("from practical work: the pupil is in the lessons, only told of it")
            ),
        ],
    )
    subject_id = IdSelect(_l("Subject"))
    first = DateField(_l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school])

    @property
    def draft(self) -> ReleaseDraft:
        """What was typed."""
        first: date = self.first.data or date.min
        return ReleaseDraft(
            kind=self.kind.data or "",
            subject_id=self.subject_id.data,
            first=first,
            last=self.last.data,
            order=self.order.data or "",
        )
