"""Signatures under a table: whatever its length, never alone on their page."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest

from journal.core.messages import Message
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.writing import Making, form_pdf

MAKING = Making(at=datetime(2026, 11, 20, tzinfo=UTC), time_zone="Europe/Moscow")


def say(message: Message | str) -> str:
    if isinstance(message, str):
        return message
    return message.key % message.params if message.params else message.key


def pages(count: int, *, grouped: bool = False, in_group: int = 1, notes: int = 1) -> list[str]:
    form = PaperForm(
        school="Школа № 17",
        title="Отчёт",
        subtitle="5А",
        columns=(FormColumn(title="Ученик", kind="text"), FormColumn(title="Пропущено")),
        rows=tuple(
            FormRow(
                cells=(FormCell(f"Ученик-{n}"), FormCell("1")),
                key=str(n),
                group=grouped * (1 + (n - 1) // in_group),
            )
            for n in range(1, count + 1)
        ),
        notes=tuple(f"Примечание-{n}. Опоздание – присутствие." for n in range(notes)),
        signers=(("Классный руководитель", ""), ("Директор", "")),
    )
    content = form_pdf(form, MAKING, say)
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("count", [1, 2, 30, *range(44, 62), 110])
def test_rows_go_along_with_the_signatures(count: int, grouped: bool) -> None:
    found = pages(count, grouped=grouped)
    rows = [re.findall(r"Ученик-(\d+)", one) for one in found]
    assert [int(n) for own in rows for n in own] == list(range(1, count + 1)), "each row once"
    assert "Классный руководитель" in found[-1]
    assert rows[-1], "signatures alone on a page"
    assert all("Пропущено" in one for one in found), "the heads on every page"


@pytest.mark.parametrize("count", [7, 14, 35, 42, 49, 56, 63, 70, 105, 245])
@pytest.mark.parametrize("notes", [1, 12, 40])
def test_groups_of_rows_and_many_notes(count: int, notes: int) -> None:
    """A year sheet: seven rows a pupil, never torn; whatever its notes, no page has notes alone."""
    found = pages(count, grouped=True, in_group=7, notes=notes)
    rows = [[int(n) for n in re.findall(r"Ученик-(\d+)", one)] for one in found]
    assert [n for own in rows for n in own] == list(range(1, count + 1))
    assert all(own and own[0] % 7 == 1 for own in rows), "a group torn, or a page without rows"


@pytest.mark.parametrize("count", [1, 50, 56])
def test_of_notes_longer_than_a_page_the_last_stays_with_the_signatures(count: int) -> None:
    found = pages(count, notes=90)
    noted = [re.findall(r"Примечание-(\d+)", one) for one in found]
    assert [int(n) for own in noted for n in own] == list(range(90))
    assert noted[-1] and "Классный руководитель" in found[-1]


@pytest.mark.parametrize("count", range(52, 64))
def test_no_row_is_left_alone_on_the_last_page(count: int) -> None:
    last = re.findall(r"Ученик-\d+", pages(count)[-1])
    assert len(last) >= 4
