"""КТП: the topics of a subject in a grade, stretched over the lessons of the year. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from journal.demo.load import rows_of, subjects
from journal.demo.names import DATA

YEAR_WEEKS = 35
_CONTROL_FROM = 4  # lessons a section needs to end with a work of its own
ANALYSIS = "Анализ работы. Работа над ошибками"
_ANALYSED = frozenset({"Контрольная работа", "Диктант", "Сочинение", "Изложение"})
_MORE_ENDINGS = (
    ". Обобщение",
    ". Повторение",
    ". Работа в группах",
    ". Индивидуальная работа",
    ". Систематизация знаний",
    ". Разбор трудных вопросов",
)


@dataclass(frozen=True, slots=True)
class Family:
    """A table of data/families.toml."""

    endings: tuple[str, ...]
    middle: tuple[str, ...]
    final: tuple[str, ...]
    homework_share: float
    answers: int
    homework: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkKind:
    """вид работы: weight and days for checking (None: as the school's windows say)."""

    name: str
    short: str
    weight: int
    checking_days: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """раздел with its topics."""

    title: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedLesson:
    """One hour of a КТП; `work` is the work type of a written work, `homework` may be empty."""

    section: str
    title: str
    homework: str = ""
    work: str = ""


@cache
def families() -> dict[str, Family]:
    """Every family by name."""
    raw = tomllib.loads((DATA / "families.toml").read_text(encoding="utf-8"))
    return {
        name: Family(
            tuple(one["endings"]),
            tuple(one["middle"]),
            tuple(one["final"]),
            one["homework_share"],
            one["answers"],
            tuple(one["homework"]),
        )
        for name, one in raw.items()
    }


@cache
def work_kinds() -> dict[str, WorkKind]:
    """Every work type by name."""
    return {
        row["name"]: WorkKind(
            row["name"], row["short"], int(row["weight"]), int(row["checking_days"] or 0) or None
        )
        for row in rows_of("work_types.csv")
    }


def family_of(subject: str) -> Family:
    """The family of a subject."""
    return families()[subjects()[subject].family]


@cache
def topics() -> dict[tuple[str, int], tuple[Section, ...]]:
    """The sections of every (subject, grade), from data/topics/*.txt."""
    found: dict[tuple[str, int], tuple[Section, ...]] = {}
    for path in sorted((DATA / "topics").glob("*.txt")):
        for part in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            heading, *lines = part.strip().splitlines()
            subject, grades = heading.split(" | ")
            sections = tuple(_section(line) for line in lines)
            found |= {(subject, int(grade)): sections for grade in grades.split(",")}
    return found


def _section(line: str) -> Section:
    title, _, rest = line.partition(": ")
    return Section(title, tuple(rest.split("; ")))


def year_plan(subject: str, grade: int, hours: Decimal) -> tuple[PlannedLesson, ...]:
    """The plan of a subject in a grade: one entry a lesson, hours × 35 of them."""
    wanted = int(hours * YEAR_WEEKS)
    rng = Random(f"plan|{subject}|{grade}")
    sections = topics()[subject, grade]
    shares = _shares([len(section.topics) for section in sections], wanted)
    found: list[PlannedLesson] = []
    for number, (section, share) in enumerate(zip(sections, shares, strict=True)):
        found += _section_lessons(subject, grade, section, share, number)
    return tuple(_with_homework(found, subject, grade, rng))


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """`total` divided in proportion to the weights, the remainder to the largest parts."""
    exact = [weight * total / sum(weights) for weight in weights]
    shares = [int(one) for one in exact]
    order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares


def _section_lessons(
    subject: str, grade: int, section: Section, share: int, number: int
) -> list[PlannedLesson]:
    family = family_of(subject)
    ending: list[PlannedLesson] = []
    if grade > 1 and family.final and share >= _CONTROL_FROM:
        work = family.final[number % len(family.final)]
        ending = [PlannedLesson(section.title, f"{work} по теме «{section.title}»", work=work)]
        if work in _ANALYSED and share > _CONTROL_FROM + 2:
            ending.append(PlannedLesson(section.title, ANALYSIS))
    titles = list(_stretch(section.topics, share - len(ending), family.endings))
    lessons = [PlannedLesson(section.title, title) for title in titles]
    if grade > 1 and family.middle and len(lessons) > _CONTROL_FROM:
        middle = len(lessons) // 2
        work = family.middle[number % len(family.middle)]
        lessons[middle] = PlannedLesson(section.title, f"{titles[middle]}. {work}", work=work)
    return lessons + ending


def _stretch(titles: Sequence[str], wanted: int, endings: Sequence[str]) -> Iterator[str]:
    """`wanted` titles in order; a topic of several lessons gets the family's endings."""
    if wanted < len(titles):
        yield from titles[:wanted]
        return
    known = (*endings, *_MORE_ENDINGS)
    for title, times in zip(titles, _shares([1] * len(titles), wanted), strict=True):
        for turn in range(times):
            yield title + (known[turn] if turn < len(known) else f". Урок {turn + 1}")


def _with_homework(
    lessons: Sequence[PlannedLesson], subject: str, grade: int, rng: Random
) -> Iterator[PlannedLesson]:
    family = family_of(subject)
    for place, one in enumerate(lessons):
        if grade == 1 or (one.work and one.work in family.final):
            yield one
            continue
        text = ""
        if rng.random() < family.homework_share:
            text = _homework(family, place, rng)
        yield PlannedLesson(one.section, one.title, text, one.work)


def _homework(family: Family, place: int, rng: Random) -> str:
    page, small = 4 + place * 3 // 2, rng.randint(1, 5)
    return rng.choice(family.homework).format(
        p=page,
        q=page + rng.randint(1, 4),
        n=100 + place * 4 + rng.randint(0, 3),
        m=103 + place * 4 + rng.randint(1, 4),
        k=small,
        j=small + rng.randint(1, 3),
    )
