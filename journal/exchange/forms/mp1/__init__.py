"""Форма МП-1, schema MP-ATT 1.0.0: attendance of a school by class, half-year and year."""

from __future__ import annotations

from journal.exchange.forms.mp1.cells import H1, H2, YEAR
from journal.exchange.forms.mp1.columns import HALF_COLUMNS, YEAR_COLUMNS
from journal.exchange.forms.mp1.rules import BALANCE, CONTINUITY, ERRORS, HEADCOUNT, WARNINGS
from journal.exchange.forms.specification import ClassSheet, Form

INSTRUCTION = (
    "1. Форма содержит сведения о посещаемости обучающихся по классам за I и II полугодия и за "
    "учебный год. Единица счёта – ученико-урок: один урок одного обучающегося.",
    "2. Заполняйте только жёлтые ячейки: целые числа не меньше 0. Если показатель отсутствует, "
    "укажите 0. Белые и серые ячейки рассчитываются сами.",
    "3. Классы указываются только на листе «Классы»: по параллелям, затем по литерам. Строка "
    "класса – одна и та же на всех листах. Пять запасных строк оставлены для классов, "
    "которых нет в списке.",
    "4. Полугодия: I – с первого дня учебного года по последний день второй четверти (первого "
    "полугодия), II – со следующего дня по конец учебного года. Зимние каникулы относятся "
    "ко II полугодию.",
    "5. Листы вне периода сбора закрыты и остаются пустыми.",
    "6. Графа 33 показывает коды ошибок строки; на листе «Проверка» – их общее число. Файл с "
    "ошибками не принимается.",
    "7. Замечания с кодом W не препятствуют сдаче, но требуют строки на листе «Пояснения»: код "
    "замечания, класс и причина.",
    "8. Опоздание – это присутствие. Урок, на котором посещаемость не отмечена, подлежал "
    "посещению и не считается посещённым всеми: по таким урокам даётся пояснение (W05).",
    "9. Фамилии обучающихся и другие персональные данные в форму не вносятся.",
    "10. Не меняйте названия листов и заголовки, не вставляйте формулы в жёлтые ячейки. Размер "
    "файла – не более 2 МБ.",
)

MP1 = Form(
    schema="MP-ATT",
    version="1.0.0",
    name="МП-1",
    title="Мониторинг посещаемости обучающимися образовательной организации",
    file_stem="MP1",
    sheets=(
        ClassSheet(
            name=H1,
            title="Посещаемость за I полугодие",
            columns=HALF_COLUMNS,
            rules=(*ERRORS, *WARNINGS),
            total_rules=(BALANCE,),
            control="AG",
            number=1,
        ),
        ClassSheet(
            name=H2,
            title="Посещаемость за II полугодие",
            columns=HALF_COLUMNS,
            rules=(*ERRORS, CONTINUITY, *WARNINGS),
            total_rules=(BALANCE,),
            control="AG",
            number=2,
        ),
        ClassSheet(
            name=YEAR,
            title="Посещаемость за учебный год",
            columns=YEAR_COLUMNS,
            rules=HEADCOUNT,
            control="AG",
        ),
    ),
    periods={"H1": (H1,), "H2": (H2,), "YEAR": (H1, H2, YEAR)},
    period_names={"H1": "I полугодие", "H2": "II полугодие", "YEAR": "учебный год"},
    summary_name="Свод",
    summary=(("I полугодие", H1), ("II полугодие", H2), ("Учебный год", YEAR)),
    instruction=INSTRUCTION,
    dated=(("I полугодие: с/по", H1), ("II полугодие: с/по", H2)),
    thresholds={"THR_ALL": 30, "THR_UNJ": 30},
)

__all__ = ["H1", "H2", "MP1", "YEAR"]
