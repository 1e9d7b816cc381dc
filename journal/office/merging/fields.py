"""The fields of a person that may differ between two cards of him, and which value stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from journal.core.messages import N_, Message
from journal.office.persons.rows import Whom
from journal.people.rules import full_name, name_keys

NAME = ("surname", "given_name", "patronymic")
CONSENT = ("consent_on", "consent_withdrawn_on")


@dataclass(frozen=True, slots=True)
class Field:
    """Columns that are chosen together. An empty value of `meant` says something by itself."""

    key: str
    part: str
    names: tuple[str, ...]
    label: Message
    meant: bool = False


FIELDS = (
    Field("name", "person", NAME, N_("Full name")),
    Field("sex", "person", ("sex",), N_("Sex")),
    Field("born_on", "person", ("born_on",), N_("Born")),
    Field("phone", "person", ("phone",), N_("Phone")),
    Field("email", "person", ("email",), N_("E-mail")),
    Field("login", "person", ("account_id",), N_("Login")),
    Field("personnel_number", "staff", ("personnel_number",), N_("Personnel number")),
    Field("position", "staff", ("position",), N_("Position")),
    Field("left_on", "staff", ("left_on",), N_("Left on"), meant=True),
    Field("staff_consent", "staff", CONSENT, N_("Consent to personal data")),
    Field("personal_file", "pupil", ("personal_file",), N_("Personal file")),
    Field("enrolled", "pupil", ("enrolled_on", "enrolment_order"), N_("Enrolled")),
    Field("entry_class", "pupil", ("entry_class",), N_("Class on enrolment")),
    Field("pupil_consent", "pupil", CONSENT, N_("Consent to personal data")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that both cards fill differently; `offered` is the value proposed to stay."""

    key: str
    label: Message
    kept: tuple[Any, ...]
    gone: tuple[Any, ...]
    offered: str


def differences(kept: Whom, gone: Whom, logins: Mapping[int, str]) -> list[Difference]:
    """What differs, in the order of the card. A part that only one of them has differs nowhere."""
    found = []
    for field in FIELDS:
        left, right = getattr(kept, field.part), getattr(gone, field.part)
        if left is None or right is None:
            continue
        values = _values(left, field), _values(right, field)
        if values[0] == values[1] or (not any(values[1]) and not field.meant):
            continue
        empty = not any(values[0]) and not field.meant
        found.append(_difference(field, *values, "gone" if empty else "kept", logins))
    return found


def _values(row: Any, field: Field) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in field.names)


def _difference(
    field: Field,
    kept: tuple[Any, ...],
    gone: tuple[Any, ...],
    offered: str,
    logins: Mapping[int, str],
) -> Difference:
    if field.key == "login":
        kept, gone = (tuple(logins.get(one) for one in side) for side in (kept, gone))
    if field.key == "name":
        kept, gone = (full_name(*kept),), (full_name(*gone),)
    return Difference(key=field.key, label=field.label, kept=kept, gone=gone, offered=offered)


def facts_of(whom: Whom) -> dict[str, Any]:
    """Everything a card that goes held, for the log."""
    facts: dict[str, Any] = {f"{part}_id": None for part in ("person", "staff", "pupil")}
    for part in ("person", "staff", "pupil", "guardian"):
        row = getattr(whom, part)
        facts[f"{part}_id"] = row.id if row is not None else None
    for field in FIELDS:
        row = getattr(whom, field.part)
        if row is not None:
            facts |= {name: getattr(row, name) for name in field.names}
    return facts


def chosen_values(kept: Whom, gone: Whom, take: Collection[str]) -> dict[str, dict[str, Any]]:
    """By part the values of the card that goes which are to stay; names come with their keys."""
    found: dict[str, dict[str, Any]] = {}
    for field in FIELDS:
        row = getattr(gone, field.part)
        if field.key in take and row is not None and getattr(kept, field.part) is not None:
            found.setdefault(field.part, {}).update(
                {name: getattr(row, name) for name in field.names}
            )
    if "name" in take:
        person = gone.person
        keys = name_keys(person.surname, person.given_name, person.patronymic)
        found["person"] |= dict(zip(("sort_key", "search_key"), keys, strict=True))
    return found
