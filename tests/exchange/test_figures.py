"""The figures of МП-1: the worked examples of §7, formulas and their values, the rules of a row."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.exchange.control import control_text, error_count, findings, shown
from journal.exchange.figures import ClassLine, Content, Figures
from journal.exchange.forms import FORMS, MP1, Form
from journal.exchange.forms.expressions import (
    Cell,
    Row,
    Tenths,
    formula_text,
    per_cent,
    rounded,
    value_of,
)
from journal.exchange.forms.mp1 import H1, H2, YEAR
from journal.exchange.forms.specification import GRADES
from tests.exchange.filled import LETTERS, THRESHOLDS, content, figures

CLASSES = {"2А": 0, "5А": 1, "5Б": 2, "9А": 3}


def values(sheet: str, name: str, letters: str) -> list[str]:
    made = figures()
    return [shown(made.value(MP1.sheet(sheet), CLASSES[name], one)) for one in letters.split()]


@pytest.mark.parametrize(
    ("sheet", "name", "letters", "expected"),
    [
        (H1, "2А", "K L M N O Q AB AC AD AE AF", "20 400 9 3 388 14 96,4 3,6 1,8 0,5 0,7"),
        (H1, "5А", "E J O Q AB AF", "24 23 9350 515 94,5 21,9"),
        (H1, "5Б", "E J O Q AB AF Y Z", "25 25 10050 670 93,3 26,8 1 0"),
        (H1, "9А", "O Q AB", "11400 912 92,0"),
        (H2, "9А", "O Q AB", "13950 558 96,0"),
        (YEAR, "9А", "O Q AB AF", "25350 1470 94,2 58,8"),
    ],
)
def test_worked_examples(sheet: str, name: str, letters: str, expected: str) -> None:
    assert values(sheet, name, letters) == expected.split()


def test_a_parallel_is_its_sums_and_moves_balance() -> None:
    made, half = figures(), MP1.sheet(H1)
    level = [made.level_value(half, letter, range(5, 6)) for letter in ("O", "Q", "AB")]
    assert level == [19400, 1185, Decimal("93.9")]
    assert made.total(half, "G") == made.total(half, "I") == 1
    whole = [made.level_value(half, letter, GRADES) for letter in LETTERS]
    assert whole == [made.total(half, letter) for letter in LETTERS]


def test_the_year_asks_for_pupils_anew_and_adds_the_rest() -> None:
    year = MP1.sheet(YEAR)
    assert [column.letter for column in year.typed] == ["Y", "Z", "AA"]
    assert figures().value(year, 3, "Y") == 0
    assert figures(content(year_9А={"Y": 2})).value(year, 3, "Y") == 2


def test_the_examples_are_right_and_the_control_column_says_so() -> None:
    assert error_count(figures(), "YEAR") == 0
    assert [one.code for one in findings(figures(), "YEAR")] == ["W02"]
    assert findings(figures(), "YEAR")[0].explained


@pytest.mark.parametrize(
    ("row", "code", "text"),
    [
        ({"G": 2}, "A01", "Класс 5Б: переведено внутри ОО больше, чем прибыло (выбыло) всего."),
        ({"H": 27}, "A02", "Класс 5Б: выбыло больше, чем обучалось."),
        (
            {"M": 10051},
            "A03",
            "Класс 5Б: не состоялось и освобождено больше, чем запланировано.",
        ),
        ({"P": 10051}, "A04", "Класс 5Б: дистанционных больше, чем подлежало посещению."),
        (
            {"R": 9811},
            "A05",
            "Класс 5Б: пропущено (10051) больше, чем подлежало посещению (10050).",
        ),
        ({"K": 386}, "A06", "Класс 5Б: графа 15 превышает возможное число ученико-уроков."),
        ({"V": 9381}, "A07", "Класс 5Б: опозданий больше, чем посещённых уроков."),
        ({"X": 3}, "A08", "Класс 5Б: пропущенные дни не согласуются с пропущенными уроками."),
        ({"AA": 26}, "A09", "Класс 5Б: численность в графах 25–27 превышает контингент."),
        ({"Z": 2}, "A10", "Класс 5Б: графа 26 больше графы 25."),
        ({"S": 4516}, "W01", "Класс 5Б: посещаемость 49,9 % – подтвердите."),
        ({"U": 35}, "W02", "Класс 5Б: причина не указана более чем у 5 % пропусков."),
    ],
)
def test_each_rule_has_its_limit_and_its_message(row: dict[str, int], code: str, text: str) -> None:
    """One step over the limit; the limit itself is right. W01 looks at the rounded share."""
    found = {one.code: one.text for one in findings(figures(content(h1_5Б=row)), "H1")}
    assert found[code] == text
    ((letter, number),) = row.items()
    step = {letter: number + (1 if letter == "K" else -6 if code == "W01" else -1)}
    assert code not in broken_5b(step)
    if not code.startswith("W"):
        control = control_text(figures(content(h1_5Б=row)), MP1.sheet(H1), 2, "H1")
        assert f"{code} " in control


def broken_5b(row: dict[str, int]) -> set[str]:
    """The codes said of 5Б with these numbers."""
    found = findings(figures(content(h1_5Б=row)), "H1")
    return {one.code for one in found if one.class_name == "5Б"}


def test_halves_continue_moves_balance_and_lessons_are_there() -> None:
    found = findings(figures(content(h2_5А={"E": 24}, h1_5А={"I": 0}, h2_2А={"L": 0})), "YEAR")
    texts = [one.text for one in found]
    assert "Класс 5А: начало II полугодия (24) не равно концу I полугодия (23)." in texts
    assert "Переведено из классов (1) и в классы (0) своей ОО не совпадает." in texts
    assert "Класс 2А: есть обучающиеся, но нет уроков." in texts
    only = findings(figures(content(h2_5А={"E": 24})), "H2")
    assert "C01" not in [one.code for one in only]


def test_blank_cells_strange_classes_and_numbers_without_a_class_are_named() -> None:
    filled = content()
    rows = [dict(row) for row in filled.numbers[H1]]
    del rows[0]["V"]
    rows += [{}, {}, {"K": 3}]
    classes = [*filled.classes[:3], ClassLine("9А", 8), ClassLine("9А", 9), *filled.classes[5:]]
    broken = Content(classes=classes, numbers={**filled.numbers, H1: rows})
    texts = [one.text for one in findings(Figures(MP1, broken, THRESHOLDS), "H1")]
    assert "Класс 2А, графа 22: значение не указано. При отсутствии укажите 0." in texts
    assert "Класс «9А» не соответствует параллели 8." in texts
    assert texts.count("Класс «9А» указан более одного раза.") == 2
    assert "Строка 18: данные указаны без класса." in texts


@given(st.integers(-5000, 5000), st.integers(1, 5000))
def test_tenths_are_half_up_and_written_as_computed(part: int, whole: int) -> None:
    row = Row(lambda c: f"{c.letter}12", lambda c: {"Q": part, "O": whole}[c.letter], {})
    share = per_cent(Cell("Q"), Cell("O"))
    assert formula_text(share, row) == 'IF(O12<=0,"",ROUND(1000*Q12/O12,0)/10)'
    exact = Decimal(1000 * part) / Decimal(whole)
    value = value_of(share, row)
    assert isinstance(value, Decimal) and abs(value * 10 - exact) <= Decimal("0.5")
    assert rounded(-part, whole) == -rounded(part, whole)
    nothing = Row(row.address, lambda _c: 0, {})
    assert value_of(Tenths(20, Cell("Q"), Cell("E") + Cell("J")), nothing) == ""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.schema)
def test_a_form_keeps_to_excel_2003(form: Form) -> None:
    """Sheet names, columns, help; which functions its formulas use is seen in the workbook."""
    assert all(len(name) <= 31 for name in form.sheet_names)
    for sheet in form.sheets:
        graphs = [column.graph for column in sheet.columns]
        assert graphs == list(range(5, 5 + len(graphs)))
        for rule in (*sheet.rules, *sheet.total_rules):
            assert rule.letters and rule.message.endswith(".")
