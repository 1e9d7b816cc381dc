"""The words of the grid's scripts in one language. {name} is filled by the script; a list holds the
plural forms for 1, 2 and 5."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import render_template
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup

from journal.cabinets.common.register.script import script_json

Counted = Callable[[int], str]


@lru_cache(maxsize=8)
def grid_words(locale: str) -> Markup:
    """JSON for the page; the same for every request of a language."""
    with force_locale(locale):
        words: dict[str, object] = {
            **_states(),
            **_refusals(),
            **_panel(),
            "codes": absence_codes(),
            "kinds": _lesson_kinds(),
        }
        words |= {name: [form(n) for n in (1, 2, 5)] for name, form in _COUNTED.items()}
        return script_json(words)


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


def absence_codes() -> dict[str, tuple[str, str]]:
    """Code: the letter of the grid and what it means."""
    return {
        "n": ("н", gettext("was absent, reason not given")),
        "b": ("б", gettext("illness")),
        "u": ("у", gettext("valid reason")),
        "p": ("п", gettext("absent without a valid reason")),
        "o": ("о", gettext("late")),
    }


def _lesson_kinds() -> dict[str, str]:
    return {
        "lesson": gettext("lesson"),
        "practical": gettext("practical work"),
        "laboratory": gettext("laboratory work"),
        "test": gettext("test"),
        "excursion": gettext("excursion"),
        "project": gettext("project work"),
        "consultation": gettext("consultation"),
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
    "n_not_pasted": lambda n: ngettext(
        "{n} value was not pasted.", "{n} values were not pasted.", n
    ),
}


def _states() -> dict[str, str]:
    return {
        "all_saved": gettext("All entries are saved"),
        "cell_pending": gettext("waits to be sent"),
        "cell_refused": gettext("not accepted"),
        "cell_conflict": gettext("two values"),
        "conflict_cell": gettext("two values: yours {mine}, on the server {theirs}"),
        "comment": gettext("comment: {text}"),
        "late_by": gettext("{n} minutes late"),
        "dot_until": gettext("an answer is awaited until {day}"),
        "where": gettext("{pupil}, {day}, lesson {no}."),
        "work_weight": gettext("{title}, weight {weight}."),
        "weight": gettext("weight {weight}"),
        "marks_until": gettext("A mark can be entered until {until}."),
        "absence_open": gettext("Attendance can still be entered."),
        "chip_taken": gettext("{day}: attendance is taken"),
        "chip_not_taken": gettext("{day}: attendance is not taken"),
        "chip_not_begun": gettext("{day}: the lesson has not begun"),
        "nobody_absent_on": gettext("{day}: nobody is absent"),
        "already_taken": gettext("Attendance of this lesson is already taken."),
        "nothing_to_undo": gettext("There is nothing to take back."),
        "several_marks": gettext("There are several marks here: choose which one to change."),
        "average_of": gettext("{pupil}: average"),
        "no_explanation": gettext(
            "The explanation could not be fetched. Repeat when there is a connection."
        ),
    }


def _refusals() -> dict[str, str]:
    return {
        "not_yours": gettext("Only the teacher of the lesson enters marks, topics and homework."),
        "cancelled": gettext("The lesson was cancelled: nothing is entered in it."),
        "not_on_roster": gettext("{name} is not on the roster of that day."),
        "no_marks": gettext("In grade 1 no marks are given."),
        "scale_five_point": gettext("Here marks are 5, 4, 3, 2, 1: {value} is not entered."),
        "scale_pass_fail": gettext("Here «passed» and «not passed» are entered: keys з and -."),
        "conflict": gettext("You have {mine}; {who} saved {theirs} at {when}."),
        "conflict_unknown": gettext("You have {mine}; meanwhile {theirs} was saved."),
        "keep_mine": gettext("Keep {mine}"),
        "take_theirs": gettext("Take {theirs}"),
        "keep_my_entry": gettext("Save mine all the same"),
        "drop_my_entry": gettext("Leave what is saved"),
        "empty": gettext("an empty cell"),
        "refused_value": gettext("{where}: {mine} was not accepted."),
        "refused_lesson": gettext("{where}: «{mine}» was not accepted."),
        "refused_unknown": gettext("The server refused it without a reason."),
        "remove": gettext("Remove"),
        "hide": gettext("Hide"),
        "ask_unlock": gettext("Ask for an unlock"),
        "signed_out": gettext(
            "Your session has ended. What you typed is kept in this browser and is "
            "sent after you sign in."
        ),
        "sign_in_again": gettext("Sign in in a new tab"),
        "other_account": gettext(
            "Somebody else has signed in. The entries of this page belong to {owner} "
            "and are not sent under another name."
        ),
        "no_storage": gettext(
            "This browser keeps nothing on the disk (a private window?). Do not close "
            "the page while entries wait to be sent."
        ),
        "beyond_the_table": gettext("beyond the table."),
        "not_understood": gettext("not a mark or a code of absence."),
    }


def _panel() -> dict[str, str]:
    return {
        "lesson_title": gettext("Lesson {no}, {day}"),
        "no_work": gettext("no work"),
        "default_work": gettext("Mark"),
        "present": gettext("was present"),
        "retaken": gettext("retaken"),
        "retaken_stays": gettext("This mark was retaken and stays as it is."),
        "absent_list": gettext("Absent or late: {list}."),
        "nobody_absent": gettext("Taken: nobody is absent."),
        "attendance_not_taken": gettext("Not taken yet."),
        "written_down": gettext("Written down"),
        "wrong_minutes": gettext("Enter 1 to 600 minutes or leave the field empty."),
        "wrong_weight": gettext("Enter a weight from 1 to 10."),
        "wrong_late": gettext("Enter the minutes late as a number."),
        "leave_panel": gettext("Close without saving what you typed?"),
    }
