"""Forms of letters."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from journal.messages.letter_rules import ABOUT_NAMES, SUBJECT_MAX, TEXT_MAX, About
from journal.webkit.forms import Form
from journal.webkit.i18n import say


class WordsForm(Form):
    """A subject and words; an answer has no subject."""

    subject = StringField(_l("Subject of the letter"), render_kw={"maxlength": SUBJECT_MAX})
    text = TextAreaField(_l("Text"), render_kw={"rows": 5, "maxlength": TEXT_MAX})


class TemplateForm(WordsForm):
    """The same with what it is about."""

    about = SelectField(_l("What the letter is about"))

    def name_abouts(self) -> None:
        """Say what a letter may be about in the reader's language."""
        self.about.choices = [
            SelectChoice(key, say(words))
            for key, words in ABOUT_NAMES.items()
            if key is not About.SUPPORT
        ]


class LetterForm(TemplateForm):
    """A letter; its recipients and the files kept already are checkboxes of the page."""

    files = MultipleFileField(
        _l("Files"),
        [Optional()],
        description=_l("Up to five files of at most 20 MB, all together at most 24 MB."),
    )
