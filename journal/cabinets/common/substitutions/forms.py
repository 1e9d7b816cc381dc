"""Forms of substitutions: an absence, an order, an act on one lesson."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from journal.cabinets.common.substitutions.blueprint import (
    ABSENCE_REASONS,
    ORDER_KINDS,
    ORDER_MODES,
)
from journal.core.messages import Message
from journal.webkit.fields import choices
from journal.webkit.forms import Form, day_of_a_school
from journal.webkit.i18n import say


def said_select(label: object, words: dict[str, Message]) -> SelectField:
    """Choices given as codes and messages, said when the form is made."""
    return SelectField(
        label, choices=lambda: choices((code, say(word)) for code, word in words.items())
    )


class AbsenceForm(Form):
    """Who falls out, from when to when, both days included."""

    staff = SelectField(_l("Teacher"), [InputRequired(_l("Choose a teacher."))], coerce=int)
    first_day = DateField(_l("First day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    last_day = DateField(_l("Last day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    reason = said_select(_l("Reason"), ABSENCE_REASONS)


class LastDayForm(Form):
    """Another last day of an absence."""

    last_day = DateField(_l("Last day"), [InputRequired(_l("Enter a date.")), day_of_a_school])


class OrderForm(Form):
    """An order about whole days of classes."""

    kind = said_select(_l("Why"), ORDER_KINDS)
    mode = RadioField(_l("What happens"), default="cancelled")
    classes = SelectMultipleField(
        _l("Classes"),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    first_day = DateField(_l("First day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    last_day = DateField(_l("Last day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    order_number = StringField(
        _l("Order number"), [InputRequired(_l("Enter the number of the order.")), Length(max=40)]
    )
    order_date = DateField(
        _l("Date of the order"), [InputRequired(_l("Enter a date.")), day_of_a_school]
    )

    def offer(self, classes: list[tuple[int, str]]) -> None:
        """What may be chosen."""
        self.classes.choices = choices(classes)
        self.mode.choices = choices((code, say(word)) for code, word in ORDER_MODES.items())


class ActForm(Form):
    """An act on a lesson: its fields are read one by one."""
