"""What the centre of the demonstration region publishes: texts, and files with their moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from journal.core.files import FileStore, store_upload
from journal.documents.pdf import PageFrame, paragraph, render
from journal.exchange.models import Material, Procedure, Publication

MADE = "Центр мониторинга"


@dataclass(frozen=True, slots=True)
class File:
    """A material: `at_opening` is to be had from the day the procedure opens, others at once."""

    title: str
    lines: Sequence[str]
    at_opening: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication, so many days before the moment shown."""

    days: int
    title: str
    text: str
    files: Sequence[File] = ()


GENERAL = (
    Paper(
        40,
        "План-график мониторингов на учебный год",
        "Посещаемость собирают дважды в год, результаты проверочных работ – весной.",
    ),
)
FINISHED = (
    Paper(
        60,
        "Аналитический отчёт о посещаемости за учебный год",
        "Итоги по области и по уровням образования. Результаты своей школы рядом с областными – "
        "на странице «Результаты по региону».",
        (
            File(
                "Аналитический отчёт",
                (
                    "Данные передали все школы, которым они были назначены.",
                    "Наибольшую долю пропусков составляют пропуски по болезни. Школам, у которых "
                    "причина не указана более чем у 5 % пропусков, рекомендовано собирать "
                    "подтверждения в день отсутствия.",
                ),
            ),
        ),
    ),
)
RUNNING = (
    Paper(
        8,
        "О проведении мониторинга посещаемости за I полугодие",
        "Данные вносит ответственный школы до конца сбора. Заполнить можно таблицу в кабинете или "
        "файл по шаблону: способ один на выбор, считается последняя переданная версия.",
        (
            File(
                "Приказ о проведении мониторинга",
                (
                    "Провести областной мониторинг посещаемости за I полугодие.",
                    "Руководителям школ назначить координаторов и передать данные в срок.",
                ),
            ),
        ),
    ),
    Paper(
        2,
        "Ответы на частые вопросы о графах 13 и 14",
        "Графа 13: не состоявшиеся ученико-уроки, то есть отменённые, карантин, актированные дни.\n"
        "Графа 14: освобождённые от посещения по приказу. Присутствующий на физкультуре без "
        "практики остаётся в графе 15.",
    ),
)
COMING = (
    Paper(
        5,
        "Материалы проверочных работ",
        "Демоверсию можно посмотреть заранее, варианты откроются в день начала сбора. Участие "
        "добровольное: подайте заявку в карточке мониторинга.",
        (
            File("Демоверсия", ("Задание 1. Найдите значение выражения: 3 · (17 – 9).",)),
            File("Вариант 1", ("Задание 1. Найдите значение выражения: 4 · (23 – 8).",), True),
        ),
    ),
)

PAPERS = (FINISHED, RUNNING, COMING, GENERAL)
"""About the finished, the running and the coming procedure, and to everybody."""


def publish_papers(
    session: Session,
    centre: int,
    papers: Sequence[Paper],
    *,
    procedure: Procedure | None,
    store: FileStore | None,
    now: datetime,
) -> None:
    """Write the publications; without a `store` they have no files."""
    for one in papers:
        row = Publication(centre_id=centre, procedure_id=procedure.id if procedure else None)
        row.title, row.text = one.title, one.text
        row.release_at = now - timedelta(days=one.days)
        session.add(row)
        session.flush()
        for file in one.files if store else ():
            opens = procedure.opens_at if procedure and file.at_opening else row.release_at
            stored = _stored(session, store, centre, file, now) if store else 0
            material = {"title": file.title, "stored_file_id": stored, "release_at": opens}
            session.add(Material(publication_id=row.id, **material))


def _stored(session: Session, store: FileStore, centre: int, file: File, now: datetime) -> int:
    return store_upload(
        session,
        store,
        organisation_id=centre,
        account_id=None,
        content=BytesIO(_pdf(file, now)),
        name=f"{file.title}.pdf",
        now=now,
    ).id


def _pdf(file: File, now: datetime) -> bytes:
    frame = PageFrame(
        school=MADE,
        title=file.title,
        made=f"Сформировано {now.astimezone(ZoneInfo('Europe/Moscow')):%d.%m.%Y %H:%M}",
        page_label="стр. %(page)s из %(pages)s",
    )
    return render(frame, [paragraph(line, size=11) for line in file.lines])
