"""Subgroups of a class (D12): by hand, by alphabet, by a list, as last year; from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.common.persons.blueprint import blueprint
from journal.core.db import db
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.office.subgroups.queries import (
    Divided,
    divided_subjects,
    members_on,
    names_last_year,
)
from journal.office.subgroups.rules import Division, Member, as_before, by_alphabet, by_list
from journal.office.subgroups.service import divide
from journal.school.calendar import YearSpan, years
from journal.school.credential_targets import own_class_ids
from journal.school.directory import ClassRow, class_row
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.addresses import day_of
from journal.webkit.filters import number_of, typed_day, typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now, today


@dataclass(frozen=True, slots=True)
class Desk:
    """The class with its year, the subjects taught in subgroups, the one that is shown."""

    group: ClassRow
    year: YearSpan
    subjects: tuple[Divided, ...]
    chosen: Divided | None


@blueprint.get("/classes/<int:class_id>/subgroups")
@requires(Permission.KEEP_PEOPLE)
def subgroups(class_id: int) -> ResponseReturnValue:
    """The division of ?subject= on ?day=; ?how= proposes another one, nothing is written."""
    desk = _load(class_id)
    day = typed_day("day") or desk.year.day_within(today(current_actor()))
    return _page(desk, day)


@blueprint.post("/classes/<int:class_id>/subgroups/divide")
@requires(Permission.KEEP_PEOPLE)
@commits
def divide_class(class_id: int) -> ResponseReturnValue:
    """Write the division of ?subject= from the typed day on."""
    desk = _load(class_id)
    subject, day = desk.chosen, day_of(request.form.get("day", ""))
    if subject is None:
        raise NotFound()
    try:
        moved = _divide(desk, subject, day)
    except RuleViolation as refused:
        return _page(desk, desk.year.day_within(today(current_actor())), say(refused.message)), 422
    flash(_("Saved. Pupils who changed the subgroup: %(count)s.", count=moved), "ok")
    subject_id = subject.subject_id
    return redirect(url_for("persons.subgroups", class_id=class_id, subject=subject_id, day=day))


def _divide(desk: Desk, subject: Divided, day: date | None) -> int:
    if day is None:
        raise RuleViolation("day", N_("Enter the day."))
    moved = divide(
        db.session(),
        current_actor(),
        class_id=desk.group.id,
        subject=subject,
        wanted=_typed(),
        day=day,
        year=desk.year,
        now=now(),
    )
    return len(moved)


def _load(class_id: int) -> Desk:
    """The class, for the administrator and its class teacher. NotFound, Forbidden."""
    session = db.session()
    group, year_id = class_row(session, class_id)
    own = own_class_ids(session, current_actor(), year_id)
    if own is not None and class_id not in own:
        raise Forbidden(N_("You keep the pupils and parents of your own class only."))
    year = next(span for span in years(session) if span.id == year_id)
    subjects = divided_subjects(session, class_id)
    wanted = typed_number("subject")
    chosen = next((one for one in subjects if one.subject_id == wanted), None)
    if wanted is None:
        chosen = next(iter(subjects), None)
    return Desk(group, year, tuple(subjects), chosen)


def _page(desk: Desk, day: date, refused: str = "") -> str:
    members = _members(desk, day)
    proposed = _proposed(desk, members)
    shown = [(one, proposed.get(one.pupil_id, one.group_id)) for one in members]
    counts = dict.fromkeys((group.id for group in desk.chosen.groups), 0) if desk.chosen else {}
    for _member, group_id in shown:
        if group_id in counts:
            counts[group_id] += 1
    page = {"desk": desk, "day": day, "shown": shown, "counts": counts, "refused": refused}
    moving = sum(one.group_id != group_id for one, group_id in shown)
    return render_template("persons/subgroups.html", moving=moving, **page)


def _members(desk: Desk, day: date) -> list[Member]:
    ids = [group.id for group in desk.chosen.groups] if desk.chosen else []
    return members_on(db.session(), desk.group.id, ids, day)


def _proposed(desk: Desk, members: list[Member]) -> Division:
    how = request.args.get("how", "")
    if desk.chosen is None:
        return {}
    groups = [group.id for group in desk.chosen.groups]
    if how == "alphabet":
        return by_alphabet(members, groups)
    if how == "list":
        return by_list(members, groups, request.args.get("names", "")[:5000])
    if how == "last":
        ids = [one.pupil_id for one in members]
        subject = desk.chosen.subject_id
        before = names_last_year(db.session(), subject, ids, desk.year.starts_on)
        return as_before(members, {one.name: one.id for one in desk.chosen.groups}, before)
    return {}


def _typed() -> Division:
    """`p17=3`: pupil 17 into group 3; an empty value takes him out."""
    found: Division = {}
    for name, value in request.form.items():
        pupil_id = number_of(name.removeprefix("p")) if name.startswith("p") else None
        if pupil_id is not None:
            found[pupil_id] = number_of(value)
    return found
