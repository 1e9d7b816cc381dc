"""Who has a password and who has not: by class, of one class, of the staff."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from journal.access import ROLE_NAMES, Permission
from journal.cabinets.common.credentials.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import Forbidden
from journal.core.messages import N_
from journal.people.directory import StaffRow, staff_list
from journal.people.person_card import GuardianRef, guardians_of
from journal.school.access_overview import class_access, school_access
from journal.school.calendar import YearSpan, year_to_open, years
from journal.school.credential_targets import own_class_ids
from journal.school.directory import ClassRow, class_row
from journal.school.history import ClassPupil, class_pupils
from journal.webkit.access import current_actor, requires
from journal.webkit.moment import today

NOT_YOUR_CLASS = N_("You make passwords for the pupils and parents of your own class only.")


@dataclass(frozen=True, slots=True)
class Family:
    """A pupil of the class with his guardians."""

    pupil: ClassPupil
    guardians: tuple[GuardianRef, ...]


def present_year(session: Session) -> YearSpan | None:
    """The year whose classes are shown."""
    return year_to_open(years(session), today(current_actor()))


@blueprint.get("")
@requires(Permission.OPEN_CREDENTIALS)
def overview() -> ResponseReturnValue:
    """The classes whose passwords the actor hands out; the staff for who may."""
    session, actor = db.session(), current_actor()
    year = present_year(session)
    if year is None:
        return render_template("credentials/overview.html", classes=[], school=None)
    day = year.day_within(today(actor))
    own = own_class_ids(session, actor, year.id)
    return render_template(
        "credentials/overview.html",
        classes=class_access(session, year.id, day, class_ids=own),
        school=school_access(session, day) if own is None else None,
    )


@blueprint.get("/classes/<int:class_id>")
@requires(Permission.OPEN_CREDENTIALS)
def class_group(class_id: int) -> ResponseReturnValue:
    """The pupils of a class and their guardians, to choose from."""
    group, families = class_families(db.session(), class_id)
    return render_template("credentials/class.html", group=group, families=families)


@blueprint.get("/staff")
@requires(Permission.ISSUE_CREDENTIALS)
def staff() -> ResponseReturnValue:
    """The staff, to choose from."""
    return render_template(
        "credentials/staff.html", rows=staff_at_work(db.session()), roles=ROLE_NAMES
    )


def class_families(session: Session, class_id: int) -> tuple[ClassRow, list[Family]]:
    """The authorised loader of a class: NotFound when it is invisible, Forbidden when not own."""
    actor = current_actor()
    group, year_id = class_row(session, class_id)
    own = own_class_ids(session, actor, year_id)
    if own is not None and class_id not in own:
        raise Forbidden(NOT_YOUR_CLASS)
    year = next(span for span in years(session) if span.id == year_id)
    day = year.day_within(today(actor))
    pupils = [one for one in class_pupils(session, class_id) if one.span.covers(day)]
    guardians = guardians_of(session, [one.pupil_id for one in pupils])
    return group, [Family(one, tuple(guardians[one.pupil_id])) for one in pupils]


def staff_at_work(session: Session) -> list[StaffRow]:
    """The staff who have not left."""
    day = today(current_actor())
    return [row for row in staff_list(session) if row.left_on is None or row.left_on > day]
