"""Words set into columns: lines, torn words, fair widths, heads that stand upright."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from journal.documents.pdf.heads import Upright, head_size, heads
from journal.documents.pdf.model import PdfColumn
from journal.documents.pdf.setting import Setting, fair

PLAIN = Setting(7.5)
LONG = "Основы духовно-нравственной культуры народов России и мира 6"
WORDS = st.text(alphabet="абвгёийкнопрстьщ -\n", max_size=80)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Химия", 100, ["Химия"]),
        ("Основы безопасности и защиты Родины", 80, ["Основы безопасности", "и защиты Родины"]),
        (
            "Константинопольская-Заболоцкая Анна",
            112,
            ["Константинопольская-", "Заболоцкая Анна"],
        ),
        ("прибыл\nвыбыл", 100, ["прибыл", "выбыл"]),
        ("Обществознание", 40, ["Общест-", "вознание"]),
        ("(углублённая)", 40, ["(углублён-", "ная)"]),
        ("Ново-Константинопольская", 60, ["Ново-", "Константино-", "польская"]),
        ("Константинопольская", 60, ["Константино-", "польская"]),
        ("konstantinopolskaya.anna", 60, ["konstantinopolsk", "aya.anna"]),
        ("Абдурахманов Ш. Г. вместо", 58, ["Абдурахманов", "Ш. Г. вместо"]),
        ("Спортивный зал № 2", 56, ["Спортивный", "зал № 2"]),
        ("труд (2\xa0группа\xa0(углублённая))", 70, ["труд", "(2 группа", "(углублённая))"]),
        ("Константинопольская-Анна", 70, ["Константинопольс-", "кая-Анна"]),
        ("щщщщщщщщ", 22, ["щщщ", "щщщ", "щщ"]),
        ("н/а", 1, ["н", "/", "а"]),
        ("", 10, [""]),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, width: float, lines: list[str]) -> None:
    assert PLAIN.lines(text, width) == lines


@given(WORDS, st.floats(min_value=8, max_value=200))
def test_nothing_is_cut_and_every_line_fits(text: str, width: float) -> None:
    lines = PLAIN.lines(text, width)
    assert "".join("".join(lines).split()).replace("-", "") == "".join(text.split()).replace(
        "-", ""
    )
    assert all(PLAIN.width(line) <= width or len(line) == 1 for line in lines)


@given(
    st.lists(
        st.tuples(st.floats(min_value=5, max_value=200), st.floats(min_value=0, max_value=90)),
        min_size=1,
        max_size=12,
    )
)
def test_widths_are_shared_out_anew_without_loss(columns: list[tuple[float, float]]) -> None:
    widths, needs = [one for one, _ in columns], [one for _, one in columns]
    found = fair(widths, needs)
    assert sum(found) == pytest.approx(sum(widths))
    if sum(needs) <= sum(widths):
        assert all(own >= need - 0.001 for own, need in zip(found, needs, strict=True))


def columns(*titles: str, upright: bool = True) -> list[PdfColumn]:
    return [PdfColumn(title=title, upright=upright) for title in titles]


@pytest.mark.parametrize(("width", "highest"), [(27, 46), (32, 36)])
def test_a_head_of_sixty_letters_takes_a_fifth_of_the_sheet(width: float, highest: float) -> None:
    """A lying A4 sheet leaves 165 mm for the table."""
    found = heads(columns(LONG, "Химия"), [width, width], 7.5)
    high, low = (one.height for one in found if isinstance(one, Upright))
    assert low < high <= highest * mm


def test_an_upright_word_of_forty_letters_is_torn() -> None:
    (found,) = heads(columns("Электроэнергетикообразующееоборудование"), [32], 7.5)
    assert isinstance(found, Upright)
    assert found.height <= 38 * mm


def test_lying_heads_are_of_one_size() -> None:
    own = columns("Класс", "Уважительная причина", upright=False)
    assert head_size(own, [80, 80], 7.5) == 7.5
    assert 5 <= head_size(own, [80, 40], 7.5) < 7.5
