"""Forms of the set-up: shape only, the rules are the office's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from journal.cabinets.admin.words import SCALES, STUDY_FORMS, TERM_KINDS, ZONES
from journal.core.messages import Message
from journal.timetable.words import WEEKDAYS
from journal.webkit.fields import (
    Choices,
    Grades,
    Hours,
    IdSelect,
    Text,
    choices,
    chosen,
    email,
)
from journal.webkit.filters import number_of
from journal.webkit.forms import Form, day_of_a_school
from journal.webkit.i18n import say
from journal.webkit.rows import RowForm, RowsForm


def named(words: Mapping[Any, Message]) -> Choices:
    """Codes with their words, as choices."""
    return choices((code, say(message)) for code, message in words.items())


class OrganisationForm(Form):
    """The school's own details."""

    full_name = Text(
        _l("Name of the organisation"),
        [DataRequired(_l("Enter the name of the organisation.")), Length(max=500)],
    )
    short_name = Text(
        _l("Short name"),
        [DataRequired(_l("Enter the short name.")), Length(max=200)],
        description=_l("It stands on every page and on printed forms."),
    )
    code = Text(
        _l("Code of the organisation"),
        [DataRequired(_l("Enter the code.")), Length(max=40)],
        description=_l("Files of the school and of the region name it by this code."),
    )
    type_name = Text(_l("Kind"), [Optional(), Length(max=200)])
    municipality = Text(_l("Municipality"), [Optional(), Length(max=200)])
    address = Text(_l("Postal address"), [Optional(), Length(max=500)])
    phone = Text(_l("Phone"), [Optional(), Length(max=60)])
    email = Text(_l("E-mail address"), [Optional(), Length(max=200), email])
    website = Text(_l("Web site"), [Optional(), Length(max=200)])
    director_name = Text(_l("Director, full name"), [Optional(), Length(max=200)])
    time_zone = SelectField(
        _l("Time zone"),
        choices=choices(ZONES.items()),
        description=_l("Days and deadlines of the journal are counted in it."),
    )
    administrator_contact = Text(
        _l("Contact of the administrator"),
        [Optional(), Length(max=300)],
        description=_l("Name, room, phone: everybody sees it on the help page."),
    )
    support_contact = Text(
        _l("Contact of the support"),
        [Optional(), Length(max=300)],
        description=_l("Whom the administrator asks; everybody sees it on the help page."),
    )


class YearForm(Form):
    """учебный год; the last day is inclusive."""

    name = Text(
        _l("Academic year"), [DataRequired(_l("Enter the year like 2026-2027.")), Length(max=9)]
    )
    starts_on = DateField(
        _l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    last_day = DateField(
        _l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school]
    )
    copy_last = BooleanField(
        _l("Take over terms and holidays of last year, moved by a year"),
    )


class TermRow(RowForm):
    """One term; days are inclusive."""

    typed = ("number", "starts_on", "last_day")
    kind = SelectField(_l("Kind"))
    number = IntegerField(
        _l("Number"),
        [InputRequired(_l("Enter the number.")), NumberRange(1, 4, _l("Enter 1, 2, 3 or 4."))],
    )
    grades = Grades(_l("Parallels"))
    starts_on = DateField(
        _l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    last_day = DateField(
        _l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school]
    )
    marks_from = DateField(_l("Marks from"), [Optional(), day_of_a_school])
    marks_last = DateField(_l("Marks to"), [Optional(), day_of_a_school])


class TermsForm(RowsForm):
    """All terms of a year."""

    row_form = TermRow


def term_kinds() -> dict[str, Choices]:
    """The choices of a row."""
    return {"kind": named(TERM_KINDS)}


class HolidayForm(Form):
    """каникулы или праздник; days are inclusive."""

    name = Text(_l("Name"), [DataRequired(_l("Enter the name.")), Length(max=200)])
    starts_on = DateField(
        _l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    last_day = DateField(
        _l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school]
    )
    grades = Grades(
        _l("Parallels"), description=_l("Like 1 or 2-4, 9. Empty: the whole school is free.")
    )


