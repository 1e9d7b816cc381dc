"""How far the handing out of passwords has come: by class, and for the whole school."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from journal.people.models import Account, Guardian, GuardianLink, Person, Pupil, StaffMember
from journal.people.queries import at_work
from journal.school.directory import in_class_on
from journal.school.models import ClassGroup, ClassMembership


@dataclass(frozen=True, slots=True)
class StageCounts:
    """Of `total` persons `issued` were given a password, `own` of them replaced it."""

    total: int = 0
    issued: int = 0
    own: int = 0

    @property
    def never(self) -> int:
        """Who has never been given one."""
        return self.total - self.issued


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassAccess:
    """A class with the access of its pupils and of their guardians who use the e-service."""

    class_group_id: int
    name: str
    pupils: StageCounts
    guardians: StageCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolAccess:
    """The same for the whole school; a guardian of two children counts once."""

    staff: StageCounts
    pupils: StageCounts
    guardians: StageCounts


# By a slip, or by an invitation that is not followed yet.
_GIVEN = Account.password_hash.is_not(None) | Account.credentials_issued_at.is_not(None)
_ISSUED = func.coalesce(func.sum(case((_GIVEN, 1), else_=0)), 0)
_OWN = func.coalesce(
    func.sum(
        case(
            (Account.password_hash.is_not(None) & Account.password_is_temporary.is_(False), 1),
            else_=0,
        )
    ),
    0,
)


def class_access(
    session: Session,
    academic_year_id: int,
    day: date,
    *,
    class_ids: Collection[int] | None = None,
) -> list[ClassAccess]:
    """The classes of a year (or those of them) by grade and name. Three queries."""
    classes = select(ClassGroup.id, ClassGroup.name).where(
        ClassGroup.academic_year_id == academic_year_id
    )
    if class_ids is not None:
        classes = classes.where(ClassGroup.id.in_(list(class_ids)))
    pupils = _by_class(session, _pupils_by_class(day))
    guardians = _by_class(session, _guardians_by_class(day))
    return [
        ClassAccess(
            class_group_id=class_id,
            name=name,
            pupils=pupils.get(class_id, StageCounts()),
            guardians=guardians.get(class_id, StageCounts()),
        )
        for class_id, name in session.execute(classes.order_by(ClassGroup.grade, ClassGroup.name))
    ]


def school_access(session: Session, day: date) -> SchoolAccess:
    """Staff, pupils in a class on the day, their guardians. One query."""
    staff = select(StaffMember.person_id).where(at_work(day))
    pupils = select(Pupil.person_id).where(Pupil.id.in_(_pupils_on(day)))
    guardians = select(Guardian.person_id).where(Guardian.id.in_(_using_guardians(day)))
    groups = {"staff": staff, "pupils": pupils, "guardians": guardians}
    counted = union_all(*(_counted(name, ids) for name, ids in groups.items()))
    rows = {row[0]: StageCounts(*row[1:]) for row in session.execute(counted)}
    return SchoolAccess(**rows)


def _counted(name: str, person_ids: Select[int]) -> Select[Any]:
    """Counted by a list of persons: a join with a nested list made SQLite walk it per person."""
    return (
        select(literal(name).label("whose"), func.count(), _ISSUED, _OWN)
        .select_from(Person)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(Person.id.in_(person_ids))
    )


def _pupils_on(day: date) -> Select[int]:
    return select(ClassMembership.pupil_id).where(in_class_on(day))


def _using_guardians(day: date) -> Select[int]:
    return select(GuardianLink.guardian_id).where(
        GuardianLink.pupil_id.in_(_pupils_on(day)), GuardianLink.declined_e_service.is_(False)
    )


def _by_class(session: Session, query: Select[*tuple[Any, ...]]) -> dict[int, StageCounts]:
    return {row[0]: StageCounts(row[1], row[2], row[3]) for row in session.execute(query)}


def _pupils_by_class(day: date) -> Select[*tuple[Any, ...]]:
    return (
        select(ClassMembership.class_group_id, func.count(), _ISSUED, _OWN)
        .join(Pupil, Pupil.id == ClassMembership.pupil_id)
        .join(Person, Person.id == Pupil.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .where(in_class_on(day))
        .group_by(ClassMembership.class_group_id)
    )


def _guardians_by_class(day: date) -> Select[*tuple[Any, ...]]:
    """A guardian of twins counts once in their class."""
    families = (
        select(ClassMembership.class_group_id, GuardianLink.guardian_id)
        .join(GuardianLink, GuardianLink.pupil_id == ClassMembership.pupil_id)
        .where(in_class_on(day), GuardianLink.declined_e_service.is_(False))
        .distinct()
        .subquery()
    )
    return (
        select(families.c.class_group_id, func.count(), _ISSUED, _OWN)
        .join(Guardian, Guardian.id == families.c.guardian_id)
        .join(Person, Person.id == Guardian.person_id)
        .outerjoin(Account, Account.id == Person.account_id)
        .group_by(families.c.class_group_id)
    )
