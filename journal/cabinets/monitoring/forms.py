"""Forms of the school's side."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from sqlalchemy.orm import Session
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length, Optional

from journal.people.directory import colleagues
from journal.webkit.fields import IdSelect, Text, email, with_nobody
from journal.webkit.forms import Form


class SendForm(Form):
    """«Отправить файл с данными»: the file and the tick beside the administration's statement."""

    file = FileField(_l("Filled file"), [FileRequired(_l("Choose a file."))])
    confirmed = BooleanField(_l("I confirm"))


class ConfirmForm(Form):
    """«Сдать отчет»: the tick alone."""

    confirmed = BooleanField(_l("I confirm"))


class ResponsibleForm(Form):
    """Who fills the form in; nobody = the coordinator does."""

    staff = IdSelect(_l("Responsible for this procedure"), validate_choice=False)


def responsible_form(session: Session, person_id: int | None = None) -> ResponsibleForm:
    """The form with everybody at work; `person_id` is chosen at first."""
    people = colleagues(session)
    form = ResponsibleForm()
    form.staff.choices = with_nobody(
        (one.staff_id, f"{one.name}, {one.position}") for one in people
    )
    if not form.is_submitted():
        form.staff.data = next((o.staff_id for o in people if o.person_id == person_id), None)
    return form


class AboutForm(Form):
    """«Информация об организации» and «Данные координатора»."""

    type_name = Text(_l("Kind of organisation"), [Optional(), Length(max=200)])
    full_name = Text(
        _l("Name of the organisation"),
        [DataRequired(_l("Enter the name of the organisation.")), Length(max=500)],
    )
    short_name = Text(
        _l("Short name"), [DataRequired(_l("Enter the short name.")), Length(max=200)]
    )
    website = Text(_l("Official site"), [Optional(), Length(max=200)])
    surname = Text(_l("Surname"), [DataRequired(_l("Enter the surname.")), Length(max=100)])
    given_name = Text(_l("Given name"), [DataRequired(_l("Enter the name.")), Length(max=100)])
    patronymic = Text(_l("Patronymic"), [Optional(), Length(max=100)])
    position = Text(_l("Position"), [DataRequired(_l("Enter the position.")), Length(max=200)])
    phone = Text(_l("Phone"), [Optional(), Length(max=60)])
    email = Text(_l("E-mail address"), [Optional(), Length(max=200), email])
