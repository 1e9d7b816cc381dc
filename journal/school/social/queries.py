"""Reads of the social passport: counts for who sees counts, names for the class teacher alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from journal.people.models import GuardianLink, Person, Pupil
from journal.people.rules import class_list_name
from journal.school.directory import in_class_on
from journal.school.models import ClassMembership
from journal.school.social.models import PupilCategory


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialCounts:
    """Of the pupils of a class on a day. `unasked` are those without anybody's consent: nothing is
    kept of them, and the categories say nothing of them."""

    pupils: int = 0
    boys: int = 0
    girls: int = 0
    on_paper: int = 0
    unasked: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: SocialCounts) -> SocialCounts:
        return SocialCounts(
            pupils=self.pupils + other.pupils,
            boys=self.boys + other.boys,
            girls=self.girls + other.girls,
            on_paper=self.on_paper + other.on_paper,
            unasked=self.unasked + other.unasked,
            categories=Counter(self.categories) + Counter(other.categories),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialPupil:
    """A pupil as his class teacher sees him; `consented`: somebody's consent holds."""

    pupil_id: int
    name: str
    consented: bool
    categories: frozenset[str]


def consent_holds() -> ColumnElement[bool]:
    """The pupil's own consent, or that of a guardian for him, is given and not withdrawn."""
    of_guardian = exists().where(
        GuardianLink.pupil_id == Pupil.id,
        GuardianLink.consent_on.is_not(None),
        GuardianLink.consent_withdrawn_on.is_(None),
    )
    own = and_(Pupil.consent_on.is_not(None), Pupil.consent_withdrawn_on.is_(None))
    return or_(own, of_guardian)


def social_counts(
    session: Session, class_ids: Collection[int], *, day: date
) -> dict[int, SocialCounts]:
    """By class. Two queries, whatever the number of classes."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    rows = session.execute(
        select(
            *(ClassMembership.class_group_id, Person.sex, consent_holds()),
            exists().where(
                GuardianLink.pupil_id == Pupil.id, GuardianLink.declined_e_service.is_(True)
            ),
        )
        .join(Pupil, Pupil.id == ClassMembership.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .where(ClassMembership.class_group_id.in_(list(class_ids)), in_class_on(day))
    )
    for class_id, sex, consented, on_paper in rows:
        counts[class_id].update(["pupils", f"sex-{sex}"])
        counts[class_id].update(unasked=not consented, on_paper=bool(on_paper))
    kept = _categories(session, class_ids, day)
    return {class_id: _counts(found, kept[class_id]) for class_id, found in counts.items()}


def _counts(found: Counter[str], categories: Counter[str]) -> SocialCounts:
    return SocialCounts(
        pupils=found["pupils"],
        boys=found["sex-m"],
        girls=found["sex-f"],
        on_paper=found["on_paper"],
        unasked=found["unasked"],
        categories=categories,
    )


def _categories(session: Session, class_ids: Collection[int], day: date) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = session.execute(
        select(ClassMembership.class_group_id, PupilCategory.category)
        .join(Pupil, Pupil.id == PupilCategory.pupil_id)
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .where(
            ClassMembership.class_group_id.in_(list(class_ids)), in_class_on(day), consent_holds()
        )
    )
    for class_id, category in rows:
        found[class_id][category] += 1
    return found


def social_pupils(session: Session, class_id: int, *, day: date) -> list[SocialPupil]:
    """The pupils of the class on the day with their categories, by name. Two queries."""
    rows = session.execute(
        select(Pupil.id, Person.surname, Person.given_name, consent_holds())
        .join(ClassMembership, ClassMembership.pupil_id == Pupil.id)
        .join(Person, Person.id == Pupil.person_id)
        .where(ClassMembership.class_group_id == class_id, in_class_on(day))
        .order_by(Person.sort_key, Pupil.id)
    ).all()
    kept: dict[int, set[str]] = defaultdict(set)
    ids = [row[0] for row in rows]
    for pupil_id, category in session.execute(
        select(PupilCategory.pupil_id, PupilCategory.category).where(
            PupilCategory.pupil_id.in_(ids)
        )
    ):
        kept[pupil_id].add(category)
    return [
        SocialPupil(
            pupil_id=row[0],
            name=class_list_name(row[1], row[2]),
            consented=bool(row[3]),
            categories=frozenset(kept[row[0]] if row[3] else ()),
        )
        for row in rows
    ]
