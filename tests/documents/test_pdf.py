"""PDF forms: reopened, their words are all there."""

import io
from dataclasses import replace

import pypdf
import pytest

from journal.documents.pdf import (
    PageFrame,
    PdfColumn,
    Slip,
    SlipSheet,
    heading,
    paragraph,
    render,
    render_slips,
    signatures,
    space,
    table,
)

FRAME = PageFrame(
    school="МБОУ «СОШ № 2» г. Верхнеключинска",
    title="Сводный отчёт по предмету",
    subtitle="I четверть 2026-2027",
    made="Сформировано 20.11.2026 14:05",
    page_label="Страница %(page)s из %(pages)s",
    check_code="Код 7F3A",
)
COLUMNS = [
    PdfColumn(title="№", share=0.4, align="right"),
    PdfColumn(title="ФИО", share=3),
    PdfColumn(title="Русский язык", share=0.4, upright=True, align="center"),
]
LONG = "Константинопольская-Заболоцкая-Воскресенская Александра-Мария"
SLIPS = SlipSheet(school="СОШ № 2", title="5А", made="01.09.2026", page_label="%(page)s/%(pages)s")


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def form(rows: list[list[str]], frame: PageFrame = FRAME) -> bytes:
    listed = table(COLUMNS, rows, width=frame.text_width, bold_rows={len(rows) - 1})
    blocks = [heading("Раздел"), paragraph("Текст & <знаки>"), space(3), listed]
    return render(frame, [*blocks, signatures([("Директор", "Степанова О. А.")])])


def test_every_page_has_the_frame_and_the_header() -> None:
    found = pages(form([[str(number), f"Ученик {number}", "5"] for number in range(140)]))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert FRAME.school in page and "Сводный отчёт по предмету. I четверть" in page
        assert "Сформировано 20.11.2026 14:05" in page and "Код 7F3A" in page
        assert f"Страница {number} из {len(found)}" in page
        assert "ФИО" in page
    assert all(f"Ученик {number}" in "".join(found) for number in range(140))
    assert "Степанова О. А." in found[-1]
    assert "Текст & <знаки>" in found[0]


def test_a_long_word_is_wrapped_and_never_cut() -> None:
    found = "".join(pages(form([["1", "щ" * 400, "5"]])))
    assert found.count("щ") == 400


def test_a_row_higher_than_the_page_goes_on() -> None:
    words = [f"слово{number}" for number in range(3000)]
    found = pages(form([["1", " ".join(words), "5"]]))
    assert len(found) > 1
    assert all(word in "".join(found) for word in words)


def test_a_word_wider_than_its_column_is_given_room() -> None:
    """A date in a column of 5 % of the width stands on one line."""
    narrow = [PdfColumn(title="День", share=1), PdfColumn(title="Тема", share=19)]
    made = table(narrow, [["20.11.2026", "Тема " * 40]], width=FRAME.text_width)
    assert "20.11.2026" in pages(render(FRAME, [made]))[0]


