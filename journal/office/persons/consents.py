"""Commands on consents to the processing of personal data: given, withdrawn, both by date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.access import Actor, Permission
from journal.core.errors import RuleViolation
from journal.core.messages import N_
from journal.office.persons.rows import Whom
from journal.office.setup.rows import note
from journal.people.directory import NAME_COLUMNS, name_of
from journal.people.models import GuardianLink, Person, Pupil, StaffMember
from journal.school.credential_targets import persons_of_own_classes
from journal.school.social.service import drop_without_consent

Bearer = StaffMember | Pupil | GuardianLink


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRow:
    """A consent: `key` names its row in a form, `about` is the child it speaks of, if any."""

    key: str
    about: str | None
    given_on: date | None
    withdrawn_on: date | None

    @property
    def holds(self) -> bool:
        """Whether it is given and not withdrawn."""
        return self.given_on is not None and self.withdrawn_on is None


def consents_of(
    session: Session, actor: Actor, whom: Whom, *, today: date
) -> list[tuple[ConsentRow, Bearer]]:
    """Every consent the person gives here: as staff, as a pupil, as a guardian of each child.

    A class teacher sees the children of his own class only.
    """
    found: list[tuple[ConsentRow, Bearer]] = []
    if whom.staff is not None:
        found.append((_row("staff", None, whom.staff), whom.staff))
    if whom.pupil is not None:
        found.append((_row("pupil", None, whom.pupil), whom.pupil))
    if whom.guardian is not None:
        found += _of_guardian(session, actor, whom.guardian.id, today)
    return found


def _of_guardian(
    session: Session, actor: Actor, guardian_id: int, today: date
) -> Iterator[tuple[ConsentRow, Bearer]]:
    every = actor.may(Permission.MANAGE_SCHOOL)
    own = set() if every else persons_of_own_classes(session, actor, today)
    rows = session.execute(
        select(GuardianLink, Pupil.person_id, *NAME_COLUMNS)
        .join(Pupil, Pupil.id == GuardianLink.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .where(GuardianLink.guardian_id == guardian_id)
        .order_by(Person.sort_key)
    )
    for row in rows:
        link: GuardianLink = row[0]
        if every or row.person_id in own:
            yield _row(f"link-{link.id}", name_of(row), link), link


def _row(key: str, about: str | None, bearer: Bearer) -> ConsentRow:
    return ConsentRow(
        key=key,
        about=about,
        given_on=bearer.consent_on,
        withdrawn_on=bearer.consent_withdrawn_on,
    )


def give_consent(
    session: Session, actor: Actor, *, bearer: Bearer, on: date, today: date, now: datetime
) -> None:
    """A signed form came in. RuleViolation: day."""
    if on > today:
        raise RuleViolation("day", N_("The day has not come yet. Correct the date."))
    _write(session, actor, bearer, on, None, now)


def withdraw_consent(
    session: Session, actor: Actor, *, bearer: Bearer, on: date, today: date, now: datetime
) -> None:
    """The consent ends; a guardian's family gets paper instead of the electronic service. With the
    last consent for a pupil his social categories are deleted.

    RuleViolation: day.
    """
    if bearer.consent_on is None:
        raise RuleViolation("day", N_("There is no consent that could be withdrawn."))
    if not bearer.consent_on <= on <= today:
        message = N_("Enter a day from the consent (%(day)s) to today.", day=bearer.consent_on)
        raise RuleViolation("day", message)
    if isinstance(bearer, GuardianLink):
        bearer.declined_e_service = True
    _write(session, actor, bearer, bearer.consent_on, on, now)
    pupil_id = bearer.id if isinstance(bearer, Pupil) else getattr(bearer, "pupil_id", None)
    if pupil_id is not None:
        drop_without_consent(session, actor, pupil_id, now=now)


def _write(
    session: Session,
    actor: Actor,
    bearer: Bearer,
    given_on: date,
    withdrawn_on: date | None,
    now: datetime,
) -> None:
    before = {
        "consent_on": bearer.consent_on,
        "consent_withdrawn_on": bearer.consent_withdrawn_on,
    }
    after = {"consent_on": given_on, "consent_withdrawn_on": withdrawn_on}
    bearer.consent_on, bearer.consent_withdrawn_on = given_on, withdrawn_on
    session.flush()
    about = bearer.pupil_id if isinstance(bearer, GuardianLink) else None
    about = bearer.id if isinstance(bearer, Pupil) else about
    about = bearer.person_id if isinstance(bearer, StaffMember) else about
    note(session, actor, "change", bearer, before=before, after=after, now=now, about_id=about)
