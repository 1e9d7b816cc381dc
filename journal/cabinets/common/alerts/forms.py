"""Forms of alerts: telling families, thresholds of the staff."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from journal.attendance.rules.alerts import CODES, REASON_NAMES, TellingPolicy, Threshold
from journal.webkit.forms import Form
from journal.webkit.i18n import say


class TellingForm(Form):
    """Whether, how soon and until when families are told."""

    tells_families = BooleanField(
        _l("Tell families of an absence nobody has announced"),
        description=_l("In the journal and by e-mail; each parent may choose otherwise."),
    )
    delay_minutes = IntegerField(
        _l("Minutes after the entry"),
        [InputRequired(_l("Enter a number of minutes."))],
        description=_l("An entry corrected within this time alarms nobody."),
        render_kw={"inputmode": "numeric"},
    )
    until = TimeField(
        _l("Not later than"),
        [InputRequired(_l("Enter a time."))],
        description=_l("What is entered later is seen in the diary, without an alarm."),
    )

    @property
    def policy(self) -> TellingPolicy:
        """What was typed."""
        assert self.delay_minutes.data is not None and self.until.data is not None
        return TellingPolicy(
            bool(self.tells_families.data), self.delay_minutes.data, self.until.data
        )


class ThresholdForm(Form):
    """From how many missed lessons on the staff are told."""

    measure = SelectField(
        _l("Missed"),
        choices=[
            SelectChoice("percent", _l("more than so many per cent of the lessons")),
            SelectChoice("lessons", _l("so many lessons and more")),
        ],
    )
    bound = IntegerField(
        _l("Per cent or lessons"),
        [InputRequired(_l("Enter a number."))],
        render_kw={"inputmode": "numeric"},
    )
    window_days = IntegerField(
        _l("In the last days"),
        [InputRequired(_l("Enter a number of days."))],
        render_kw={"inputmode": "numeric"},
    )
    codes = SelectMultipleField(
        _l("For these reasons"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )

    def name_reasons(self) -> None:
        """Say the reasons in the reader's language."""
        self.codes.choices = [
            SelectChoice(code, say(REASON_NAMES[code]).capitalize()) for code in CODES
        ]

    @property
    def threshold(self) -> Threshold:
        """What was typed."""
        assert self.bound.data is not None and self.window_days.data is not None
        return Threshold(
            measure=self.measure.data,
            bound=self.bound.data,
            window_days=self.window_days.data,
            codes=frozenset(self.codes.data or ()),
        )