def test_a_name_stands_once_beside_the_rows_of_its_group() -> None:
    """A name of two lines makes no row higher: as many rows fit as with a short one."""
    rows = [
        [str(pupil), LONG if place == 0 else "", "5"] for pupil in range(30) for place in range(7)
    ]
    for row in rows[1:]:
        row[0] = row[0] if row[1] else ""
    groups = [number // 7 for number in range(len(rows))]
    short = [[number, "Ким Ян" if name else "", mark] for number, name, mark in rows]
    long, shorter = (
        pages(render(FRAME, [table(COLUMNS, one, width=FRAME.text_width, groups=groups)]))
        for one in (rows, short)
    )
    assert len(long) == len(shorter) > 1
    assert "".join("".join(long).split()).count("".join(LONG.split())) == 30


def test_whose_name_is_not_known_writes_it_beside_the_signature() -> None:
    signed = signatures([("Директор", ""), ("Завуч", "Ким Я. Ю.")])
    (page,) = pages(render(FRAME, [signed]))
    assert "/ ____" in page.split("Завуч")[0] and "/ ____" not in page.split("Завуч")[1]
    assert "Ким Я. Ю." in page


@pytest.mark.parametrize("title", ["Отчёт", "Очень длинное название формы " * 5])
def test_a_title_of_two_lines_stays_off_the_table(title: str) -> None:
    """Every letter of it stands above the line under the head of the page, and can be read."""
    frame = replace(FRAME, title=title, subtitle=LONG)
    page = pypdf.PdfReader(io.BytesIO(form([["1", "А", "5"]], frame))).pages[0]
    found: list[tuple[str, float, float]] = []

    def seen(text: str, _cm: list[float], tm: list[float], _font: object, size: float) -> None:
        found.append((text.strip(), tm[5], size))

    page.extract_text(visitor_text=seen)
    head = [(text, y, size) for text, y, size in found if text and y > page.mediabox.top - 75]
    assert " ".join(" ".join(text for text, _, _ in head).split()) == " ".join(
        f"{FRAME.school} {title}. {LONG}".split()
    )
    sizes = {size for text, _, size in head if text in title}
    assert all(size >= 7 for size in sizes)
    assert len({y for _, y, _ in head}) == (2 if title == "Отчёт" else 3)


def test_fonts_are_embedded() -> None:
    fonts = pypdf.PdfReader(io.BytesIO(form([["1", "А", "5"]]))).pages[0]["/Resources"]["/Font"]
    names = {fonts[name]["/BaseFont"] for name in fonts}
    assert any("Roboto" in name for name in names)


def test_wide_pages() -> None:
    frame = PageFrame(school="а", title="б", made="в", page_label="%(page)s", wide=True)
    box = pypdf.PdfReader(io.BytesIO(form([["1", "А", "5"]], frame))).pages[0].mediabox
    assert box.width > box.height


def test_the_same_input_gives_the_same_bytes() -> None:
    assert form([["1", "А", "5"]]) == form([["1", "А", "5"]])


def slip(number: int, **more: str) -> Slip:
    return Slip(title=f"Ученик {number}", lines=(("Логин", f"u{number}"),), **more)


def test_eight_slips_a_page() -> None:
    found = pages(render_slips(SLIPS, [slip(number) for number in range(17)]))
    assert len(found) == 3
    assert "Ученик 7" in found[0] and "Ученик 8" in found[1] and "Логин: u16" in found[2]
    assert "3/3" in found[2]


def test_slips_are_the_same_each_time_and_hold_a_code() -> None:
    drawn = render_slips(SLIPS, [slip(1, qr="https://example.org", note="Смените пароль.")])
    assert drawn == render_slips(SLIPS, [slip(1, qr="https://example.org", note="Смените пароль.")])
    assert len(drawn) > len(render_slips(SLIPS, [slip(1, note="Смените пароль.")]))


def test_much_text_is_shrunk_into_its_card() -> None:
    (page,) = pages(render_slips(SLIPS, [slip(1, note="много слов " * 200)]))
    assert page.count("много") == 200


def test_a_double_surname_on_a_slip_ends_its_line_at_the_hyphen() -> None:
    named = Slip(title=LONG, lines=(("Логин", "k"),), qr="https://example.org")
    (page,) = pages(render_slips(SLIPS, [named]))
    lines = page.split("\n")
    assert "Константинопольская-" in lines and "Заболоцкая-Воскресенская" in lines


@pytest.mark.parametrize("value", ["https://journal.school5.zelenoborsk.example.ru/", "k.ya"])
def test_an_address_is_not_broken_by_the_end_of_a_line(value: str) -> None:
    (page,) = pages(render_slips(SLIPS, [Slip(title="Ким Ян", lines=(("Адрес", value),), qr="x")]))
    assert value in page


def test_no_slips_is_an_empty_page() -> None:
    assert len(pages(render_slips(SLIPS, []))) == 1
