"""Actions, objects and fields of the audit log in human words."""

from __future__ import annotations

from journal.core.messages import N_, Message

ACTIONS: dict[str, Message] = {
    "change_password": N_("changed the own password"),
    "issue_credentials": N_("made a temporary password"),
    "put_mark": N_("put a mark"),
    "change_mark": N_("changed a mark"),
    "clear_mark": N_("took a mark back"),
    "put_work": N_("set a work"),
    "clear_work": N_("removed a work"),
    "put_absence": N_("entered an absence"),
    "clear_absence": N_("removed an absence"),
    "take_attendance": N_("took the attendance"),
    "put_topic": N_("entered a topic"),
    "put_homework": N_("set homework"),
    "put_lesson": N_("changed a lesson"),
    "publish_timetable": N_("published the timetable"),
    "request_unlock": N_("asked for an unlock"),
    "grant_unlock": N_("granted an unlock"),
    "refuse_unlock": N_("refused an unlock"),
    "submit_excuse": N_("sent an excuse"),
    "validate_excuse": N_("confirmed an excuse"),
    "refuse_excuse": N_("refused an excuse"),
    "import_school": N_("imported the school workbook"),
    "import_history": N_("imported the journal history"),
    "import_lesson": N_("imported a lesson"),
    "import_mark": N_("imported a mark"),
    "import_absence": N_("imported an absence"),
    "import_exemption": N_("imported a release"),
    "import_term_mark": N_("imported a term mark"),
}
OBJECTS: dict[str, Message] = {
    "account": N_("account"),
    "mark": N_("mark"),
    "work": N_("work"),
    "absence": N_("absence"),
    "lesson": N_("lesson"),
    "homework": N_("homework"),
    "unlock": N_("unlock"),
    "excuse": N_("excuse"),
    "exemption": N_("release"),
    "term_mark": N_("term mark"),
    "organisation": N_("organisation"),
    "academic_year": N_("academic year"),
    "timetable": N_("timetable"),
    "file": N_("file"),
}
FIELDS: dict[str, Message] = {
    "value": N_("mark"),
    "work": N_("work"),
    "work_type_id": N_("kind of work"),
    "weight": N_("weight"),
    "caption": N_("caption"),
    "comment": N_("comment"),
    "deadline": N_("deadline"),
    "code": N_("code"),
    "minutes": N_("minutes"),
    "topic": N_("topic"),
    "homework": N_("homework"),
    "nothing_set": N_("nothing set"),
    "login": N_("login"),
    "status": N_("status"),
    "kinds": N_("what is opened"),
    "reason": N_("reason"),
    "file": N_("file"),
    "sha256": N_("checksum of the file"),
    "name": N_("name"),
}


def words_of(words: dict[str, Message], code: str) -> Message | str:
    """The words of a code; one that nobody has named is shown as it stands."""
    return words.get(code, code)
