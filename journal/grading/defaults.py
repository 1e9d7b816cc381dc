"""The kinds of work a school starts with; its own ones are added by use or by the administrator.

Days for checking: контрольная 7, сочинение 10, диктант 3, проект 14 (domain.md, «Edit windows»).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from journal.core.text import search_key
from journal.grading.models import WorkType

DEFAULT_WORK_TYPES: tuple[tuple[str, str, int, int | None], ...] = (
    ("Ответ на уроке", "ОУ", 1, None),
    ("Домашняя работа", "ДЗ", 1, None),
    ("Работа на уроке", "РУ", 1, None),
    ("Самостоятельная работа", "СР", 2, None),
    ("Проверочная работа", "ПР", 2, None),
    ("Практическая работа", "ПрР", 2, None),
    ("Лабораторная работа", "ЛР", 2, 3),
    ("Диктант", "ДК", 2, 3),
    ("Тест", "ТС", 2, None),
    ("Контрольная работа", "КР", 3, 7),
    ("Сочинение", "СЧ", 3, 10),
    ("Изложение", "ИЗ", 3, 7),
    ("Проект", "ПЕ", 2, 14),
    ("Зачёт", "ЗЧ", 2, None),
)

# Words in the name of a kind of work that counts as an assessment (оценочная процедура).
_ASSESSING = ("контрольн", "проверочн", "диктант", "сочинение", "изложение", "зачёт", "зачет")


def counts_as_assessment(name: str) -> bool:
    """Whether a kind of work of that name counts for the load guard, until the school says so."""
    said = name.casefold()
    return "словарн" not in said and any(word in said for word in _ASSESSING)


def add_default_work_types(session: Session, organisation_id: int) -> None:
    """Give a school without any kind of work the usual ones."""
    if session.scalar(select(WorkType.id).limit(1)) is None:
        for name, short, weight, days in DEFAULT_WORK_TYPES:
            session.add(
                WorkType(
                    organisation_id=organisation_id,
                    name=name,
                    short_name=short,
                    weight=weight,
                    checking_days=days,
                    assessment=counts_as_assessment(name),
                )
            )
        session.flush()


def short_name_of(name: str, taken: Iterable[str]) -> str:
    """Initials for the column head, made different from those taken: «МД», «МД2»."""
    initials = "".join(word[0] for word in search_key(name).split()).upper()[:4] or "Р"
    used, number, short = set(taken), 1, initials
    while short in used:
        number += 1
        short = f"{initials}{number}"
    return short
