"""People: staff, pupils, guardians, and the card of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.access import Permission, Role
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import Opening, open_year, typed
from journal.control.audit_fields import FIELDS
from journal.control.audit_log import LogEntry
from journal.control.audit_words import ACTIONS, OBJECTS, words_of
from journal.control.person_log import Subject, person_log
from journal.core.db import db
from journal.core.paging import Page
from journal.people.directory import guardian_page, staff_page
from journal.people.person_card import PersonCard, person_card
from journal.school.courses import CourseFilter, CourseRow, courses_of
from journal.school.directory import PupilRow, class_choices, class_names_on, pupil_page
from journal.school.history import PupilHistory, pupil_history
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import wants_fragment
from journal.webkit.filters import number_of, steps, typed_page

NO_CLASS = "none"
LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The card of a person: `history` of a pupil, `courses` of a teacher this year."""

    person: PersonCard
    class_names: dict[int, str]
    history: PupilHistory | None
    courses: tuple[CourseRow, ...]
    changes: tuple[LogEntry, ...]
    today: date


@blueprint.get("/people/staff")
@requires(Permission.MANAGE_SCHOOL)
def staff() -> ResponseReturnValue:
    """Staff by name; ?q= searches, ?role= narrows."""
    wanted = request.args.get("role", "")
    role = Role(wanted) if wanted in {one.value for one in Role} else None
    page = staff_page(db.session(), text=typed(), role=role, page=typed_page())
    return render_template(_list("staff"), page=page, steps=steps(page), q=typed(), role=role)


@blueprint.get("/people")
@requires(Permission.MANAGE_SCHOOL)
def pupils() -> ResponseReturnValue:
    """Pupils by name; ?q= searches, ?class= narrows to a class or to those in none."""
    opening = open_year(db.session())
    page, chosen = _pupils(opening), request.args.get("class", "")
    shown = {"page": page, "steps": steps(page), "q": typed(), "chosen": chosen}
    if wants_fragment():
        return render_template(_list("pupils"), **shown)
    classes = class_choices(db.session(), opening.year.id) if opening.year else []
    return render_template(_list("pupils"), **shown, classes=classes, day=opening.day)


def _list(name: str) -> str:
    """The page of a list, or the list alone for the script that follows the search box."""
    return f"cabinets/admin/{'_' if wants_fragment() else ''}{name}.html"


def _pupils(opening: Opening) -> Page[PupilRow]:
    wanted = request.args.get("class", "")
    return pupil_page(
        db.session(),
        day=opening.day,
        text=typed(),
        class_group_id=number_of(wanted),
        without_class=wanted == NO_CLASS,
        page=typed_page(),
        typing=wants_fragment(),
    )


@blueprint.get("/people/guardians")
@requires(Permission.MANAGE_SCHOOL)
def guardians() -> ResponseReturnValue:
    """Guardians by name with their children."""
    session = db.session()
    page = guardian_page(session, text=typed(), page=typed_page())
    children = {child.pupil_id for row in page.rows for child in row.children}
    names = class_names_on(session, children, open_year(session).day)
    return render_template(_list("guardians"), page=page, steps=steps(page), q=typed(), names=names)


@blueprint.get("/people/<int:person_id>")
@requires(Permission.MANAGE_SCHOOL)
def person(person_id: int) -> ResponseReturnValue:
    """One person: who he is here, family, classes, access."""
    session = db.session()
    found = person_card(session, person_id)
    opening = open_year(session)
    card = Card(
        person=found,
        class_names=class_names_on(session, {one.pupil_id for one in found.children}, opening.day),
        history=pupil_history(session, found.pupil.pupil_id) if found.pupil else None,
        courses=_taught(found, opening),
        changes=_changes(found),
        today=opening.today,
    )
    words = {"actions": ACTIONS, "objects": OBJECTS, "fields": FIELDS, "of": words_of}
    return render_template("cabinets/admin/person.html", card=card, person=found, words=words)


def _changes(found: PersonCard) -> tuple[LogEntry, ...]:
    """The latest changes of the card itself; marks stand on the page of its history."""
    pupil_id = found.pupil.pupil_id if found.pupil else None
    subject = Subject(person_id=found.person_id, pupil_id=pupil_id, link_ids=found.link_ids)
    return person_log(db.session(), current_actor(), subject, rows=LATEST).entries


def _taught(found: PersonCard, opening: Opening) -> tuple[CourseRow, ...]:
    if found.staff is None or opening.year is None:
        return ()
    wanted = CourseFilter(academic_year_id=opening.year.id, staff_id=found.staff.staff_id)
    return tuple(courses_of(db.session(), wanted))
