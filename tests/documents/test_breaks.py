"""Where pages end: groups that no page holds, last pages of a few rows, names of schools."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pypdf
import pytest

from journal.documents.pdf import PageFrame, PdfColumn, ended, render, signatures
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.writing import Making, form_pdf
from tests.documents.test_ending import say

FRAME = PageFrame(
    school="МБОУ «СОШ № 17»",
    title="Ведомость",
    made="Сформировано 20.11.2026 14:05",
    page_label="стр. %(page)s из %(pages)s",
)
COLUMNS = [PdfColumn(title="Ученик", share=2), PdfColumn(title="Тема", share=5)]
SIGNED = [signatures([("Директор", "")])]


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def listed(found: Sequence[str]) -> list[list[int]]:
    return [[int(n) for n in re.findall(r"Строка-(\d+)", one)] for one in found]


def groups(*sizes: int, name: str = "Ким Ян") -> list[str]:
    rows: list[list[str]] = []
    owners: list[int] = []
    for group, size in enumerate(sizes, start=1):
        for place in range(size):
            owners.append(group)
            named = f"{name} №{group}." if place == 0 else ""
            rows.append([named, f"Строка-{len(rows)}"])
    body = ended(COLUMNS, rows, SIGNED, width=FRAME.text_width, size=9, groups=owners)
    return pages(render(FRAME, [body]))


@pytest.mark.parametrize("sizes", [(80,), (3, 80), (40, 80, 3), (200,), (54, 60), (58,), (56,)])
def test_a_group_that_no_page_holds_goes_on_under_its_name(sizes: tuple[int, ...]) -> None:
    found = groups(*sizes)
    rows = listed(found)
    assert [n for own in rows for n in own] == list(range(sum(sizes))), "each row once, whole"
    assert all(len(own) > 1 for own in rows), "a page without rows"
    firsts = [sum(sizes[:place]) for place in range(len(sizes))]
    for page, own in zip(found, rows, strict=True):
        owner = sum(first <= own[0] for first in firsts)
        assert f"№{owner}." in page, "rows whose owner is not said"
    assert "Директор" in found[-1]


def test_a_long_name_has_room_on_both_sides_of_the_break() -> None:
    name = "Константинопольская-Заболоцкая-Воскресенская Александра-Мария Юрьевна"
    for size in range(55, 64):
        found = groups(size, name=name)
        words = ["".join(one.split()).replace("-", "") for one in found]
        assert all(name.replace("-", "").replace(" ", "") in one for one in words)
        assert all(len(own) > 2 for own in listed(found))


@pytest.mark.parametrize("count", range(7, 130, 7))
def test_a_group_is_not_torn_where_a_page_holds_it(count: int) -> None:
    found = listed(groups(*[7] * (count // 7)))
    assert all(own[0] % 7 == 0 for own in found)


@pytest.mark.parametrize("groups_of", [0, 2, 9])
@pytest.mark.parametrize("lines", range(10, 30))
def test_of_a_few_high_rows_some_go_along_with_the_signatures(lines: int, groups_of: int) -> None:
    rows = [["Ким" * (n == 0), f"Строка-{n} " + "слово\n" * lines] for n in range(4)]
    owners = [1 + n // groups_of for n in range(4)] if groups_of else []
    body = ended(COLUMNS, rows, SIGNED, width=FRAME.text_width, size=9, groups=owners)
    found = listed(pages(render(FRAME, [body])))
    assert [n for own in found for n in own] == [0, 1, 2, 3]
    assert all(found), "a page without rows"


def form(count: int, *, wide: bool = True) -> bytes:
    shares = [FormColumn(title=f"Графа {n}") for n in range(8)]
    rows = [
        FormRow(cells=(FormCell(f"Строка-{n}"), *[FormCell("12")] * 8), key=str(n))
        for n in range(count)
    ]
    made = PaperForm(
        school="Школа № 17",
        title="Итоги школы за период",
        subtitle="I четверть",
        columns=(FormColumn(title="Класс", share=2, kind="text"), *shares),
        rows=tuple(rows),
        notes=("Успеваемость и качество считаются по ученикам.",) * 2,
        signers=(("Заместитель директора", ""), ("Директор", "")),
        wide=wide,
    )
    return form_pdf(made, Making(at=datetime(2026, 11, 20, tzinfo=UTC), time_zone="UTC"), say)


def smallest(content: bytes) -> float:
    sizes: set[float] = set()

    def seen(text: str, _cm: object, _tm: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(size)

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=seen)
    return min(sizes)


def test_a_school_of_twenty_nine_classes_fits_one_page() -> None:
    """Twenty-nine classes, three stages, the school."""
    content = form(33)
    assert len(pages(content)) == 1
    assert smallest(content) >= 7


@pytest.mark.parametrize("wide", [True, False])
def test_no_page_for_a_few_rows(wide: bool) -> None:
    for count in (*range(25, 60), *range(61, 130, 7)):
        content = form(count, wide=wide)
        rows = listed(pages(content))
        assert [n for own in rows for n in own] == list(range(count))
        assert len(rows[-1]) > 3
        assert smallest(content) >= 7


@pytest.mark.parametrize(
    "school",
    [
        "МБОУ «СОШ № 17»",
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная "
        "школа № 5 с углублённым изучением отдельных предметов имени П. И. Зеленоборского»",
    ],
)
@pytest.mark.parametrize("title", ["Отчёт", "Очень длинное название формы " * 5])
def test_the_name_of_a_school_can_be_read_and_stays_off_the_table(school: str, title: str) -> None:
    frame = PageFrame(school=school, title=title, made="в", page_label="%(page)s")
    body = ended(COLUMNS, [["Ким", "Строка-0"]], SIGNED, width=frame.text_width)
    page = pypdf.PdfReader(io.BytesIO(render(frame, [body]))).pages[0]
    found: list[tuple[str, float, float]] = []

    def seen(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        found.append((text.strip(), tm[5], size))

    page.extract_text(visitor_text=seen)
    head = [one for one in found if one[0] and one[1] > page.mediabox.top - 71]
    assert " ".join(" ".join(text for text, _, _ in head).split()) == f"{school} {title}".strip()
    assert min(size for _, _, size in head) >= 7
    heights = sorted({y for _, y, _ in head}, reverse=True)
    assert all(above - below > 7 for above, below in pairwise(heights))
