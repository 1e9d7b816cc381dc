"""The people of a made school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bench.rows import Ids
from journal.access import Role
from journal.core.text import sort_key

NOW = datetime(2026, 12, 11, 12, 50, tzinfo=UTC)  # Friday afternoon, all lessons are over
YEAR = (date(2026, 9, 1), date(2027, 6, 1))


def _person(ids: Ids, surname: str, role: Role) -> int:
    made = {"password_is_temporary": False, "session_epoch": 1, "failed_attempts": 0}
    account = ids.add(
        "account",
        login=f"u{len(ids.rows.get('account', []))}",
        locale="ru",
        active=True,
        created_at=NOW,
        **made,
    )
    person = ids.add(
        "person",
        account_id=account,
        surname=surname,
        given_name="Мария",
        patronymic="Ивановна",
        sort_key=sort_key(f"{surname} мария"),
        search_key=surname.casefold(),
    )
    key = ids.rows["person"][-1]["sort_key"]
    for word in (surname.casefold(), "мария", "ивановна"):
        ids.add("person_word", person_id=person, word=word, sort_key=key)
    ids.add("role_assignment", person_id=person, role=role.value)
    return person


def new_teacher(ids: Ids, subject: int, block: int) -> int:
    """A teacher of a subject in six classes."""
    person = _person(ids, f"Учительская{subject}б{block}", Role.TEACHER)
    number = f"{person:05}"
    return ids.add("staff_member", person_id=person, personnel_number=number, position="Учитель")


@dataclass(frozen=True, slots=True)
class Readers:
    """Persons beside the teachers and pupils: the first class's teacher, the parent of two."""

    class_teacher: int
    administrator: int
    parent: int


def new_readers(ids: Ids, pupils: list[list[int]]) -> Readers:
    """Those who read: the children of the parent are the first two classes' first."""
    keeper = _person(ids, "Руководительская", Role.CLASS_TEACHER)
    member = ids.add("staff_member", person_id=keeper, personnel_number="К-1", position="Учитель")
    ids.rows["class_group"][0]["class_teacher_id"] = member
    administrator = _person(ids, "Администраторская", Role.ADMINISTRATOR)
    return Readers(keeper, administrator, _parent(ids, [one[0] for one in pupils[:2]]))


def new_pupil(ids: Ids, group: int, number: int) -> int:
    """A pupil of a class, with his login."""
    person = _person(ids, f"Ученикова{number:02}", Role.PUPIL)
    pupil = ids.add("pupil", person_id=person, personal_file=f"Л-{person}", enrolled_on=YEAR[0])
    ids.add("class_membership", pupil_id=pupil, class_group_id=group, starts_on=YEAR[0])
    return pupil


def _parent(ids: Ids, children: Iterable[int]) -> int:
    person = _person(ids, "Родительская", Role.PARENT)
    guardian = ids.add("guardian", person_id=person)
    for child in children:
        kin = {"relation": "mother", "declined_e_service": False}
        ids.add("guardian_link", guardian_id=guardian, pupil_id=child, **kin)
    return person