class MovedDayForm(Form):
    """перенесённый день."""

    day = DateField(_l("Day"), [InputRequired(_l("Enter the day.")), day_of_a_school])
    follows_weekday = SelectField(_l("The lessons of which weekday are held"), coerce=int)
    grades = Grades(_l("Parallels"), description=_l("Like 1 or 2-4, 9. Empty: the whole school."))


class SubjectForm(Form):
    """предмет."""

    name = Text(_l("Subject"), [DataRequired(_l("Enter the name.")), Length(max=200)])
    short_name = Text(_l("Short name"), [DataRequired(_l("Enter the short name.")), Length(max=60)])
    area = Text(_l("Area of learning"), [Optional(), Length(max=200)])
    scale = SelectField(_l("How it is marked"))


class RoomForm(Form):
    """кабинет."""

    name = Text(_l("Room"), [DataRequired(_l("Enter the name.")), Length(max=60)])
    capacity = IntegerField(
        _l("Seats"), [Optional(), NumberRange(1, 2000, _l("Enter a number from 1 to 2000."))]
    )
    purpose = Text(_l("Purpose"), [Optional(), Length(max=200)])


class ClassForm(Form):
    """класс."""

    name = Text(_l("Class"), [DataRequired(_l("Enter the class like 5А.")), Length(max=20)])
    class_teacher_id = IdSelect(_l("Class teacher"))
    bells_id = IdSelect(_l("Bells"))
    shift = IntegerField(
        _l("Shift"),
        [InputRequired(_l("Enter the shift.")), NumberRange(1, 3, _l("Enter 1, 2 or 3."))],
        default=1,
    )
    days_per_week = IntegerField(
        _l("Days a week"),
        [InputRequired(_l("Enter 5 or 6.")), NumberRange(5, 6, _l("Enter 5 or 6."))],
        default=5,
    )
    room_id = IdSelect(_l("Own room"))
    study_form = SelectField(_l("Form of study"))


class BellRow(RowForm):
    """One lesson of a set."""

    typed = ("starts_at", "ends_at")
    lesson_number = IntegerField(
        _l("Lesson"),
        [InputRequired(_l("Enter the number.")), NumberRange(0, 20, _l("Enter 0 to 20."))],
    )
    starts_at = TimeField(_l("Begins"), [InputRequired(_l("Enter the time like 08:30."))])
    ends_at = TimeField(_l("Ends"), [InputRequired(_l("Enter the time like 09:15."))])


class BellsForm(RowsForm):
    """A set of bells."""

    row_form = BellRow
    name = Text(_l("Name of the set"), [DataRequired(_l("Enter the name.")), Length(max=60)])
    shift = IntegerField(
        _l("Shift"),
        [InputRequired(_l("Enter the shift.")), NumberRange(1, 3, _l("Enter 1, 2 or 3."))],
        default=1,
    )


class TeachingRow(RowForm):
    """One teacher of a course; days are inclusive."""

    typed = ("staff_id", "weekly_hours")
    staff_id = IdSelect(_l("Teacher"), validators=[chosen])
    weekly_hours = Hours(
        _l("Hours a week"),
        [
            InputRequired(_l("Enter the hours.")),
            NumberRange(0.25, 40, _l("Enter hours between 0.25 and 40.")),
        ],
    )
    starts_on = DateField(_l("From"), [InputRequired(_l("Enter the first day.")), day_of_a_school])
    last_day = DateField(_l("To"), [Optional(), day_of_a_school])


class TeachingsForm(RowsForm):
    """The teachers of a course."""

    row_form = TeachingRow
    spare = 2


class CourseForm(TeachingsForm):
    """A new course with its teachers."""

    class_ids = SelectMultipleField(
        _l("Classes"),
        coerce=lambda value: number_of(str(value)) or 0,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Several: a group drawn from all of them."),
    )
    subject_id = IdSelect(_l("Subject"), validators=[chosen])
    subgroup = Text(
        _l("Subgroup"),
        [Optional(), Length(max=100)],
        description=_l("Empty: everybody of the classes."),
    )


def weekdays() -> Choices:
    """Monday to Saturday."""
    return named(WEEKDAYS)


def study_forms() -> Choices:
    """Forms of study."""
    return named(STUDY_FORMS)


def scales() -> Choices:
    """How a subject may be marked."""
    return named(SCALES)
