"""Pure rules of the enrolment: what a school says of itself, when two are the same, the secret."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from journal.core.errors import RuleViolation
from journal.core.messages import N_, Message

ABOUT_MAX = 20_000


class EnrolmentState(StrEnum):
    """заявка подана, одобрена, отклонена."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


STATE_WORDS: dict[EnrolmentState, Message] = {
    EnrolmentState.WAITING: N_("waits for the centre"),
    EnrolmentState.APPROVED: N_("approved"),
    EnrolmentState.DECLINED: N_("declined"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A school and its coordinator, as they are typed (S04). `basis`: the official request."""

    code: str
    type_name: str
    full_name: str
    short_name: str
    municipality: str
    website: str | None
    surname: str
    given_name: str
    patronymic: str | None
    position: str
    phone: str
    email: str
    basis: str


def check_new_code(*, taken: bool, waiting: bool) -> None:
    """One code is one school. RuleViolation: code."""
    if taken:
        raise RuleViolation(
            "code",
            N_(
                "A school with this code has a cabinet already. Sign in, or ask the centre for a "
                "new password."
            ),
        )
    if waiting:
        raise RuleViolation("code", N_("An application with this code waits for the centre."))


def check_reason(reason: str) -> None:
    """Who is turned down is told why. RuleViolation: reason."""
    if not reason.strip():
        raise RuleViolation("reason", N_("Say why: the school reads it."))


def new_key() -> str:
    """The secret in the address of an application: 128 bits."""
    return secrets.token_urlsafe(16)


def key_digest(key: str) -> str:
    """What is kept of the secret."""
    return hashlib.sha256(key.encode()).hexdigest()
