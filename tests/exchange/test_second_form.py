"""A second form is a description only: everything works that works for МП-1."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journal.exchange.figures import ClassLine, Content
from journal.exchange.forms import VPR
from journal.exchange.workbook import WRITERS, write_form
from journal.exchange.workbook.reading import read_form
from journal.exchange.workbook.structure import Expected
from tests.exchange.filled import HEADING, SECRET, read

HEAD = replace(HEADING, form=VPR, period="ALL", thresholds={}, spans={})
MATHS = "Математика"


def filled(**maths: int) -> Content:
    none = dict.fromkeys("EFGHIJ", 0)
    row = {"E": 25, "F": 20, "G": 1, "H": 9, "I": 6, "J": 4} | maths
    numbers = {sheet.name: [row if sheet.name == MATHS else none] for sheet in VPR.sheets}
    spare: list[ClassLine | None] = [None] * VPR.spare_rows
    return Content(classes=[ClassLine("5А", 5), *spare], numbers=numbers)


def said(content: Content, suffix: str = ".xlsx") -> list[str]:
    data = write_form(content, HEAD, suffix=suffix, secret=SECRET)
    return [one.text for one in read_form(data, Expected(heading=HEAD, secret=SECRET)).findings]


@pytest.mark.parametrize("suffix", WRITERS)
def test_it_is_written_and_read_back_without_a_remark(suffix: str) -> None:
    assert said(filled(), suffix) == []


def test_its_own_rules_speak() -> None:
    assert said(filled(F=26)) == [
        "Класс 5А: участников (26) больше, чем обучающихся (25).",
        "Класс 5А: отметок (20) не столько, сколько участников (26).",
    ]
    assert said(filled(G=11, H=0, I=5)) == [
        "Класс 5А: больше половины участников получили «2» – подтвердите."
    ]


def test_it_is_no_form_of_attendance() -> None:
    data = write_form(filled(), HEAD, suffix=".xls", secret=SECRET)
    (finding,) = read(data).findings
    assert finding.text == "Файл относится к другому мониторингу или периоду."
