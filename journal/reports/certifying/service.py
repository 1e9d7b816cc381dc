"""Certifying a summary sheet (D06): who, when, the digest of what was signed."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission, Role
from journal.core.audit import Change
from journal.core.audit.service import canonical
from journal.core.db import inserted
from journal.core.errors import Forbidden, RuleViolation
from journal.core.messages import N_
from journal.people.service import record_by
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.forms.model import PaperForm, coded, digest_of
from journal.results.queries.summary import SummarySheet

CODE_BITS = 60
_TWICE = N_("Somebody else has certified this sheet just now. Open the page again.")


def certify_sheet(
    session: Session, actor: Actor, *, page: SummarySheet, form: PaperForm, now: datetime
) -> int:
    """Keep the sheet as it is at this moment as the next edition; its id.

    Forbidden without CERTIFY_SHEETS; RuleViolation while marks can still be entered or lack, where
    there is nothing to sign, and where nothing has changed since the last edition.
    """
    if not actor.may(Permission.CERTIFY_SHEETS):
        raise Forbidden(N_("Summary sheets are certified by the director and the deputies."))
    _check_finished(page, form)
    facts = canonical(form.facts()) or ""
    last = _last(session, page)
    if last is not None and last.sha256 == digest_of(facts):
        raise RuleViolation(
            "sheet", N_("Nothing has changed since edition %(edition)s.", edition=last.edition)
        )
    edition = last.edition + 1 if last else 1
    row = _row(actor, page, facts, edition, now)
    if not inserted(session, row):
        raise RuleViolation("sheet", _TWICE)
    _log(session, actor, row, now)
    return row.id


def _log(session: Session, actor: Actor, row: CertifiedSheet, now: datetime) -> None:
    change = Change(
        action="certify_sheet",
        object_type="certified_sheet",
        object_id=row.id,
        within_id=row.class_group_id,
        after={"place": row.place, "edition": row.edition, "sha256": row.sha256},
    )
    record_by(session, actor, change, now)


def _check_finished(page: SummarySheet, form: PaperForm) -> None:
    if not form.rows:
        raise RuleViolation("sheet", N_("There is nothing on this sheet to certify."))
    if page.unfinished:
        raise RuleViolation(
            "sheet",
            N_(
                "%(place)s is not finished: the sheet is certified after the days of entering "
                "marks.",
                place=page.unfinished[0].name,
            ),
        )
    if page.sheet.missing:
        raise RuleViolation(
            "sheet",
            N_(
                "Marks lack: %(count)s. Ask the teachers to enter them, then certify.",
                count=page.sheet.missing,
            ),
        )


def _last(session: Session, page: SummarySheet) -> CertifiedSheet | None:
    return session.scalars(
        select(CertifiedSheet)
        .where(CertifiedSheet.class_group_id == page.group.id, CertifiedSheet.place == page.key)
        .order_by(CertifiedSheet.edition.desc())
        .limit(1)
    ).one_or_none()


def _row(
    actor: Actor, page: SummarySheet, facts: str, edition: int, now: datetime
) -> CertifiedSheet:
    director = Role.DIRECTOR in actor.current.roles
    return CertifiedSheet(
        organisation_id=actor.organisation_id,
        class_group_id=page.group.id,
        place=page.key,
        edition=edition,
        code=coded(secrets.randbits(CODE_BITS)),
        facts=facts,
        sha256=digest_of(facts),
        certified_by=actor.account_id,
        name=actor.name,
        post=(Role.DIRECTOR if director else Role.DEPUTY_DIRECTOR).value,
        certified_at=now,
    )
