"""Forms of people: shape only."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from journal.access import ASSIGNED_ROLES, ROLE_NAMES, Role
from journal.office.persons.rows import PersonFacts
from journal.webkit.fields import Choices, IdSelect, Text, choices, chosen, email
from journal.webkit.forms import Form, day_of_a_school
from journal.webkit.i18n import say
from journal.webkit.words import RELATIONS, SEXES


class PersonForm(Form):
    """A human being."""

    surname = Text(_l("Surname"), [DataRequired(_l("Enter the surname.")), Length(max=100)])
    given_name = Text(
        _l("Given name"), [DataRequired(_l("Enter the given name.")), Length(max=100)]
    )
    patronymic = Text(_l("Patronymic"), [Optional(), Length(max=100)])
    sex = SelectField(_l("Sex"))
    born_on = DateField(_l("Born"), [Optional(), day_of_a_school])
    phone = Text(_l("Phone"), [Optional(), Length(max=60)])
    email = Text(_l("E-mail address"), [Optional(), Length(max=200), email])

    @property
    def person(self) -> PersonFacts:
        """What was typed."""
        return PersonFacts(
            surname=self.surname.data,
            given_name=self.given_name.data,
            patronymic=self.patronymic.data,
            sex=self.sex.data or None,
            born_on=self.born_on.data,
            phone=self.phone.data,
            email=self.email.data,
        )


class StaffForm(PersonForm):
    """сотрудник."""

    personnel_number = Text(
        _l("Personnel number"), [DataRequired(_l("Enter the number.")), Length(max=40)]
    )
    position = Text(_l("Position"), [DataRequired(_l("Enter the position.")), Length(max=200)])
    roles = SelectMultipleField(
        _l("Roles"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("What he sees and may do in the journal."),
    )


class PupilForm(PersonForm):
    """обучающийся."""

    personal_file = Text(
        _l("Personal file"), [DataRequired(_l("Enter the number of the file.")), Length(max=40)]
    )


class EnrolmentForm(PupilForm):
    """зачисление."""

    class_id = IdSelect(_l("Class"), validators=[chosen])
    enrolled_on = DateField(
        _l("Enrolled from"), [InputRequired(_l("Enter the day.")), day_of_a_school]
    )
    order = Text(
        _l("Order of enrolment"),
        [Optional(), Length(max=200)],
        description=_l("Number and date, like № 45-к от 25.08.2026."),
    )


class GuardianForm(PersonForm):
    """законный представитель of a child."""

    relation = SelectField(_l("Relation"))
    declined_e_service = BooleanField(
        _l("The family declined the electronic service: it gets printed sheets")
    )


class LinkForm(Form):
    """What is between a guardian and a child."""

    relation = SelectField(_l("Relation"))
    declined_e_service = BooleanField(
        _l("The family declined the electronic service: it gets printed sheets")
    )


class LeavingForm(Form):
    """The first day without work here."""

    left_on = DateField(
        _l("First day without work"), [InputRequired(_l("Enter the day.")), day_of_a_school]
    )


def sexes() -> Choices:
    """Of a person; unknown too."""
    return choices([("", "–"), *((code, say(words)) for code, words in SEXES.items())])


def relations() -> Choices:
    """Of a guardian."""
    return choices((code, say(words)) for code, words in RELATIONS.items())


def staff_roles() -> Choices:
    """What staff may be."""
    return choices((one.value, say(ROLE_NAMES[one])) for one in Role if one in ASSIGNED_ROLES)
