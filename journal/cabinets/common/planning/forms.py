"""Forms of planning."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from journal.core.errors import NotFound
from journal.timetable.service import DraftDates
from journal.webkit.addresses import LARGEST_ID
from journal.webkit.fields import Grades
from journal.webkit.forms import Form, day_of_a_school


class DatesForm(Form):
    """When a version holds, both days included, and what it is called."""

    first_day = DateField(_l("First day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    last_day = DateField(_l("Last day"), [InputRequired(_l("Enter a date.")), day_of_a_school])
    note = StringField(_l("Name"), [Optional(), Length(max=100)])

    def dates(self) -> DraftDates:
        """What was entered."""
        first, last = self.first_day.data, self.last_day.data
        if first is None or last is None:
            raise NotFound()
        return DraftDates(
            starts_on=first, ends_before=last + timedelta(days=1), note=self.note.data or ""
        )


class DraftForm(DatesForm):
    """A new draft: empty, or a copy."""

    copy_of = SelectField(_l("Lessons"), coerce=int, validate_choice=True)


class AscForm(DatesForm):
    """A draft out of an aSc Timetables file."""

    file = FileField(_l("File .xml of aSc Timetables"), [FileRequired(_l("Choose a file."))])


ID = NumberRange(0, LARGEST_ID)


class ActForm(Form):
    """A button that writes."""


class PlaceForm(Form):
    """Where to: a course or a lesson, a weekday, a number."""

    course = IntegerField(validators=[Optional(), ID])
    slot = IntegerField(validators=[Optional(), ID])
    weekday = IntegerField(validators=[NumberRange(1, 6)])
    number = IntegerField(validators=[NumberRange(0, 14)])


class SlotForm(Form):
    """Weeks, teacher and room of a placed lesson."""

    week_kind = StringField(validators=[InputRequired()])
    staff = IntegerField(validators=[InputRequired(), ID])
    room = IntegerField(validators=[Optional(), ID])


class BellsForm(Form):
    """Other bells: on a weekday all year, or on one date."""

    bells = SelectField(_l("Instead of"), coerce=int)
    instead = SelectField(_l("Ring"), coerce=int)
    weekday = SelectField(_l("Every"), coerce=int)
    held_on = DateField(_l("Or on one date"), [Optional(), day_of_a_school])
    grades = Grades(_l("Parallels"), [Optional()], description=_l("«1-4, 9»; empty = all."))
