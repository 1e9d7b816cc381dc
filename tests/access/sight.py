"""Whose names a member may ever read: everything else in an answer is a leak."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from journal.core.tenancy import across
from journal.people.models import Guardian, GuardianLink, Organisation, Person, Pupil, StaffMember
from tests.access.world import EVERYBODY, World

WHOLE_SCHOOL = {"deputy", "director", "administrator", "coordinator"}
CLASS_A = {"pupil", "classmate", "third", "leaver"}
CLASS_B = {"sibling", "stranger_pupil", "bridge_child"}
# Pupils of «№ 17» by the member who may read about them.
PUPILS: dict[str, set[str]] = {
    "own_teacher": CLASS_A,
    "other_teacher": CLASS_A | CLASS_B,
    "class_teacher": CLASS_A,
    "specialist": CLASS_A | CLASS_B,
    "parent": {"pupil", "sibling"},
    "stranger_parent": {"stranger_pupil"},
    "pupil": {"pupil"},
    "classmate": {"classmate"},
    "stranger_pupil": {"stranger_pupil"},
    "bridge_here": {"bridge_child"},
    "bridge_there": {"bridge_child"},
}
# Whose guardians a member may read about, by the names of the children.
FAMILIES: dict[str, set[str]] = {
    "class_teacher": CLASS_A,
    "parent": {"pupil", "sibling"},
    "stranger_parent": {"stranger_pupil"},
    "pupil": {"pupil"},
    "stranger_pupil": {"stranger_pupil"},
    "bridge_here": {"bridge_child"},
    "bridge_there": {"bridge_child"},
}
OURS, THEIRS = "1017", "1005"
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as answers name him, and what decides who may read that."""

    surname: str
    given_name: str
    school: str
    kind: str
    children: frozenset[int]

    @property
    def pattern(self) -> str:
        """«Фамилия Имя» or «Фамилия И.»."""
        return rf"\b{self.surname}\s+(?:{self.given_name}\b|{self.given_name[0]}\.)"


def everybody(session: Session) -> list[Somebody]:
    """All people of both schools."""
    with across(session, "all names of both schools"):
        of_pupil = session.execute(_of(Pupil).add_columns(Pupil.id)).all()
        of_guardian = session.execute(
            _of(Guardian)
            .join(GuardianLink, GuardianLink.guardian_id == Guardian.id)
            .add_columns(GuardianLink.pupil_id)
        ).all()
        of_staff = session.execute(_of(StaffMember)).all()
    found = [Somebody(*row[:3], "pupil", frozenset({row[3]})) for row in of_pupil]
    found += [Somebody(*row[:3], "guardian", frozenset({row[3]})) for row in of_guardian]
    return found + [Somebody(*row, "staff", frozenset()) for row in of_staff]


def _of(model: type[Pupil | Guardian | StaffMember]):  # type: ignore[no-untyped-def]
    return (
        select(Person.surname, Person.given_name, Organisation.code)
        .join(model, model.person_id == Person.id)
        .join(Organisation, Organisation.id == Person.organisation_id)
    )


def in_sight(world: World, member: str, one: Somebody) -> bool:
    """Whether the member may read the name."""
    if member in ("nobody", "newcomer", "former_teacher"):
        return one.school == OURS and one.kind == "staff" and member != "nobody"
    foreign, bridge = member.startswith("foreign_"), member.startswith("bridge_")
    if one.school == THEIRS:
        return foreign or bridge
    if foreign:
        return False
    if one.kind == "staff" or member in WHOLE_SCHOOL:
        return True
    names = (PUPILS if one.kind == "pupil" else FAMILIES).get(member, set())
    return bool(one.children & {world.cast.pupils[name] for name in names})


def blindfolds(world: World, session: Session) -> dict[str, re.Pattern[str]]:
    """By member: a pattern of every name that must not be in an answer to him."""
    people = everybody(session)
    return {member: _blindfold(world, member, people) for member in EVERYBODY}


def _blindfold(world: World, member: str, people: Iterable[Somebody]) -> re.Pattern[str]:
    seen = {one for one in people if in_sight(world, member, one)}
    patterns = {one.pattern for one in people} - {one.pattern for one in seen}
    surnames = {one.surname for one in people} - {one.surname for one in seen}
    patterns |= {rf"\b{surname}\b" for surname in surnames}
    if not member.startswith(("foreign_", "bridge_")):
        patterns.add(r"Школа\s№\s5\b")
    if member.startswith("foreign_") or member == "nobody":
        patterns.add(r"Школа\s№\s17\b")
    return re.compile("|".join(sorted(patterns)))


def readable(answer: TestResponse) -> str:
    """What a person can read in an answer: a page, JSON, a workbook, a PDF."""
    body = answer.get_data()
    if body.startswith(b"%PDF") and b"%%EOF" in body[-1024:]:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".xml"))
    text = body.decode("utf-8", "replace")
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
