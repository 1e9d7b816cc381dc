"""Forms of results."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from journal.cabinets.common.results.words import HALVES, RETAKES
from journal.grading.rules.council import KINDS
from journal.webkit.forms import Form, day_of_a_school
from journal.webkit.i18n import say


class DaysForm(Form):
    """From when to when marks are entered, and why. Both days inclusive."""

    first = DateField(_l("First day"), [Optional(), day_of_a_school])
    last = DateField(_l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school])
    reason = StringField(
        _l("Reason"),
        [InputRequired(_l("Say why the days are set: it is kept in the log.")), Length(max=500)],
        description=_l("It is kept in the log of changes."),
    )


class FinalDaysForm(DaysForm):
    """The same for year, exam and final marks, with the grades they are for."""

    kind = SelectField(
        _l("Marks"),
        choices=[
            SelectChoice("year", _l("Year")),
            SelectChoice("exam", _l("Exam")),
            SelectChoice("final", _l("Final")),
        ],
    )
    grades = StringField(
        _l("Grades"),
        [Optional(), Length(max=40)],
        description=_l("9, 11; empty for all."),
    )


class AverageField(DecimalField):
    """4,60 as people write it, and 4.60."""

    widget = TextInput()

    def _value(self) -> str:
        return str(super()._value()).replace(".", ",")

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([one.strip().replace(",", ".") for one in valuelist])


class CouncilForm(Form):
    """What the council decided, when, under which number of the minutes."""

    kind = SelectField(_l("Decision"))
    decided_on = DateField(
        _l("Date of the council"),
        [InputRequired(_l("Enter the day of the council.")), day_of_a_school],
    )
    number = StringField(
        _l("Number of the minutes"),
        [InputRequired(_l("Enter the number of the minutes.")), Length(max=40)],
    )
    text = StringField(_l("Words beside it"), [Optional(), Length(max=500)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind, say(one.words)) for kind, one in KINDS.items()]


_AVERAGE: dict[str, Any] = {"places": 2, "render_kw": {"inputmode": "decimal", "maxlength": 4}}


class RulesForm(Form):
    """A version of the act on marks."""

    valid_from = DateField(
        _l("In force from"),
        [InputRequired(_l("Enter the first day of the new rules.")), day_of_a_school],
        description=_l("A day to come: rules never change backwards."),
    )
    title = StringField(
        _l("Name of the act"),
        [InputRequired(_l("Name the act.")), Length(max=200)],
        description=_l("«Regulation on current assessment, order № 45 of 30.08.2026»"),
    )
    act = TextAreaField(
        _l("Text of the act"),
        [InputRequired(_l("Quote the act: it stands beside every figure.")), Length(max=4000)],
        description=_l("The paragraphs these rules follow from."),
        render_kw={"rows": 4},
    )
    five_from = AverageField(_l("«5» from"), [InputRequired(_l("Enter an average."))], **_AVERAGE)
    four_from = AverageField(_l("«4» from"), [InputRequired(_l("Enter an average."))], **_AVERAGE)
    three_from = AverageField(_l("«3» from"), [InputRequired(_l("Enter an average."))], **_AVERAGE)
    minimum_marks = IntegerField(
        _l("Fewest marks for a term mark"), [InputRequired(_l("Enter a number."))]
    )
    missed_over = IntegerField(
        _l("н/а when more is missed, per cent"),
        [InputRequired(_l("Enter a number."))],
        description=_l("Together with fewer marks than are needed."),
    )
    retake = SelectField(_l("A retaken mark"))
    final_half = SelectField(_l("A final mark between two"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.retake.choices = [SelectChoice(k.value, say(v)) for k, v in RETAKES.items()]
        self.final_half.choices = [SelectChoice(k.value, say(v)) for k, v in HALVES.items()]
