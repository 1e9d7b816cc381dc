"""A region in the matrix: procedures of both schools, what was sent and published. Their centre is
no regional centre here, so that there is no public site; see `tests/cabinets/region`."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from journal.core.files import StoredFile
from journal.exchange.figures import ClassLine, Content
from journal.exchange.forms import MP1
from journal.exchange.forms.mp1 import H1
from journal.exchange.models import (
    Attempt,
    FilledForm,
    Material,
    Participation,
    Procedure,
    Publication,
    Submission,
)
from journal.exchange.storage import content_text
from tests.cast import NOW, Cast
from tests.factories import SchoolBuilder

Given = Mapping[str, Any]
Body = dict[str, Any]
_DAY = timedelta(days=1)
_LETTERS = [*"EFGHIKLMNPRSTUVWXYZ", "AA"]


def add_region(objects: dict[str, dict[str, int]], cast: Cast, session: Session) -> None:
    """`procedure` own: of «№ 17» alone; foreign: of «№ 5» alone, and voluntary."""
    centre = SchoolBuilder(session, code="REGION", name="Центр мониторинга")
    schools = {"own": cast.school, "foreign": cast.foreign_school}
    for name, school in schools.items():
        procedure = _procedure(session, centre, mandatory=name == "own")
        objects.setdefault("procedure", {})[name] = procedure.id
        part = Participation(procedure_id=procedure.id, organisation_id=school)
        part.begun_at = NOW - _DAY
        session.add(part)
        session.flush()
        objects.setdefault("attempt", {})[name] = _sent(session, part)
        publication, material = _published(session, centre, procedure.id)
        objects.setdefault("publication", {})[name] = publication
        objects.setdefault("material", {})[name] = material


def _procedure(session: Session, centre: SchoolBuilder, *, mandatory: bool) -> Procedure:
    row = Procedure(
        centre_id=centre.organisation.id,
        title="Областной мониторинг посещаемости",
        year="2026-2027",
        period="H1",
        form_schema=MP1.schema,
        form_version=MP1.version,
        thresholds=json.dumps(dict(MP1.thresholds)),
        mandatory=mandatory,
        opens_at=NOW - 5 * _DAY,
        closes_before=NOW + 5 * _DAY,
        opened_at=NOW - 6 * _DAY,
        created_at=NOW - 6 * _DAY,
    )
    session.add(row)
    session.flush()
    return row


def _sent(session: Session, part: Participation) -> int:
    row = dict.fromkeys(_LETTERS, 0) | {"E": 2, "K": 10, "L": 20, "R": 1, "AA": 1}
    text = content_text(Content(classes=[ClassLine("5А", 5)], numbers={H1: [row]}))
    own = {"participation_id": part.id, "organisation_id": part.organisation_id}
    attempt = Attempt(
        kind="table",
        state="accepted",
        content=text,
        account_id=1,
        sender="Координатор",
        confirmed_at=NOW,
        received_at=NOW,
        processed_at=NOW,
        findings="[]",
        marked=b"PK a copy",
        **own,
    )
    filled = FilledForm(
        content=text, findings="[]", spans="{}", xls_size=1, xlsx_size=1, as_of=NOW, **own
    )
    session.add_all([attempt, filled])
    session.flush()
    form = {"form_schema": MP1.schema, "form_version": MP1.version}
    facts = {"number": 1, "content": text, "findings": "[]", "accepted_at": NOW}
    session.add(Submission(attempt_id=attempt.id, **form, **facts, **own))
    part.submitted_at = NOW
    session.flush()
    return attempt.id


def _published(session: Session, centre: SchoolBuilder, procedure_id: int) -> tuple[int, int]:
    facts = {"sha256": "0" * 64, "size": 3, "media_type": "text/plain", "name": "приказ.txt"}
    file = centre.add(StoredFile, uploaded_at=NOW, **facts)
    words = {"title": "Приказ", "text": "О проведении", "release_at": NOW - _DAY}
    publication = Publication(centre_id=centre.organisation.id, procedure_id=procedure_id, **words)
    session.add(publication)
    session.flush()
    material = Material(
        publication_id=publication.id,
        title="Вариант",
        stored_file_id=file.id,
        release_at=NOW + _DAY,
    )
    session.add(material)
    session.flush()
    return publication.id, material.id


def _upload(given: Given, cast: Cast) -> Body:
    file = (io.BytesIO(b"no workbook"), "МП-1.xls")
    return {"data": {"file": file, "confirmed": "y"}, "content_type": "multipart/form-data"}


def _plain(**fields: Any) -> Callable[[Given, Cast], Body]:
    return lambda given, cast: {"data": fields | dict(given)}


MONITORING_BODIES: dict[str, Callable[[Given, Cast], Body]] = {
    "monitoring.upload": _upload,
    "monitoring.save_table": _plain(**{"base": "0", "c-0-E": "2"}),
    "monitoring.send_journal": _plain(confirmed="y"),
    "monitoring.ask": _plain(act="send"),
    "monitoring.organisation": _plain(
        full_name="Школа № 17",
        short_name="Школа № 17",
        surname="Воронова",
        given_name="Зоя",
        position="Координатор",
    ),
}
