"""Forms of excuses: what a family or the class teacher writes, and what is decided."""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from journal.attendance.rules.excuses import FILES_MAX, TEXT_MAX, ExcuseDraft
from journal.core.db import db
from journal.core.errors import RuleViolation
from journal.core.files import FileKind
from journal.core.messages import N_
from journal.webkit.access import current_actor
from journal.webkit.files import take_upload
from journal.webkit.filters import number_of
from journal.webkit.forms import Form, day_of_a_school

PROOFS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.HEIC})


class ExcuseForm(Form):
    """The days, the reason, words, photos of the certificate. Days are inclusive."""

    code = RadioField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("b", _l("illness")),
            SelectChoice("u", _l("another valid reason")),
        ],
    )
    first = DateField(_l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school])
    last = DateField(
        _l("Last day"),
        [Optional(), day_of_a_school],
        description=_l("Leave it empty only when it is not known yet when an illness ends."),
    )
    text = TextAreaField(
        _l("In a few words"),
        [Optional(), Length(max=TEXT_MAX)],
        render_kw={"rows": 3, "maxlength": TEXT_MAX},
    )
    files = MultipleFileField(
        _l("Photo or PDF of the certificate"),
        [Optional()],
        description=_l("Up to five files of at most 20 MB, all together at most 24 MB."),
        render_kw={"accept": "image/*,application/pdf"},
    )

    @property
    def draft(self) -> ExcuseDraft:
        """What was typed."""
        first: date = self.first.data or date.min
        text = (self.text.data or "").strip()
        return ExcuseDraft(first=first, last=self.last.data, code=self.code.data or "", text=text)


class FamilyExcuseForm(ExcuseForm):
    """The same for one or several children."""

    pupils = SelectMultipleField(
        _l("For whom"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class PaperForm(ExcuseForm):
    """The same for a pupil of the class."""

    pupil = SelectField(
        _l("Pupil"),
        [InputRequired(_l("Choose a pupil."))],
        coerce=lambda value: number_of(str(value)) or 0,
    )


class AnswerForm(Form):
    """The family's answer to the class teacher."""

    answer = TextAreaField(_l("Answer"), [Length(max=TEXT_MAX)], render_kw={"rows": 2})
    files = MultipleFileField(
        _l("Photo or PDF of the certificate"),
        [Optional()],
        render_kw={"accept": "image/*,application/pdf"},
    )


class NoteForm(Form):
    """Words to the family."""

    note = TextAreaField(_l("Words to the family"), [Length(max=TEXT_MAX)], render_kw={"rows": 2})


class DecisionForm(NoteForm):
    """A decision and the words with it."""

    decision = StringField(validators=[InputRequired()])


class LastDayForm(Form):
    """The last day of an open illness."""

    last = DateField(_l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school])


class LimitForm(Form):
    """How many days of leave a class teacher confirms alone."""

    days = IntegerField(
        _l("Days a class teacher confirms alone"),
        [InputRequired(_l("Enter a number of days.")), NumberRange(0, 366)],
    )


def keep_files(organisation_id: int, uploads: list[FileStorage] | None) -> list[int]:
    """Store what was attached; the ids of the files. Raises RuleViolation for field `files`."""
    chosen = [one for one in uploads or () if one and one.filename]
    if len(chosen) > FILES_MAX:
        raise RuleViolation("files", N_("Attach at most %(max)s files.", max=FILES_MAX))
    actor = current_actor()
    kept = [
        take_upload(actor, organisation_id, one, allowed=PROOFS, field="files") for one in chosen
    ]
    db.session.flush()
    return [one.id for one in kept]
