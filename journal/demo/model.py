"""What the pure generator reasons about, before it becomes rows of the exchange formats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from journal.access.roles import Role
from journal.demo.bells import FIRST_GRADE_BELLS, MAIN_BELLS
from journal.demo.names import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolClass:
    """класс with the size it should have in September."""

    name: str
    grade: int
    letter: str
    size: int

    @property
    def days_per_week(self) -> int:
        """Grades 10 and 11 also learn on Saturdays."""
        return 6 if self.grade >= 10 else 5

    @property
    def bells(self) -> str:
        """First-graders have shorter lessons (SanPiN)."""
        return FIRST_GRADE_BELLS if self.grade == 1 else MAIN_BELLS


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCourse:
    """предмет в группе. `week`: every, odd or even. `teacher` is an index into the staff."""

    classes: tuple[str, ...]
    grade: int
    subject: str
    subgroup: str = ""
    hours: Decimal
    week: str = "every"
    teacher: int = -1

    @property
    def key(self) -> str:
        """Unique among the courses of a year."""
        return f"{','.join(self.classes)}|{self.subject}|{self.subgroup}"


@dataclass(frozen=True, slots=True)
class Block:
    """Courses taught at the same hours: the halves of a class, the profiles of a parallel."""

    classes: tuple[str, ...]
    courses: tuple[DemoCourse, ...]
    sessions: int

    @property
    def teachers(self) -> frozenset[int]:
        """Everybody the block keeps busy."""
        return frozenset(course.teacher for course in self.courses)


@dataclass(frozen=True, slots=True)
class Placement:
    """One weekly hour of a block: weekday 1 (Пн) … 6 (Сб), lesson number from 1."""

    block: int
    weekday: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """сотрудник; `subjects` are what a teacher may be given, `key` his group of colleagues."""

    number: str
    key: str
    name: Name
    sex: str
    birth_year: int
    position: str
    roles: tuple[Role, ...]
    subjects: frozenset[str] = frozenset()
    room: str | None = None
