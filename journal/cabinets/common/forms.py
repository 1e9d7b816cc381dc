"""Forms of sign-in and of one's own password."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from journal.webkit.forms import Form


class SignInForm(Form):
    """Login and password."""

    login = StringField(
        _l("Login"),
        [InputRequired(_l("Enter the login.")), Length(max=80)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "autofocus": True},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter the password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(Form):
    """The present password and the new one, twice."""

    old_password = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter the present password."))],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter the new password."))],
        description=_l("At least 8 characters; a phrase is easier to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password once more"),
        [InputRequired(_l("Repeat the new password."))],
        render_kw={"autocomplete": "new-password"},
    )


class FirstPasswordForm(Form):
    """The first password of one's own, twice."""

    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter the new password."))],
        description=_l("At least 8 characters; a phrase is easier to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("New password once more"),
        [InputRequired(_l("Repeat the new password."))],
        render_kw={"autocomplete": "new-password"},
    )
