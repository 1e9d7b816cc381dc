"""Publications and materials: who reads what, and from which second on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from journal.core.errors import Forbidden, NotFound, RuleViolation
from journal.core.files import StoredFile
from journal.exchange.publications import material_file, publications
from journal.exchange.service import centre
from journal.exchange.service.publishing import add_material, publish
from tests.cast import NOW, Cast
from tests.features.exchange.region import Region, plan, region

HOUR = timedelta(hours=1)


@pytest.fixture
def here(db_session: Session, cast: Cast) -> Region:
    return region(db_session, cast)


def published(here: Region) -> tuple[int, int, int]:
    """A publication of a procedure of school № 17, with a demo and a variant of later."""
    session, operator = here.as_(here.operator), here.operator
    procedure_id = centre.create_procedure(session, operator, plan(), now=NOW)
    centre.set_audience(session, operator, procedure_id, [here.school], now=NOW)
    centre.open_procedure(session, operator, procedure_id, now=NOW)
    publication_id = publish(
        session,
        operator,
        procedure_id=procedure_id,
        title="Материалы",
        text="Порядок проведения",
        release_at=NOW,
        now=NOW,
    )
    file = StoredFile(organisation_id=here.centre, sha256="0" * 64, size=1, uploaded_at=NOW)
    file.media_type, file.name = "application/pdf", "вариант.pdf"
    session.add(file)
    session.flush()
    demo, variant = (
        add_material(
            session,
            operator,
            publication_id,
            title=title,
            stored_file_id=file.id,
            release_at=at,
            now=NOW,
        )
        for title, at in (("Демоверсия", NOW), ("Вариант", NOW + HOUR))
    )
    return publication_id, demo, variant


def test_a_variant_is_hidden_until_its_second(here: Region) -> None:
    _, demo, variant = published(here)
    session, actor = here.as_(here.coordinator), here.coordinator
    (seen,) = publications(session, actor, now=NOW)
    assert [(one.title, one.open) for one in seen.materials] == [
        ("Демоверсия", True),
        ("Вариант", False),
    ]
    assert material_file(session, actor, demo, now=NOW).name == "вариант.pdf"
    with pytest.raises(Forbidden) as refusal:
        material_file(session, actor, variant, now=NOW + HOUR - timedelta(seconds=1))
    assert refusal.value.message.params == {"moment": "20.11.2026 11:42"}
    assert material_file(session, actor, variant, now=NOW + HOUR).size == 1


def test_only_the_audience_reads_and_only_what_is_released(here: Region) -> None:
    publication_id, demo, _ = published(here)
    session = here.as_(here.neighbour)
    assert publications(session, here.neighbour, now=NOW) == []
    with pytest.raises(NotFound):
        material_file(session, here.neighbour, demo, now=NOW)
    early = NOW - timedelta(seconds=1)
    assert publications(here.as_(here.coordinator), here.coordinator, now=early) == []
    for actor in (here.coordinator, here.teacher):
        with pytest.raises(NotFound):
            add_material(
                here.as_(actor),
                actor,
                publication_id,
                title="x",
                stored_file_id=1,
                release_at=NOW,
                now=NOW,
            )
        with pytest.raises(Forbidden):
            publish(
                here.as_(actor),
                actor,
                procedure_id=None,
                title="x",
                text="",
                release_at=NOW,
                now=NOW,
            )


def test_what_is_for_all_is_for_all_and_the_centre_sees_what_is_coming(here: Region) -> None:
    session, operator = here.as_(here.operator), here.operator
    facts = {"procedure_id": None, "text": "", "release_at": NOW + HOUR, "now": NOW}
    publish(session, operator, title="Всем школам", **facts)  # type: ignore[arg-type]
    with pytest.raises(RuleViolation):
        publish(session, operator, title=" ", **facts)  # type: ignore[arg-type]
    assert [one.title for one in publications(session, operator, now=NOW)] == ["Всем школам"]
    for actor in (here.coordinator, here.neighbour):
        seen = publications(here.as_(actor), actor, now=NOW + HOUR)
        assert [one.title for one in seen] == ["Всем школам"]
