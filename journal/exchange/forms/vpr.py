"""НИКО/ВПР: форма сбора результатов, schema VPR-RES 1.0.0: marks of a check by class and subject.

Nothing but a description: template, reading back, rules and on-line table are those of every form.
"""

from __future__ import annotations

from journal.exchange.forms.expressions import (
    AllOf,
    Binary,
    Cell,
    Compare,
    Tenths,
    Whole,
    per_cent,
)
from journal.exchange.forms.specification import ClassSheet, Column, Form, Rule

SUBJECTS = ("Русский язык", "Математика", "Окружающий мир", "История", "Биология", "Физика")
E, F, G, H, I, J, K = (Cell(letter) for letter in "EFGHIJK")  # noqa: E741
_PUPILS, _MARKS, _SHARES = "Обучающиеся", "Получили отметку", "Показатели"
_POINTS = (
    Binary("*", Whole(5), J)
    + Binary("*", Whole(4), I)
    + Binary("*", Whole(3), H)
    + Binary("*", Whole(2), G)
)

COLUMNS = (
    Column(
        letter="E",
        header="Обучающихся в классе на дату работы",
        group=_PUPILS,
        width=13,
        help="По списку класса на день проведения работы.",
    ),
    Column(
        letter="F",
        header="Участников работы",
        group=_PUPILS,
        width=12,
        help="Выполнявшие работу. Если класс не участвовал, укажите 0.",
    ),
    Column(letter="G", header="«2»", group=_MARKS),
    Column(letter="H", header="«3»", group=_MARKS),
    Column(letter="I", header="«4»", group=_MARKS),
    Column(letter="J", header="«5»", group=_MARKS),
    Column(letter="K", header="Всего отметок", group=_MARKS, formula=G + H + I + J),
    Column(letter="L", header="Не участвовали", group=_SHARES, width=12, formula=E - F),
    Column(
        letter="M", header="Успеваемость, %", group=_SHARES, width=13, formula=per_cent(K - G, K)
    ),
    Column(letter="N", header="Качество, %", group=_SHARES, width=12, formula=per_cent(I + J, K)),
    Column(
        letter="O",
        header="Средняя отметка",
        group=_SHARES,
        width=12,
        formula=Tenths(10, _POINTS, K),
    ),
)

RULES = (
    Rule(
        code="A01",
        fails=Compare(">", F, E),
        message="Класс {к}: участников ({x}) больше, чем обучающихся ({y}).",
        letters=("F",),
        shown={"x": F, "y": E},
    ),
    Rule(
        code="A02",
        fails=Compare("<>", K, F),
        message="Класс {к}: отметок ({x}) не столько, сколько участников ({y}).",
        letters=("G", "H", "I", "J"),
        shown={"x": K, "y": F},
    ),
    Rule(
        code="W01",
        fails=AllOf(
            (
                Compare(">", F, Whole(0)),
                Compare(">", Binary("*", Whole(2), G), F),
            )
        ),
        message="Класс {к}: больше половины участников получили «2» – подтвердите.",
        letters=("G",),
        warning=True,
    ),
    Rule(
        code="W02",
        fails=AllOf(
            (
                Compare(">", F, Whole(0)),
                Compare("<", Binary("*", Whole(2), F), E),
            )
        ),
        message="Класс {к}: участвовало меньше половины обучающихся – подтвердите.",
        letters=("F",),
        warning=True,
    ),
)

INSTRUCTION = (
    "1. Форма содержит результаты проверочных работ по классам и предметам: лист – предмет, "
    "строка – класс.",
    "2. Заполняйте только жёлтые ячейки: целые числа не меньше 0. Если класс не писал работу по "
    "предмету, укажите 0 во всех графах.",
    "3. Сумма отметок равна числу участников; участников не больше, чем обучающихся в классе.",
    "4. Замечания с кодом W требуют строки на листе «Пояснения».",
    "5. Фамилии обучающихся и другие персональные данные в форму не вносятся.",
)

VPR = Form(
    schema="VPR-RES",
    version="1.0.0",
    name="НИКО/ВПР",
    title="НИКО/ВПР: форма сбора результатов",
    file_stem="VPR",
    sheets=tuple(
        ClassSheet(
            name=subject,
            title=f"Результаты работы. {subject}",
            columns=COLUMNS,
            rules=RULES,
            control="P",
            number=number,
        )
        for number, subject in enumerate(SUBJECTS, start=1)
    ),
    periods={"ALL": SUBJECTS},
    period_names={"ALL": "все предметы"},
    summary_name="Свод",
    summary=tuple((subject, subject) for subject in SUBJECTS),
    instruction=INSTRUCTION,
)
