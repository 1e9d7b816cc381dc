"""Forms of the regional side: shape only."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from journal.cabinets.region.blueprint import before_instant, first_instant
from journal.exchange.forms import FORMS, form_of
from journal.exchange.queries import ProcedureCard
from journal.exchange.service.authority import CoveringLetter
from journal.exchange.service.centre import ProcedurePlan
from journal.webkit.fields import email
from journal.webkit.forms import Form, day_of_a_school

_PERCENT = NumberRange(1, 100, _l("A threshold is a per cent from 1 to 100."))
_DAY = InputRequired(_l("Enter the day."))


class ProcedureForm(Form):
    """A procedure as a whole; the window is typed with its last minute included."""

    title = StringField(_l("Title"), [InputRequired(_l("Name the procedure.")), Length(max=300)])
    description = TextAreaField(
        _l("About the procedure"), [Optional(), Length(max=4000)], render_kw={"rows": 3}
    )
    form = SelectField(_l("Form and period"))
    year = StringField(
        _l("Academic year"),
        [
            InputRequired(_l("Enter the academic year.")),
            Regexp(r"20\d\d-20\d\d", message=_l("Write the year as 2026-2027.")),
        ],
    )
    mandatory = BooleanField(_l("Mandatory for every school addressed"), default=True)
    opens_on = DateField(_l("First day"), [_DAY, day_of_a_school])
    opens_at = TimeField(_l("from"), [Optional()])
    closes_on = DateField(_l("Last day"), [_DAY, day_of_a_school])
    closes_at = TimeField(_l("to"), [Optional()])
    all_over = IntegerField(_l("Graph 25: missed more than, %"), [Optional(), _PERCENT])
    unjust_over = IntegerField(
        _l("Graph 26: missed without a valid reason more than, %"), [Optional(), _PERCENT]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.choices = [
            SelectChoice(
                f"{one.schema}|{one.version}|{period}", f"{one.name}, {words}, {one.version}"
            )
            for one in FORMS
            for period, words in one.period_names.items()
        ]

    @property
    def plan(self) -> ProcedurePlan:
        """What was typed; only after validation."""
        schema, version, period = str(self.form.data).split("|")
        typed = {"THR_ALL": self.all_over.data, "THR_UNJ": self.unjust_over.data}
        form = form_of(schema, version)
        known = form.thresholds if form is not None else {}
        return ProcedurePlan(
            title=self.title.data or "",
            description=self.description.data or "",
            form_schema=schema,
            form_version=version,
            period=period,
            year=self.year.data or "",
            mandatory=bool(self.mandatory.data),
            opens_at=first_instant(self.opens_on.data, self.opens_at.data),
            closes_before=before_instant(self.closes_on.data, self.closes_at.data),
            thresholds={name: value for name, value in typed.items() if value and name in known},
        )


def facts_of(card: ProcedureCard) -> dict[str, Any]:
    """The card as the form shows it."""
    opens = card.opens_at.astimezone(ZoneInfo(card.zone))
    closes = (card.closes_before - timedelta(minutes=1)).astimezone(ZoneInfo(card.zone))
    return {
        "title": card.title,
        "description": card.description,
        "form": f"{card.form_schema}|{card.form_version}|{card.period}",
        "year": card.year,
        "mandatory": card.mandatory,
        "opens_on": opens.date(),
        "opens_at": opens.time(),
        "closes_on": closes.date(),
        "closes_at": closes.time().replace(second=0, microsecond=0),
        "all_over": card.thresholds.get("THR_ALL"),
        "unjust_over": card.thresholds.get("THR_UNJ"),
    }


class ExtensionForm(Form):
    """Until when, and why; of the schools ticked, or of all."""

    until_on = DateField(_l("Last day"), [_DAY, day_of_a_school])
    until_at = TimeField(_l("to"), [Optional()])
    reason = StringField(
        _l("Reason"),
        [InputRequired(_l("Say why the collection is extended.")), Length(max=500)],
        description=_l("Schools read it; it is kept in the log."),
    )

    @property
    def until(self) -> datetime:
        """The first refused instant."""
        return before_instant(self.until_on.data, self.until_at.data)


class PublicationForm(Form):
    """A text with its moment of release."""

    title = StringField(
        _l("Title"), [InputRequired(_l("Give the publication a title.")), Length(max=300)]
    )
    procedure = SelectField(_l("For whom"))
    text = TextAreaField(_l("Text"), [Optional(), Length(max=20_000)], render_kw={"rows": 6})
    release_on = DateField(_l("Seen from"), [_DAY, day_of_a_school])
    release_at = TimeField(_l("at"), [Optional()])

    @property
    def release(self) -> datetime:
        """The moment from which schools see it."""
        return first_instant(self.release_on.data, self.release_at.data)


class MaterialForm(Form):
    """A file with its own moment of release."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
    title = StringField(_l("Title"), [Optional(), Length(max=300)])
    release_on = DateField(_l("Opens on"), [_DAY, day_of_a_school])
    release_at = TimeField(_l("at"), [Optional()])

    @property
    def release(self) -> datetime:
        """The moment from which schools may have it."""
        return first_instant(self.release_on.data, self.release_at.data)


class AuthorityForm(Form):
    """The covering letter of results that are sent to the authority."""

    authority = StringField(
        _l("Education authority"), [InputRequired(_l("Name the authority.")), Length(max=300)]
    )
    email = StringField(
        _l("E-mail address"),
        [Optional(), Length(max=200), email],
        description=_l("The address of the results is sent there; without one you pass it on."),
    )
    number = StringField(
        _l("Number of the letter"), [InputRequired(_l("Enter the number.")), Length(max=60)]
    )
    letter = TextAreaField(
        _l("Letter"),
        [InputRequired(_l("Write the letter.")), Length(max=5_000)],
        render_kw={"rows": 5},
    )

    @property
    def covering(self) -> CoveringLetter:
        """As the command wants it."""
        return CoveringLetter(
            authority=(self.authority.data or "").strip(),
            email=(self.email.data or "").strip() or None,
            number=(self.number.data or "").strip(),
            letter=(self.letter.data or "").replace("\r\n", "\n").strip(),
        )
