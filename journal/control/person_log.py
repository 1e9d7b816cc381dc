"""The history of one card: who changed what of a person, and when, out of the same log."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.control.audit_log import ABOUT_PERSON, COLUMNS, LogEntry, LogPage, log_entries
from journal.core.audit import AuditEntry

# What stands in journals; the rest is the card: data, classes, family, access.
IN_JOURNALS = (
    "absence",
    "council_decision",
    "homework",
    "lesson",
    "mark",
    "term_mark",
    "work",
)
LINKS = "guardian_link"
ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose history: his rows by their ids; `link_ids` tie a guardian to his children."""

    person_id: int
    pupil_id: int | None = None
    link_ids: tuple[int, ...] = ()


def may_read_entries(actor: Actor) -> bool:
    """Whether the history of marks and absences is shown: to who reads the changes of marks."""
    return actor.may(Permission.READ_CHANGE_REPORT) or actor.may(
        Permission.READ_CLASS_CHANGE_REPORT
    )


def person_log(
    session: Session,
    actor: Actor,
    subject: Subject,
    *,
    entries: bool = False,
    below: int | None = None,
    rows: int = ROWS_A_PAGE,
) -> LogPage:
    """A page of the card's history, newest first; `entries` = of the journals instead.

    The caller has loaded the person for the actor. Addresses of computers are for readers of the
    log. At most six queries.
    """
    if entries and not may_read_entries(actor):
        return LogPage(entries=(), older=None)
    in_journals = AuditEntry.object_type.in_(IN_JOURNALS)
    query = (
        select(*COLUMNS)
        .where(AuditEntry.organisation_id == actor.organisation_id, _about(session, subject))
        .where(in_journals if entries else ~in_journals)
        .order_by(AuditEntry.seq.desc())
    )
    if below is not None:
        query = query.where(AuditEntry.seq < below)
    found = session.execute(query.limit(rows + 1)).all()
    older = found[rows - 1].seq if len(found) > rows else None
    shown = log_entries(session, found[:rows])
    return LogPage(entries=tuple(_seen_by(actor, one) for one in shown), older=older)


def _about(session: Session, subject: Subject) -> ColumnElement[bool]:
    persons, pupils = _with_merged(session, subject)
    of_person = AuditEntry.object_type.in_(ABOUT_PERSON)
    return or_(
        and_(of_person, AuditEntry.about_id.in_(persons)),
        and_(~of_person, AuditEntry.about_id.in_(pupils)),
        and_(AuditEntry.object_type == LINKS, AuditEntry.object_id.in_(subject.link_ids)),
    )


def _with_merged(session: Session, subject: Subject) -> tuple[set[int], set[int]]:
    """(persons, pupils) of the card and of those that were merged into it."""
    persons = {subject.person_id}
    pupils = {subject.pupil_id} if subject.pupil_id else set()
    fresh = set(persons)
    while fresh:
        gone = session.scalars(
            select(AuditEntry.before).where(
                AuditEntry.action == "merge_persons", AuditEntry.about_id.in_(fresh)
            )
        )
        facts = [json.loads(one or "{}") for one in gone]
        pupils |= {int(one["pupil_id"]) for one in facts if one.get("pupil_id")}
        fresh = {int(one["person_id"]) for one in facts if one.get("person_id")} - persons
        persons |= fresh
    return persons, pupils


def _seen_by(actor: Actor, entry: LogEntry) -> LogEntry:
    return entry if actor.may(Permission.READ_AUDIT) else replace(entry, client_address=None)
