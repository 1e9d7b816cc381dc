"""The graphs of МП-1 (monitoring-mp1.md, sections 2 and 3)."""

from __future__ import annotations

from journal.exchange.forms.expressions import Cell, Tenths, per_cent
from journal.exchange.forms.mp1.cells import (
    H1,
    H2,
    E,
    F,
    H,
    J,
    L,
    M,
    N,
    O,
    Q,
    R,
    S,
    T,
    U,
)
from journal.exchange.forms.specification import Column, replaced, sum_of

_MOVES, _LESSONS, _MISSED = "Контингент", "Уроки и ученико-уроки", "Пропущено ученико-уроков"
_DAYS, _PUPILS, _SHARES = "Полные дни", "Обучающиеся", "Показатели"

HALF_COLUMNS = (
    Column(
        letter="E",
        header="Контингент, чел.: на начало периода",
        group=_MOVES,
        help="I полугодие: зачисленные на первый день учебного года. II полугодие: графа 10 "
        "I полугодия.",
    ),
    Column(
        letter="F",
        header="прибыло за период, всего",
        group=_MOVES,
        help="Считаются приказы после первого дня учебного года, а не люди. Возвращение после "
        "выбытия – прибытие извне. Движение в зимние каникулы относится ко II полугодию.",
    ),
    Column(
        letter="G",
        header="из них из других классов своей ОО",
        group=_MOVES,
        help="Переводы внутри ОО: сумма графы 7 по ОО равна сумме графы 9.",
    ),
    Column(letter="H", header="выбыло за период, всего", group=_MOVES),
    Column(letter="I", header="из них в другие классы своей ОО", group=_MOVES),
    Column(letter="J", header="на конец периода", group=_MOVES, formula=E + F - H),
    Column(
        letter="K",
        header="Проведено уроков по расписанию класса",
        group=_LESSONS,
        help="Места в расписании: две подгруппы одновременно – один урок.",
    ),
    Column(
        letter="L",
        header="Запланировано ученико-уроков",
        group=_LESSONS,
        width=13,
        help="Сумма по урокам числа обучающихся класса (подгруппы) на дату урока.",
    ),
    Column(
        letter="M",
        header="Не состоялось ученико-уроков (отмена, карантин, актированные дни)",
        group=_LESSONS,
        width=12,
        help="Дистанционные уроки состоялись: они показываются в графе 16.",
    ),
    Column(
        letter="N",
        header="Освобождено от посещения, ученико-уроков",
        group=_LESSONS,
        width=11,
        help="По приказу «от посещения». Освобождение «от практики» не уменьшает графу 15.",
    ),
    Column(
        letter="O",
        header="Подлежало посещению, ученико-уроков",
        group=_LESSONS,
        width=11,
        formula=L - M - N,
    ),
    Column(
        letter="P",
        header="из гр. 15 – с применением дистанционных технологий",
        group=_LESSONS,
        width=12,
    ),
    Column(
        letter="Q",
        header="Пропущено ученико-уроков, всего",
        group=_MISSED,
        width=10.5,
        formula=R + S + T + U,
    ),
    Column(letter="R", header="по болезни", group=_MISSED),
    Column(
        letter="S",
        header="по иной уважительной причине",
        group=_MISSED,
        width=10.5,
        help="Заявление родителей, олимпиада, соревнования по приказу.",
    ),
    Column(letter="T", header="без уважительной причины", group=_MISSED, width=10.5),
    Column(letter="U", header="причина не указана", group=_MISSED),
    Column(
        letter="V",
        header="Опоздания, случаев",
        group=_MISSED,
        width=10,
        help="Опоздавший присутствовал: опоздание не входит в графу 17.",
    ),
    Column(
        letter="W",
        header="Пропущено полных учебных дней: всего",
        group=_DAYS,
        width=11,
        help="День, в который пропущены все обязательные для обучающегося уроки.",
    ),
    Column(letter="X", header="по болезни", group=_DAYS),
    Column(
        letter="Y",
        header="Обучающихся, пропустивших более {THR_ALL} % уроков",
        group=_PUPILS,
        width=12.5,
        help="Обучающийся считается один раз – в классе последнего дня обучения в периоде.",
    ),
    Column(
        letter="Z",
        header="Обучающихся, пропустивших без уважительной причины более {THR_UNJ} % уроков",
        group=_PUPILS,
        width=13,
    ),
    Column(letter="AA", header="Обучающихся без пропусков", group=_PUPILS, width=12.5),
    Column(
        letter="AB",
        header="Посещаемость, %",
        group=_SHARES,
        width=13,
        formula=per_cent(O - Q, O),
    ),
    Column(letter="AC", header="Пропуски, %", group=_SHARES, formula=per_cent(Q, O)),
    Column(letter="AD", header="Пропуски по болезни, %", group=_SHARES, formula=per_cent(R, O)),
    Column(
        letter="AE",
        header="Пропуски без уважительной причины, %",
        group=_SHARES,
        width=10.5,
        formula=per_cent(T, O),
    ),
    Column(
        letter="AF",
        header="Пропущено уроков на одного обучающегося",
        group=_SHARES,
        width=12.5,
        formula=Tenths(20, Q, E + J),
        help="На одного обучающегося среднего контингента периода.",
    ),
)

_HALVES = (H1, H2)
YEAR_COLUMNS = replaced(
    HALF_COLUMNS,
    {"E": Cell("E", H1)} | {letter: sum_of(_HALVES, letter) for letter in "FGHIKLMNPRSTUVWX"},
)
