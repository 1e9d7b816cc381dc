"""Making temporary passwords: confirm, then the slips, once.

The passwords exist in the answer alone. The form carries an operation id; sending it again changes
nothing and shows nothing: who lost the slips makes new passwords.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from config import Settings
from journal.access import Permission
from journal.cabinets.common.credentials.blueprint import blueprint, by_family, whose
from journal.cabinets.common.credentials.views import (
    Family,
    class_families,
    present_year,
    staff_at_work,
)
from journal.core.db import db, transaction
from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.messages import N_
from journal.core.operations import keep_answers, kept_answers
from journal.people.directory import AccessStage, AccessState
from journal.people.service import (
    IssuedCredentials,
    fresh_passwords,
    issue_credentials,
    origin_of,
)
from journal.reports.slips import CredentialSheet, CredentialSlip, credential_slips
from journal.school.credential_targets import Target, credential_targets
from journal.webkit.access import current_actor, requires
from journal.webkit.answers import download
from journal.webkit.filters import number_of, typed_number
from journal.webkit.i18n import say
from journal.webkit.moment import now, today

AT_ONCE = 150  # a class with its parents and some; a request should not take longer


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person on the page of choice."""

    person_id: int
    kind: str
    access: AccessState
    declined: bool = False


@blueprint.get("/confirm")
@requires(Permission.OPEN_CREDENTIALS)
def confirm() -> ResponseReturnValue:
    """What will happen: ?class= or ?staff=1 with ?who=new|all|chosen, ?whom=, ?person=."""
    chosen = _chosen()
    if not chosen:
        return render_template("credentials/nobody.html", back=_back())
    _refuse_crowd(chosen)
    targets = by_family(_targets(chosen))
    return render_template(
        "credentials/confirm.html",
        targets=[one for one in targets if one.refusal is None],
        refused=[one for one in targets if one.refusal is not None],
        losing=sum(
            one.access.stage is not AccessStage.NEVER for one in targets if one.refusal is None
        ),
        sends_mail=current_app.config["SETTINGS"].sends_mail,
        operation=secrets.token_urlsafe(24),
        back=_back(),
    )


@blueprint.post("/issue")
@requires(Permission.OPEN_CREDENTIALS)
def issue() -> ResponseReturnValue:
    """Make the passwords and answer with the slips; hashing runs outside of the transaction."""
    operation, targets = chosen_targets(request.form)
    issued = _issue_once(operation, targets)
    if issued is None:
        persons = {one.person_id for one in targets}
        return render_template("credentials/shown_already.html", persons=persons), 409
    title = say(N_("Logins and passwords"))
    name = f"{title} {today(current_actor()):%d.%m.%Y}.pdf"
    return download(_slips(targets, issued), name=name, mimetype="application/pdf")


def chosen_targets(typed: MultiDict[str, str]) -> tuple[str, list[Target]]:
    """The operation and the persons a confirmed form names; Forbidden for one not to be given."""
    operation, persons = typed.get("operation", ""), _persons(typed)
    if not persons or not 16 <= len(operation) <= 64:
        raise RuleViolation("person", N_("Choose at least one person and confirm again."))
    _refuse_crowd(persons)
    targets = _targets(persons)
    for target in targets:
        if target.refusal is not None:
            raise Forbidden(target.refusal)
    return operation, targets


def _issue_once(operation: str, targets: list[Target]) -> list[IssuedCredentials] | None:
    """None when this very form was sent before: its passwords were shown then."""
    actor = current_actor()
    ids = {"account_id": actor.account_id}
    if kept_answers(db.session(), operation_ids=[operation], **ids):
        return None
    passwords = fresh_passwords(len(targets))
    with transaction() as session:
        if kept_answers(session, operation_ids=[operation], **ids):
            return None
        issued = issue_credentials(
            session,
            organisation_id=actor.organisation_id,
            origin=origin_of(actor),
            person_ids=[one.person_id for one in targets],
            now=now(),
            passwords=passwords,
        )
        answers = {operation: {"issued": len(issued)}}
        keep_answers(session, answers=answers, now=now(), **ids)
    return issued


def _slips(targets: list[Target], issued: Iterable[IssuedCredentials]) -> bytes:
    by_person = {one.person_id: one for one in issued}
    settings: Settings = current_app.config["SETTINGS"]
    path = url_for("common.sign_in")
    address = f"{settings.public_url.rstrip('/')}{path}" if settings.public_url else None
    sheet = CredentialSheet(
        school=current_actor().current.organisation_name,
        address=address or url_for("common.sign_in", _external=True),
        made_at=now(),
        time_zone=_zone(),
    )
    slips = [
        CredentialSlip(
            name=one.name,
            whose=whose(one),
            login=by_person[one.person_id].login,
            password=by_person[one.person_id].password,
        )
        for one in by_family(targets)
    ]
    return credential_slips(sheet, slips, say)


def _targets(persons: Iterable[int]) -> list[Target]:
    year = present_year(db.session())
    day = today(current_actor())
    return credential_targets(
        db.session(),
        current_actor(),
        person_ids=list(persons),
        day=year.day_within(day) if year else day,
    )


def _chosen() -> set[int]:
    """The persons the form of choice means; «new» and «all» are counted out of the list anew."""
    typed = _persons(request.args)
    who = request.args.get("who", "chosen")
    if who == "chosen":
        return typed
    whom = set(request.args.getlist("whom")) or {"pupil", "guardian", "staff"}
    return {
        one.person_id
        for one in _candidates()
        if one.kind in whom
        and not one.declined
        and (who == "all" or one.access.stage is AccessStage.NEVER)
    }


def _persons(typed: MultiDict[str, str]) -> set[int]:
    found = {number_of(text) for text in typed.getlist("person")}
    return {number for number in found if number is not None}


def _candidates() -> list[Candidate]:
    class_id = typed_number("class")
    if class_id is not None:
        _, families = class_families(db.session(), class_id)
        return [one for family in families for one in _of_family(family)]
    if not current_actor().may(Permission.ISSUE_CREDENTIALS):
        raise NotFound()
    role = request.args.get("role", "")
    return [
        Candidate(row.person_id, "staff", row.access)
        for row in staff_at_work(db.session())
        if role in ("", *row.roles)
    ]


def _of_family(family: Family) -> list[Candidate]:
    guardians = [
        Candidate(one.person_id, "guardian", one.access, one.declined_e_service)
        for one in family.guardians
    ]
    return [Candidate(family.pupil.person_id, "pupil", family.pupil.access), *guardians]


def _refuse_crowd(persons: set[int]) -> None:
    if len(persons) > AT_ONCE:
        raise RuleViolation(
            "person", N_("Choose at most %(count)s persons at once.", count=AT_ONCE)
        )


def _back() -> str:
    class_id = typed_number("class")
    if class_id is not None:
        return url_for("credentials.class_group", class_id=class_id)
    if request.args.get("staff"):
        return url_for("credentials.staff")
    return url_for("credentials.overview")


def _zone() -> str:
    return current_actor().current.time_zone
