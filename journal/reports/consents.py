"""Consents to the processing of personal data to print: staff, pupils and parents; a sheet each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    paragraph,
    render_documents,
    signatures,
    space,
)
from journal.school.titles import within_line

Say = Callable[[Message | str], str]
BLANK = "_" * 42


@dataclass(frozen=True, slots=True, kw_only=True)
class School:
    """The school as papers name it."""

    full_name: str
    address: str
    director: str
    made_at: datetime
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One consent: who signs; `child` is the pupil it speaks of, None on a sheet of the staff."""

    signer: str | None
    post: str | None = None
    child: str | None = None
    child_class: str | None = None


STAFF_DATA = N_(
    "surname, name, patronymic; position and personnel number; courses and classes taught; "
    "phone and e-mail address; login; entries made in the journal with their time"
)
PUPIL_DATA = N_(
    "surname, name, patronymic, date of birth and sex of the pupil; number of the personal file; "
    "class and subgroups; marks, absences with reasons, homework; surname, name, patronymic, "
    "degree of relation, phone and e-mail address of the parent; logins"
)
PURPOSE = N_(
    "Purpose: keeping the electronic journal and diary, informing families of progress, and the "
    "reports the law on education requires."
)
ACTS = N_(
    "Acts: collection, recording, systematisation, storage, correction, use, extraction, blocking, "
    "deletion, destruction, with and without automation. Data are given to nobody else except "
    "where the law requires it; there is no biometry and there are no photographs."
)
TERM = N_(
    "The consent holds until the end of the work or of the education at the school and may be "
    "withdrawn at any time by a written statement to the director."
)
RIGHTS = N_(
    "I know my right to read, correct and restrict my data, and what follows from a refusal: "
    "information is then given on paper."
)


def consent_sheets(school: School, sheets: Sequence[Sheet], say: Say) -> bytes:
    """The PDF, one sheet a page and numbered by itself; without names there is one blank sheet."""
    moment = f"{school.made_at.astimezone(ZoneInfo(school.time_zone)):%d.%m.%Y %H:%M}"
    frame = PageFrame(
        school=school.full_name,
        title=say(N_("Consent to the processing of personal data")),
        made=say(N_("Made on %(moment)s", moment=moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
    )
    return render_documents([[(frame, _sheet(school, one, say))] for one in sheets])


def _sheet(school: School, sheet: Sheet, say: Say) -> list[Flowable]:
    places = {"school": school.full_name, "address": school.address or BLANK}
    data = STAFF_DATA if sheet.child is None else PUPIL_DATA
    lines = [
        *_opening(sheet, say),
        say(
            N_(
                "in accordance with article 9 of the Federal Law of 27.07.2006 № 152-ФЗ «On "
                "personal data» consent to %(school)s (%(address)s) processing these data:",
                **places,
            )
        ),
        say(data) + ".",
        *(say(one) for one in (PURPOSE, ACTS, TERM, RIGHTS)),
    ]
    body: list[Flowable] = [space(4)]
    for line in lines:
        body += [paragraph(line, size=11), space(3)]
    body.append(signatures([(say(N_("Date and signature")), sheet.signer or "")]))
    return body


def _opening(sheet: Sheet, say: Say) -> list[str]:
    me = {"name": sheet.signer or BLANK}
    passport = say(N_("passport (series, number, issued by, date): %(blank)s", blank=BLANK * 2))
    home = say(N_("registered at: %(blank)s", blank=BLANK * 2))
    if sheet.child is None:
        post = within_line(sheet.post or BLANK)
        return [say(N_("I, %(name)s, %(post)s,", **me, post=post)), passport, home]
    child = {"child": sheet.child or BLANK, "group": sheet.child_class or "____"}
    who = N_("I, %(name)s, legal representative of %(child)s, class %(group)s,", **me, **child)
    return [say(who), passport, home]
