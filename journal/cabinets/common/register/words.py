"""The words of the grid's scripts in one language. {name} is filled by the script; a list holds the
plural forms for 1, 2 and 5."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import render_template
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup

from journal.cabinets.common.register.script import script_json
from journal.core.messages import N_, Message
from journal.webkit.i18n import say

Counted = Callable[[int], str]


@lru_cache(maxsize=8)
def grid_words(locale: str) -> Markup:
    """JSON for the page; the same for every request of a language."""
    with force_locale(locale):
        return script_json(words_of_grid())


def words_of_grid() -> dict[str, object]:
    """Every word of the scripts in the language of the request."""
    words: dict[str, object] = {
        **_said(_STATES | _REFUSALS | _PANEL),
        "codes": absence_codes(),
        "kinds": _said(_LESSON_KINDS),
    }
    return words | {name: [form(n) for n in (1, 2, 5)] for name, form in _COUNTED.items()}


@lru_cache(maxsize=8)
def grid_panels(locale: str) -> Markup:
    """The panels, the list of keys and the signs: the same for every page of a language."""
    with force_locale(locale):
        return Markup(render_template("register/panels.html"))


@lru_cache(maxsize=8)
def grid_legend(locale: str) -> Markup:
    """The signs under the grid."""
    with force_locale(locale):
        return Markup(render_template("register/legend.html"))


def _said(messages: dict[str, Message]) -> dict[str, str]:
    return {name: say(message) for name, message in messages.items()}


@lru_cache(maxsize=8)
def codes_in(locale: str) -> dict[str, tuple[str, str]]:
    """`absence_codes` of a language."""
    with force_locale(locale):
        return absence_codes()


def absence_codes() -> dict[str, tuple[str, str]]:
    """Code: the letter of the grid and what it means."""
    return {
        "n": ("н", gettext("was absent, reason not given")),
        "b": ("б", gettext("illness")),
        "u": ("у", gettext("valid reason")),
        "p": ("п", gettext("absent without a valid reason")),
        "o": ("о", gettext("late")),
    }


_LESSON_KINDS: dict[str, Message] = {
    "lesson": N_("lesson"),
    "practical": N_("practical work"),
    "laboratory": N_("laboratory work"),
    "test": N_("test"),
    "excursion": N_("excursion"),
    "project": N_("project work"),
    "consultation": N_("consultation"),
}


_COUNTED: dict[str, Counted] = {
    "n_waiting": lambda n: ngettext("{n} entry waits to be sent", "{n} entries wait to be sent", n),
    "n_offline": lambda n: ngettext(
        "No connection since {time}, {n} entry is kept in this browser",
        "No connection since {time}, {n} entries are kept in this browser",
        n,
    ),
    "n_failing": lambda n: ngettext(
        "The server has not answered since {time}, {n} entry waits",
        "The server has not answered since {time}, {n} entries wait",
        n,
    ),
    "n_signed_out": lambda n: ngettext(
        "{n} entry waits until you sign in",
        "{n} entries wait until you sign in",
        n,
    ),
    "n_refused": lambda n: ngettext("{n} entry not accepted", "{n} entries not accepted", n),
    "n_conflicts": lambda n: ngettext("{n} cell with two values", "{n} cells with two values", n),
    "n_strangers": lambda n: ngettext(
        "In this browser {n} entry of {owner} waits; it is sent when {owner} signs in here.",
        "In this browser {n} entries of {owner} wait; they are sent when {owner} signs in here.",
        n,
    ),
    "n_not_entered": lambda n: ngettext(
        "{n} entry was not made, the others were:",
        "{n} entries were not made, the others were:",
        n,
    ),
    "n_entered": lambda n: ngettext(
        "{n} entry is made. Ctrl+Z takes it back.",
        "{n} entries are made. Ctrl+Z takes them back.",
        n,
    ),
    "n_taken_back": lambda n: ngettext(
        "{n} entry is taken back.", "{n} entries are taken back.", n
    ),
    "n_topics": lambda n: ngettext(
        "The topic of {n} lesson is taken from the plan. Ctrl+Z takes it back.",
        "The topics of {n} lessons are taken from the plan. Ctrl+Z takes them back.",
        n,
    ),
    "n_left_out": lambda n: ngettext(
        "{n} remark on what the plan gave, the rest is entered:",
        "{n} remarks on what the plan gave, the rest is entered:",
        n,
    ),
    "n_planned": lambda n: ngettext(
        "Take the topic of {n} chosen lesson", "Take the topics of {n} chosen lessons", n
    ),
    "n_unlock": lambda n: ngettext(
        "Request an unlock of {n} lesson", "Request an unlock of {n} lessons", n
    ),
    "n_beyond": lambda n: ngettext(
        "beyond the table: {n} value.", "beyond the table: {n} values.", n
    ),
    "n_more": lambda n: ngettext("and {n} more", "and {n} more", n),
}


_STATES: dict[str, Message] = {
    "all_saved": N_("All entries are saved"),
    "attendance": N_("Attendance"),
    "cell_pending": N_("waits to be sent"),
    "cell_refused": N_("not accepted"),
    "cell_conflict": N_("two values"),
    "conflict_cell": N_("two values: yours {mine}, on the server {theirs}"),
    "comment": N_("comment: {text}"),
    "late_by": N_("{n} minutes late"),
    "known_confirmed": N_("excused: {reason}"),
    "known_announced": N_("announced by the family, not confirmed: {reason}"),
    "dot_until": N_("an answer is awaited until {day}"),
    "where": N_("{pupil}, {day}, lesson {no}."),
    "work_weight": N_("{title}, weight {weight}."),
    "weight": N_("weight {weight}"),
    "marks_until": N_("A mark can be entered until {until}."),
    "absence_open": N_("Attendance can still be entered."),
    "chip_taken": N_("{day}: attendance is taken"),
    "chip_taken_at": N_("{day}: attendance was taken at {at}"),
    "nothing_entered": N_("Nothing was entered:"),
    "last_pupil": N_("This was the last pupil of the list."),
    "chip_not_taken": N_("{day}: attendance is not taken"),
    "chip_not_begun": N_("{day}: the lesson has not begun"),
    "nobody_absent_on": N_("{day}: nobody is absent"),
    "already_taken": N_("Attendance of this lesson is already taken."),
    "nothing_to_undo": N_("There is nothing to take back."),
    "several_marks": N_("There are several marks here: choose which one to change."),
    "average_of": N_("{pupil}: average"),
    "proposal_of": N_("{pupil}: what is proposed for the term"),
    "no_explanation": N_(
        "The explanation could not be fetched. Repeat when there is a connection."
    ),
}


_REFUSALS: dict[str, Message] = {
    "not_yours": N_("Only the teacher of the lesson enters marks, topics and homework."),
    "cancelled": N_("The lesson was cancelled: nothing is entered in it."),
    "not_on_roster": N_("{name} is not on the roster of that day."),
    "not_marked": N_("This subject is not marked. Enter attendance only."),
    "no_marks": N_("In grade 1 no marks are given."),
    "scale_five_point": N_("Here marks are 5, 4, 3, 2, 1: {value} is not entered."),
    "scale_pass_fail": N_("Here «passed» and «not passed» are entered: keys з and -."),
    "conflict": N_("You have {mine}; {who} saved {theirs} at {when}."),
    "conflict_unknown": N_("You have {mine}; meanwhile {theirs} was saved."),
    "keep_mine": N_("Keep {mine}"),
    "take_theirs": N_("Take {theirs}"),
    "keep_my_entry": N_("Save mine all the same"),
    "drop_my_entry": N_("Leave what is saved"),
    "empty": N_("an empty cell"),
    "refused_value": N_("{mine} was not accepted."),
    "refused_lesson": N_("«{mine}» was not accepted."),
    "refused_unknown": N_("The server refused it without a reason."),
    "remove": N_("Remove"),
    "hide": N_("Hide"),
    "ask_unlock": N_("Write the request"),
    "signed_out": N_(
        "Your session has ended. What you typed is kept in this browser and is "
        "sent after you sign in."
    ),
    "sign_in_again": N_("Sign in in a new tab"),
    "other_account": N_(
        "Somebody else has signed in. The entries of this page belong to {owner} "
        "and are not sent under another name."
    ),
    "no_storage": N_(
        "This browser keeps nothing on the disk (a private window?). Do not close "
        "the page while entries wait to be sent."
    ),
    "line": N_("Row {n}"),
    "lines": N_("Rows {first}–{last}"),
    "not_understood": N_("not a mark or a code of absence."),
    "too_few_works": N_("works in the lesson: {n}. Add a work first (Ctrl+Enter)."),
    "no_mark_of_absent": N_(
        "By the school's rule an absent pupil gets no mark: enter •, or correct the attendance."
    ),
    "no_absence_of_marked": N_(
        "By the school's rule who has a mark was present: erase the mark first."
    ),
}


_PANEL: dict[str, Message] = {
    "lesson_title": N_("Lesson {no}, {day}"),
    "no_work": N_("no work"),
    "default_work": N_("Mark"),
    "present": N_("was present"),
    "retaken": N_("retaken"),
    "retake_of": N_("Retake: {title}"),
    "too_long": N_("Shorten the text to {max} characters, there are {n} now."),
    "no_history": N_("The history could not be fetched. Repeat when there is a connection."),
    "retaken_stays": N_("This mark was retaken and stays as it is."),
    "absent_list": N_("Absent or late: {list}."),
    "nobody_absent": N_("Taken: nobody is absent."),
    "attendance_not_taken": N_("Not taken yet."),
    "written_down": N_("Written down"),
    "wrong_minutes": N_("Enter 1 to 600 minutes or leave the field empty."),
    "wrong_weight": N_("Enter a weight from 1 to 100."),
    "wrong_late": N_("Enter the minutes late as a number."),
    "beside_offline": N_(
        "No connection: the plan, files and tasks of single pupils cannot be reached now. "
        "What you type here is kept and sent later."
    ),
    "due_next": N_("empty: for the next lesson, {day}"),
    "due_unknown": N_("empty: for the next lesson"),
    "due_on": N_("by {day}"),
    "plan_hour": N_("hour {hour} of {hours}"),
    "plan_none": N_("This course has no lesson plan yet: make one under «Lesson plan»."),
    "plan_unknown": N_(
        "No connection, and the plan has not been read yet: topics can be taken when it is back."
    ),
    "plan_over": N_("the plan has no topic left for this lesson."),
    "plan_there": N_("a topic is already written, it stays."),
    "plan_panel": N_("what is typed in its panel is not saved yet: save or close it first."),
    "plan_homework": N_("homework: {why}"),
    "plan_work": N_("by the plan «{type}»: set the kind of work in the lesson."),
    "changed_since": N_("This was changed since and is not taken back."),
    "plan_nothing": N_("Nothing was taken from the plan:"),
    "file_goes": N_("{name} is being sent…"),
    "file_kept": N_("{name} is attached."),
    "file_too_large": N_("The file is larger than 20 MB. Make it smaller or divide it."),
    "change": N_("Change"),
    "leave_panel": N_("Close without saving what you typed?"),
}
