"""Forms of unlocks: the request of a teacher, the decision on it."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from journal.lessons.rules import EntryKind
from journal.lessons.rules.unlocks import DEFAULT_HOURS, TEXT_MAX, Wanted
from journal.webkit.forms import Form, day_of_a_school

KIND_CHOICES = (
    SelectChoice(EntryKind.ATTENDANCE.value, _l("attendance")),
    SelectChoice(EntryKind.TOPIC.value, _l("topic")),
    SelectChoice(EntryKind.HOMEWORK.value, _l("homework")),
    SelectChoice(EntryKind.MARKS.value, _l("marks")),
)


class RequestForm(Form):
    """Which lessons, what in them, and why. Days are inclusive, as people write them."""

    lessons_from = DateField(
        _l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    lessons_to = DateField(
        _l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school]
    )
    kinds = SelectMultipleField(
        _l("What to open"),
        choices=list(KIND_CHOICES),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(
        _l("Why the entries are late"),
        [InputRequired(_l("Say why the entries are late.")), Length(max=TEXT_MAX)],
        description=_l("The deputy director reads it and decides."),
        render_kw={"rows": 3, "maxlength": TEXT_MAX},
    )


class DecisionForm(Form):
    """grant or refuse, for how many hours, and the words with it."""

    decision = StringField(validators=[InputRequired()])
    scope = StringField(validators=[Optional()])  # set when the next three are in the form
    kinds = SelectMultipleField(choices=list(KIND_CHOICES))
    lessons_from = DateField(validators=[Optional(), day_of_a_school])
    lessons_to = DateField(validators=[Optional(), day_of_a_school])
    hours = IntegerField(_l("For how long"), [Optional()], default=DEFAULT_HOURS)
    note = TextAreaField(_l("Words to the teacher"), [Length(max=TEXT_MAX)])

    def opened(self) -> Wanted | None:
        """What of the request is to be opened; None for all of it."""
        first, last = self.lessons_from.data, self.lessons_to.data
        if not self.scope.data or first is None or last is None:
            return None
        return Wanted(
            kinds=frozenset(EntryKind(kind) for kind in self.kinds.data or ()),
            lessons_from=first,
            lessons_before=last + timedelta(days=1),
        )
