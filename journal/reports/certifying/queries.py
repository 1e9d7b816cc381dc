"""Reads of certified sheets: the editions of a class, one of them, whether a code is genuine."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.errors import NotFound
from journal.core.tenancy import across
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.forms.model import (
    CODE_LENGTH,
    CODE_LETTERS,
    PaperForm,
    digest_of,
    form_from_facts,
)
from journal.school.class_reader import ReadClass, load_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A certified sheet without its table."""

    id: int
    class_id: int
    place: str
    edition: int
    code: str
    sha256: str
    name: str
    post: str
    certified_at: datetime


@dataclass(frozen=True, slots=True)
class CertifiedPage:
    """An edition with its table as it was signed. `whole`: the text still has the digest it was
    signed with; `previous` is the edition before, `latest` says that there is none after."""

    group: ReadClass
    edition: Edition
    form: PaperForm
    whole: bool
    previous: PaperForm | None
    latest: bool


_EDITION = (
    CertifiedSheet.id,
    CertifiedSheet.class_group_id.label("class_id"),
    CertifiedSheet.place,
    CertifiedSheet.edition,
    CertifiedSheet.code,
    CertifiedSheet.sha256,
    CertifiedSheet.name,
    CertifiedSheet.post,
    CertifiedSheet.certified_at,
)


def editions(session: Session, class_id: int) -> list[Edition]:
    """Those of a class, the latest first. One query."""
    rows = session.execute(
        select(*_EDITION)
        .where(CertifiedSheet.class_group_id == class_id)
        .order_by(CertifiedSheet.certified_at.desc(), CertifiedSheet.id.desc())
    )
    return [Edition(**row._mapping) for row in rows]


def certified_page(session: Session, actor: Actor, sheet_id: int) -> CertifiedPage:
    """NotFound for a sheet of another school; Forbidden as `load_class`."""
    row = session.execute(
        select(*_EDITION, CertifiedSheet.facts).where(CertifiedSheet.id == sheet_id)
    ).one_or_none()
    if row is None:
        raise NotFound()
    group = load_class(session, actor, row.class_id)
    edition = Edition(**{key: value for key, value in row._mapping.items() if key != "facts"})
    beside = _beside(session, edition)
    previous = beside.get(edition.edition - 1)
    return CertifiedPage(
        group,
        edition,
        form_from_facts(json.loads(row.facts)),
        digest_of(row.facts) == edition.sha256,
        form_from_facts(json.loads(previous)) if previous else None,
        edition.edition + 1 not in beside,
    )


def signed_sheets(session: Session, class_ids: Collection[int]) -> list[tuple[Edition, PaperForm]]:
    """Every edition of the classes with its table as it was signed, the first one first."""
    rows = session.execute(
        select(*_EDITION, CertifiedSheet.facts)
        .where(CertifiedSheet.class_group_id.in_(list(class_ids)))
        .order_by(CertifiedSheet.id)
    )
    return [
        (
            Edition(**{key: value for key, value in row._mapping.items() if key != "facts"}),
            form_from_facts(json.loads(row.facts)),
        )
        for row in rows
    ]


def _beside(session: Session, edition: Edition) -> dict[int, str]:
    """The facts of the editions just before and after, by their number."""
    rows = session.execute(
        select(CertifiedSheet.edition, CertifiedSheet.facts).where(
            CertifiedSheet.class_group_id == edition.class_id,
            CertifiedSheet.place == edition.place,
            CertifiedSheet.edition.in_((edition.edition - 1, edition.edition + 1)),
        )
    )
    return {row.edition: row.facts for row in rows}


def is_genuine(session: Session, code: str) -> bool:
    """Whether a sheet with that code was certified in any school: nothing else is told."""
    with across(session, "a check code may be of any school"):
        found = session.scalar(select(CertifiedSheet.id).where(CertifiedSheet.code == code))
    return found is not None


_READ_AS = str.maketrans("OIL", "011")


def typed_code(text: str) -> str | None:
    """The code in what somebody typed: any case, spaces, dashes; None for what can be no code."""
    letters = "".join(one for one in text.upper() if one.isalnum()).translate(_READ_AS)
    if len(letters) != CODE_LENGTH or not set(letters) <= set(CODE_LETTERS):
        return None
    return letters
