"""The small language of a form's formulas: one expression, two readings.

`formula_text` writes it for a spreadsheet (functions of Excel 2003 only), `value_of` computes it
exactly, from integers. Blank cells are zero in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

Value = int | Decimal | str
BLANK = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell of that column in the row at hand, of another sheet of the form when named."""

    letter: str
    sheet: str | None = None

    def __add__(self, other: Expression) -> Binary:
        return Binary("+", self, other)

    def __sub__(self, other: Expression) -> Binary:
        return Binary("-", self, other)


@dataclass(frozen=True, slots=True)
class Whole:
    """A number written in the formula."""

    number: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A threshold of the procedure, written into the formula as a number."""

    name: str


@dataclass(frozen=True, slots=True)
class Binary:
    """`+`, `-` or `*` of two parts."""

    sign: str
    left: Expression
    right: Expression

    def __add__(self, other: Expression) -> Binary:
        return Binary("+", self, other)

    def __sub__(self, other: Expression) -> Binary:
        return Binary("-", self, other)


@dataclass(frozen=True, slots=True)
class Tenths:
    """factor·part ÷ whole, half up to a whole number of tenths; blank when the whole is not above
    zero. A per cent has the factor 1000, a mean of two headcounts 20."""

    factor: int
    part: Expression
    whole: Expression


@dataclass(frozen=True, slots=True)
class Compare:
    """`>`, `>=`, `<`, `<>` of two parts."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Each of the conditions."""

    conditions: tuple[Condition, ...]


Expression = Cell | Whole | Threshold | Binary | Tenths
Condition = Compare | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Row:
    """Where a formula stands: how a cell is addressed, what it holds, the thresholds."""

    address: Callable[[Cell], str]
    value: Callable[[Cell], int]
    thresholds: dict[str, int]


def per_cent(part: Expression, whole: Expression) -> Tenths:
    """A per cent with one decimal."""
    return Tenths(1000, part, whole)


def formula_text(expression: Expression | Condition, row: Row) -> str:
    """The formula for a spreadsheet, without the leading `=`."""
    match expression:
        case Cell():
            return row.address(expression)
        case Whole(number):
            return str(number)
        case Threshold(name):
            return str(row.thresholds[name])
        case Binary(sign, left, right) | Compare(sign, left, right):
            return f"{_operand(left, sign, row)}{sign}{_operand(right, sign, row)}"
        case Tenths(factor, part, whole):
            over, of = formula_text(whole, row), _bracketed(part, row)
            return f'IF({over}<=0,"",ROUND({factor}*{of}/{_bracketed(whole, row)},0)/10)'
        case AnyOf(conditions):
            return f"OR({_listed(conditions, row)})"
        case AllOf(conditions):
            return f"AND({_listed(conditions, row)})"


def _listed(conditions: Sequence[Condition], row: Row) -> str:
    return ",".join(formula_text(one, row) for one in conditions)


def _operand(expression: Expression, sign: str, row: Row) -> str:
    return _bracketed(expression, row) if sign == "*" else formula_text(expression, row)


def _bracketed(expression: Expression, row: Row) -> str:
    text = formula_text(expression, row)
    return f"({text})" if isinstance(expression, Binary) else text


def value_of(expression: Expression, row: Row) -> Value:
    """The exact value: a whole number, tenths as a Decimal, or BLANK."""
    if isinstance(expression, Tenths):
        whole = number_of(expression.whole, row)
        if whole <= 0:
            return BLANK
        part = expression.factor * number_of(expression.part, row)
        return Decimal(rounded(part, whole)) / 10
    return number_of(expression, row)


def number_of(expression: Expression, row: Row) -> int:
    """The whole number of anything but Tenths, which is for showing, not for counting on."""
    match expression:
        case Cell():
            return row.value(expression)
        case Whole(number):
            return number
        case Threshold(name):
            return row.thresholds[name]
        case Binary("+", left, right):
            return number_of(left, row) + number_of(right, row)
        case Binary("-", left, right):
            return number_of(left, row) - number_of(right, row)
        case Binary(_, left, right):
            return number_of(left, row) * number_of(right, row)
        case Tenths():
            raise TypeError("a rounded figure is no operand")


def rounded(part: int, whole: int) -> int:
    """part ÷ whole to the nearest whole number, a half away from zero as spreadsheets round."""
    size = (2 * abs(part) + whole) // (2 * whole)
    return size if part >= 0 else -size


def holds(condition: Condition, row: Row) -> bool:
    """Whether the condition is true."""
    match condition:
        case AnyOf(conditions):
            return any(holds(one, row) for one in conditions)
        case AllOf(conditions):
            return all(holds(one, row) for one in conditions)
        case Compare(sign, left, right):
            return _COMPARISONS[sign](number_of(left, row), number_of(right, row))


_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "<": lambda left, right: left < right,
    "<>": lambda left, right: left != right,
}


def cells_of(expression: Expression | Condition) -> Iterator[Cell]:
    """Every cell it names."""
    match expression:
        case Cell():
            yield expression
        case Binary(_, left, right) | Compare(_, left, right):
            yield from cells_of(left)
            yield from cells_of(right)
        case Tenths(_, part, whole):
            yield from cells_of(part)
            yield from cells_of(whole)
        case AnyOf(conditions) | AllOf(conditions):
            for one in conditions:
                yield from cells_of(one)
