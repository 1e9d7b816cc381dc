"""The archive of a school's year: journals, summary sheets, history; each at its moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.core.audit.service import canonical
from journal.core.errors import JournalError, RuleViolation
from journal.core.messages import N_
from journal.people.queries import OrganisationCard
from journal.reports.certifying.queries import signed_sheets
from journal.reports.certifying.words import certified_making
from journal.reports.forms import Paper, written_papers
from journal.reports.forms.writing import Making, written_form
from journal.reports.kinds.asking import Ask, Desk, FormKind, Say
from journal.reports.kinds.class_units import readable_classes
from journal.reports.kinds.journal_book import JOURNAL_BOOK
from journal.reports.kinds.operator import operator
from journal.reports.kinds.summary import SUMMARY
from journal.school.queries import year_by_name
from journal.transfer.archive.keys import SigningKey
from journal.transfer.archive.writing import About, Document, write_archive
from journal.transfer.service import export_history

Told = Callable[[int, int], None]
_PARTS = (
    (SUMMARY, "summary-sheets", N_("Summary sheets")),
    (JOURNAL_BOOK, "journals", N_("Class journals")),
)


def archive_year(
    session: Session,
    card: OrganisationCard,
    *,
    year: str,
    target: Path,
    key: SigningKey,
    say: Say,
    now: datetime,
    told: Told,
) -> int:
    """Write the archive of the year to `target`; how many documents it holds.

    RuleViolation for an unknown year. `told` gets (done, of). The session is bound to the school.
    """
    year_id = year_by_name(session, year)
    if year_id is None:
        raise RuleViolation(
            "year", N_("There is no academic year %(name)s in this school.", name=year)
        )
    desk = Desk(session=session, actor=operator(card, "archive"), now=now, say=say)
    documents = _documents(desk, card, year, year_id, told)
    return write_archive(target, _about(card, year, say, now), documents, key)


def _about(card: OrganisationCard, year: str, say: Say, now: datetime) -> About:
    return About(
        school=card.full_name,
        code=card.code,
        year=year,
        made_at=now,
        title=say(N_("Archive of the school year %(year)s", year=year)),
        instructions=say(INSTRUCTIONS),
    )


def _documents(
    desk: Desk, card: OrganisationCard, year: str, year_id: int, told: Told
) -> Iterator[Document]:
    asked = [
        (kind, folder, part, ask)
        for kind, folder, part in _PARTS
        for ask in kind.units(desk, Ask(year_id=year_id, at="all"))
    ]
    making = Making(at=desk.now, time_zone=card.time_zone)
    yield from _certified(desk, card, year_id)
    for number, (kind, folder, part, ask) in enumerate(asked, start=1):
        told(number - 1, len(asked) + 1)
        for paper in _built(desk, kind, ask):
            for suffix in ("pdf", "csv"):
                data = written_papers([paper], making, suffix, desk.say)
                path = f"{folder}/{number:04}.{suffix}"
                yield Document(path, desk.say(part), paper.name, data)
    told(len(asked), len(asked) + 1)
    files = export_history(desk.session, card.id, year=year, now=desk.now)
    for name, data in files.items():
        yield Document(f"history/{name}", desk.say(N_("Journal history")), name, data)
    told(len(asked) + 1, len(asked) + 1)


def _certified(desk: Desk, card: OrganisationCard, year_id: int) -> Iterator[Document]:
    """What was signed, as it was signed: the paper, its table, and the facts its digest is of."""
    part = desk.say(N_("Certified summary sheets"))
    classes = [class_id for class_id, _ in readable_classes(desk, Ask(year_id=year_id))]
    for number, (edition, form) in enumerate(signed_sheets(desk.session, classes), start=1):
        moment = f"{edition.certified_at.astimezone(ZoneInfo(card.time_zone)):%d.%m.%Y %H:%M}"
        making = certified_making(
            edition, time_zone=card.time_zone, moment=moment, address="", say=desk.say
        )
        words = N_("%(sheet)s, edition %(edition)s", sheet=form.subtitle, edition=edition.edition)
        title = desk.say(words)
        for suffix in ("pdf", "csv"):
            data = written_form(form, making, suffix, desk.say)
            yield Document(f"certified/{number:04}.{suffix}", part, title, data)
        facts = (canonical(form.facts()) or "").encode()
        yield Document(f"certified/{number:04}.json", part, title, facts)


def _built(desk: Desk, kind: FormKind, ask: Ask) -> tuple[Paper, ...]:
    """What cannot be made (a class without terms) has nothing to be kept."""
    try:
        return kind.build(desk, ask)
    except JournalError:
        return ()


INSTRUCTIONS = N_(
    "How to check this archive without the program\n\n"
    "1. Unpack it: unzip FILE.zip -d archive; cd archive\n"
    "2. No file was changed: sha256sum -c SHA256SUMS\n"
    "3. The list of sums was signed by the school:\n"
    "   openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in SHA256SUMS "
    "-sigfile SHA256SUMS.sig\n"
    "4. The key is the school's: sha256sum public_key.pem must give what the school wrote down.\n\n"
    "With the program: flask --app wsgi archive verify FILE.zip\n\n"
    "summary-sheets and journals hold every document as PDF and as CSV (UTF-8, semicolons); "
    "certified holds the summary sheets as they were signed, the .json of each is what the SHA-256 "
    "printed on it is of (sha256sum FILE.json); "
    "history is the journal in the exchange format, which the program imports; manifest.json names "
    "every file."
)
