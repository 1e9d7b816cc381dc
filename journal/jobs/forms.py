"""Printed forms of a whole class or school as a job: one file, or an archive of many."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import Any

from sqlalchemy.orm import Session

from journal.access import Actor
from journal.core.clock import utc_now
from journal.core.errors import Forbidden, JournalError
from journal.core.jobs import ClaimedJob, Outcome
from journal.core.messages import N_, message_facts
from journal.jobs.progress import Progress
from journal.people.actors import load_actor
from journal.reports.forms import Paper, written_papers
from journal.reports.forms.writing import Making
from journal.reports.kinds.asking import Ask, Desk, FormKind
from journal.reports.kinds.registry import form_kind
from journal.webkit.i18n import say, speaking_to

TOGETHER = 60  # units in one PDF; more are an archive of files
_MEMORY = 8 * 1024 * 1024
_ILLEGAL = str.maketrans('\\/:*?"<>|\n', "          ")


def make_forms(session: Session, job: ClaimedJob, progress: Progress) -> Outcome:
    """Everything the choice asks for, as who asked may read it now."""
    actor = _actor(session, job)
    kind = form_kind(str(job.params["form"]))
    if not kind.is_for(actor):
        raise Forbidden()
    with speaking_to(actor.locale, actor.current.time_zone):
        desk = Desk(session=session, actor=actor, now=utc_now(), say=say)
        return _made(desk, kind, job, progress)


def _actor(session: Session, job: ClaimedJob) -> Actor:
    actor = load_actor(
        session,
        account_id=job.account_id or 0,
        session_epoch=None,
        organisation_id=job.organisation_id,
        client_address=None,
        now=utc_now(),
    )
    if actor is None or actor.organisation_id != job.organisation_id:
        raise Forbidden()
    return actor


def _made(desk: Desk, kind: FormKind, job: ClaimedJob, progress: Progress) -> Outcome:
    units = kind.units(desk, ask_from(job.params["ask"]))
    suffix, name = str(job.params["suffix"]), str(job.params["name"])
    making = Making(at=desk.now, time_zone=desk.actor.current.time_zone)
    skipped: list[dict[str, object]] = []
    built = _built(desk, kind, units, skipped, progress)
    apart = suffix != "pdf" or len(units) > TOGETHER
    if apart:
        output = _packed(built, making, suffix)
    else:
        together = [paper for papers in built for paper in papers]
        output = written_papers(together, making, suffix, say) if together else b""
    made = len(units) - len(skipped)
    if not made:
        return Outcome(message=N_("There was nothing to make."), ok=False, facts={"lines": skipped})
    return Outcome(
        message=N_("The file is ready: forms %(count)s.", count=made),
        facts={"lines": skipped},
        output=output,
        output_name=f"{name}.{'zip' if apart else suffix}",
    )


def _built(
    desk: Desk,
    kind: FormKind,
    units: Sequence[Ask],
    skipped: list[dict[str, object]],
    progress: Progress,
) -> Iterator[tuple[Paper, ...]]:
    """Unit by unit; what is refused (a class without terms) is told and left out."""
    for place, ask in enumerate(units):
        progress(place, len(units))
        try:
            papers = kind.build(desk, ask)
        except JournalError as refusal:
            skipped.append(message_facts(refusal.message))
            continue
        yield papers


def _packed(built: Iterable[tuple[Paper, ...]], making: Making, suffix: str) -> bytes:
    """An archive with a file for every unit; only one of them is in memory at a time."""
    with SpooledTemporaryFile(max_size=_MEMORY) as content:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, papers in enumerate(built, start=1):
                title = _file_name(number, papers[0], suffix)
                archive.writestr(title, written_papers(papers, making, suffix, say))
        content.seek(0)
        return content.read()


def _file_name(number: int, paper: Paper, suffix: str) -> str:
    return f"{number:03} {paper.name}"[:80].translate(_ILLEGAL).strip() + f".{suffix}"


_DAYS = ("first", "last", "as_of")


def ask_from(facts: Mapping[str, Any]) -> Ask:
    """The choice as the job keeps it."""
    days = {name: date.fromisoformat(facts[name]) for name in _DAYS if name in facts}
    return Ask(**{**facts, **days})
