"""Forms of unlocks: the request of a teacher for days or single lessons, the decision on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from journal.lessons.queries.unlock_lessons import AskedLesson
from journal.lessons.rules import EntryKind
from journal.lessons.rules.unlocks import (
    DEFAULT_HOURS,
    NamedLesson,
    Wanted,
    wanted_lessons,
)
from journal.webkit.forms import Form, day_of_a_school
from journal.webkit.i18n import day

KIND_CHOICES = (
    SelectChoice(EntryKind.ATTENDANCE.value, _l("attendance")),
    SelectChoice(EntryKind.TOPIC.value, _l("topic")),
    SelectChoice(EntryKind.HOMEWORK.value, _l("homework")),
    SelectChoice(EntryKind.MARKS.value, _l("marks")),
)


class AskForm(Form):
    """What is to be opened, and why."""

    kinds = SelectMultipleField(
        _l("What to open"),
        choices=list(KIND_CHOICES),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField(
        _l("Why the entries are late"),
        [InputRequired(_l("Say why the entries are late."))],
        description=_l("The deputy director reads it and decides."),
        render_kw={"rows": 3},
    )

    def wanted_kinds(self) -> frozenset[EntryKind]:
        """The kinds that are ticked."""
        return frozenset(EntryKind(kind) for kind in self.kinds.data or ())


class DaysForm(AskForm):
    """For all lessons of some days. Days are inclusive, as people write them."""

    lessons_from = DateField(
        _l("First day"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    lessons_to = DateField(
        _l("Last day"), [InputRequired(_l("Enter the last day.")), day_of_a_school]
    )

    def wanted(self) -> Wanted:
        """The request; call it after validation."""
        return _days(self.wanted_kinds(), self.lessons_from.data, self.lessons_to.data)


class LessonsForm(AskForm):
    """For single lessons, ticked in a list."""

    lessons = SelectMultipleField(
        _l("Lessons"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, lessons: Sequence[AskedLesson]) -> None:
        """Name the lessons that may be ticked."""
        self._offered = [one.named for one in lessons]
        self.lessons.choices = [SelectChoice(one.id, lesson_words(one)) for one in lessons]

    @property
    def first_day(self) -> date:
        """Of the lessons that are offered."""
        return self._offered[0].held_on

    def wanted(self) -> Wanted:
        """The request; RuleViolation (lessons) when nothing is ticked."""
        return wanted_lessons(self.wanted_kinds(), _ticked(self._offered, self.lessons.data))


def lesson_words(lesson: AskedLesson) -> str:
    """«13.11, урок 3: Дроби»."""
    place = _("%(day)s, lesson %(number)s", day=day(lesson.held_on), number=lesson.number)
    return f"{place}: {lesson.topic}" if lesson.topic else place


def _days(kinds: frozenset[EntryKind], first: date, last: date) -> Wanted:
    return Wanted(kinds=kinds, lessons_from=first, lessons_before=last + timedelta(days=1))


def _ticked(lessons: Iterable[NamedLesson], ids: Iterable[int] | None) -> list[NamedLesson]:
    chosen = frozenset(ids or ())
    return [one for one in lessons if one.id in chosen]


class DecisionForm(Form):
    """grant or refuse, for how many hours, and the words with it."""

    decision = StringField(validators=[InputRequired()])
    scope = StringField(validators=[Optional()])  # set when the next are in the form
    kinds = SelectMultipleField(choices=list(KIND_CHOICES))
    lessons = SelectMultipleField(coerce=int, validate_choice=False)
    lessons_from = DateField(validators=[Optional(), day_of_a_school])
    lessons_to = DateField(validators=[Optional(), day_of_a_school])
    hours = IntegerField(_l("For how long"), [Optional()], default=DEFAULT_HOURS)
    note = TextAreaField(_l("Words to the teacher"))

    def opened(self, asked: Wanted) -> Wanted | None:
        """What of the request is to be opened; None for all of it."""
        if not self.scope.data:
            return None
        kinds = frozenset(EntryKind(kind) for kind in self.kinds.data or ())
        if asked.lessons:
            return wanted_lessons(kinds, _ticked(asked.lessons, self.lessons.data))
        first, last = self.lessons_from.data, self.lessons_to.data
        return None if first is None or last is None else _days(kinds, first, last)
