"""What a row of МП-1 must satisfy (monitoring-mp1.md, section 6, A, C and W)."""

from __future__ import annotations

from journal.exchange.forms.expressions import (
    AllOf,
    AnyOf,
    Binary,
    Cell,
    Compare,
    Expression,
    Threshold,
    Whole,
    per_cent,
)
from journal.exchange.forms.mp1.cells import (
    AA,
    H1,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M,
    N,
    O,
    P,
    Q,
    R,
    U,
    V,
    W,
    X,
    Y,
    Z,
)
from journal.exchange.forms.specification import Rule


def _times(factor: int, expression: Expression) -> Binary:
    return Binary("*", Whole(factor), expression)


HEADCOUNT = (
    Rule(
        code="A09",
        fails=AnyOf((Compare(">", Y + AA, J + H - I), Compare(">", Z, J + H - I))),
        message="Класс {к}: численность в графах 25–27 превышает контингент.",
        letters=("Y", "Z", "AA"),
    ),
    Rule(
        code="A10",
        fails=AllOf(
            (
                Compare(">=", Threshold("THR_UNJ"), Threshold("THR_ALL")),
                Compare(">", Z, Y),
            )
        ),
        message="Класс {к}: графа 26 больше графы 25.",
        letters=("Y", "Z"),
    ),
)

ERRORS = (
    Rule(
        code="A01",
        fails=AnyOf((Compare(">", G, F), Compare(">", I, H))),
        message="Класс {к}: переведено внутри ОО больше, чем прибыло (выбыло) всего.",
        letters=("G", "I"),
    ),
    Rule(
        code="A02",
        fails=Compare("<", J, Whole(0)),
        message="Класс {к}: выбыло больше, чем обучалось.",
        letters=("H",),
    ),
    Rule(
        code="A03",
        fails=Compare(">", M + N, L),
        message="Класс {к}: не состоялось и освобождено больше, чем запланировано.",
        letters=("L", "M", "N"),
    ),
    Rule(
        code="A04",
        fails=Compare(">", P, O),
        message="Класс {к}: дистанционных больше, чем подлежало посещению.",
        letters=("P",),
    ),
    Rule(
        code="A05",
        fails=Compare(">", Q, O),
        message="Класс {к}: пропущено ({Q}) больше, чем подлежало посещению ({O}).",
        letters=("R", "S", "T", "U"),
        shown={"Q": Q, "O": O},
    ),
    Rule(
        code="A06",
        fails=Compare(">", O, Binary("*", K, E + F)),
        message="Класс {к}: графа 15 превышает возможное число ученико-уроков.",
        letters=("K", "L"),
    ),
    Rule(
        code="A07",
        fails=Compare(">", V, O - Q),
        message="Класс {к}: опозданий больше, чем посещённых уроков.",
        letters=("V",),
    ),
    Rule(
        code="A08",
        fails=AnyOf((Compare(">", X, W), Compare(">", W, Q), Compare(">", X, R))),
        message="Класс {к}: пропущенные дни не согласуются с пропущенными уроками.",
        letters=("W", "X"),
    ),
    *HEADCOUNT,
)

WARNINGS = (
    Rule(
        code="W01",
        # AB < 50 of the rounded AB: (2000·n + d) div 2d < 500, multiplied out.
        fails=AllOf(
            (
                Compare(">", O, Whole(0)),
                Compare("<", _times(2000, O - Q), _times(999, O)),
            )
        ),
        message="Класс {к}: посещаемость {x} % – подтвердите.",
        letters=("AB",),
        shown={"x": per_cent(O - Q, O)},
        warning=True,
    ),
    Rule(
        code="W02",
        fails=Compare(">", _times(100, U), _times(5, Q)),
        message="Класс {к}: причина не указана более чем у 5 % пропусков.",
        letters=("U",),
        warning=True,
    ),
    Rule(
        code="W04",
        fails=AllOf((Compare(">", E + F, Whole(0)), Compare("<", L, Whole(1)))),
        message="Класс {к}: есть обучающиеся, но нет уроков.",
        letters=("L",),
        warning=True,
    ),
)

CONTINUITY = Rule(
    code="C01",
    fails=Compare("<>", E, Cell("J", H1)),
    message="Класс {к}: начало II полугодия ({x}) не равно концу I полугодия ({y}).",
    letters=("E",),
    shown={"x": E, "y": Cell("J", H1)},
)

BALANCE = Rule(
    code="C02",
    fails=Compare("<>", G, I),
    message="Переведено из классов ({x}) и в классы ({y}) своей ОО не совпадает.",
    letters=("G", "I"),
    shown={"x": G, "y": I},
)
