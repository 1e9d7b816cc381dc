"""Forms of edit windows: a version of the policy, an extension of past days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from journal.lessons.rules import EntryKind, Extension, Policy
from journal.lessons.rules.policy import MOST_DAYS
from journal.lessons.rules.setting import DAY_FIELDS
from journal.webkit.fields import Grades, IdSelect
from journal.webkit.forms import Form, day_of_a_school

_FROM_TO = _l("Enter a number of days from 0 to %(most)s.", most=MOST_DAYS)
_NUMBER = [InputRequired(_l("Enter a number of days.")), NumberRange(0, MOST_DAYS, _FROM_TO)]
_SMALL = {"min": 0, "max": MOST_DAYS, "inputmode": "numeric"}
KINDS = (
    SelectChoice(EntryKind.MARKS.value, _l("marks")),
    SelectChoice(EntryKind.ATTENDANCE.value, _l("attendance")),
    SelectChoice(EntryKind.TOPIC.value, _l("topic")),
    SelectChoice(EntryKind.HOMEWORK.value, _l("homework")),
)


SET = (*DAY_FIELDS, "mark_with_absence")


class PolicyForm(Form):
    """Days after the lesson's day; 0 is the lesson's own day. `grade` is of the preview alone."""

    valid_from = DateField(
        _l("For lessons from"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    marks_days = IntegerField(_l("Marks"), _NUMBER, render_kw=_SMALL)
    attendance_days = IntegerField(_l("Attendance, by the teacher"), _NUMBER, render_kw=_SMALL)
    class_attendance_days = IntegerField(
        _l("Attendance, by the class teacher"), _NUMBER, render_kw=_SMALL
    )
    topic_days = IntegerField(_l("Topic"), _NUMBER, render_kw=_SMALL)
    homework_days = IntegerField(_l("Homework"), _NUMBER, render_kw=_SMALL)
    counting = RadioField(
        _l("Which days are counted"),
        choices=[
            SelectChoice("calendar", _l("calendar days")),
            SelectChoice("school", _l("school days, without days off and holidays")),
        ],
        default="calendar",
    )
    mark_with_absence = BooleanField(_l("A pupil absent from the lesson may have a mark in it"))
    grade = SelectField(_l("Show for the parallel"), coerce=str, validate_choice=False)

    @property
    def policy(self) -> Policy:
        """The version as it was typed; only after the form was found valid."""
        typed = {name: getattr(self, name).data for name in ("valid_from", *SET)}
        return Policy(**typed, working=self.counting.data == "school")


class ExtensionForm(Form):
    """Which past lessons, what in them, for whom, until when, and why. Days are inclusive."""

    lessons_from = DateField(
        _l("Lessons from"), [InputRequired(_l("Enter the first day.")), day_of_a_school]
    )
    lessons_to = DateField(_l("to"), [InputRequired(_l("Enter the last day.")), day_of_a_school])
    last_day = DateField(
        _l("Open until the end of"), [InputRequired(_l("Enter the day.")), day_of_a_school]
    )
    kinds = SelectMultipleField(
        _l("What to open"),
        choices=list(KINDS),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    grades = Grades(_l("Parallels"), description=_l("Like 1 or 2-4, 9. Empty: the whole school."))
    teacher = IdSelect(_l("Teacher"))
    course = IdSelect(_l("Course"))
    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Write the reason."))],
        description=_l("Like: no electricity on 12.11. The teachers and the log show it."),
        render_kw={"rows": 2},
    )

    def wanted(self) -> Extension:
        """What was typed; only after the form was found valid."""
        last = self.lessons_to.data
        return Extension(
            id=0,
            kinds=frozenset(EntryKind(kind) for kind in self.kinds.data or ()),
            lessons_from=self.lessons_from.data,
            lessons_before=last.fromordinal(last.toordinal() + 1),
            last_day=self.last_day.data,
            grades=self.grades.data or frozenset(),
            course_id=self.course.data,
            staff_id=self.teacher.data,
        )
