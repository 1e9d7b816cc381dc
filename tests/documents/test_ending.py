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


def pages(count: int, *, grouped: bool = False) -> list[str]:
    form = PaperForm(
        school="Школа № 17",
        title="Отчёт",
        subtitle="5А",
        columns=(FormColumn(title="Ученик", kind="text"), FormColumn(title="Пропущено")),
        rows=tuple(
            FormRow(cells=(FormCell(f"Ученик-{n}"), FormCell("1")), key=str(n), group=grouped * n)
            for n in range(1, count + 1)
        ),
        notes=("Опоздание – присутствие.",),
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
