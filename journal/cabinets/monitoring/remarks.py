"""Findings as lines of a list: where, what; and the explanations they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import request

from journal.core.text import tidy
from journal.exchange.control import Finding
from journal.exchange.figures import Content, Explanation
from journal.exchange.forms import Form
from journal.exchange.forms.messages import advice_of
from journal.exchange.forms.specification import FIRST_ROW, column_number

LONGEST = 500
ALL = "*"


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """A finding by sheet, class and graph; `blocks`: it keeps the form from being accepted."""

    code: str
    sheet: str
    class_name: str
    graph: str
    text: str
    blocks: bool
    row: int | None
    letter: str

    @property
    def advice(self) -> str:
        """What to do, where the text does not say it."""
        return advice_of(self.code)

    @property
    def error(self) -> bool:
        """No explanation makes it acceptable."""
        return self.blocks and not self.code.startswith("W")


def remark_lines(form: Form, findings: Iterable[Finding]) -> list[RemarkLine]:
    """Those that block first, then in the order of sheets and rows."""
    order = {name: place for place, name in enumerate(form.sheet_names)}
    lines = [_line(one) for one in findings]
    return sorted(
        lines,
        key=lambda one: (not one.blocks, order.get(one.sheet, -1), one.row is None, one.row or 0),
    )


def _line(one: Finding) -> RemarkLine:
    name = one.class_name
    if not name and one.row is not None:
        name = str(FIRST_ROW + one.row)
    graph = str(column_number(one.letter)) if one.letter else ""
    return RemarkLine(one.code, one.sheet, name, graph, one.text, one.open, one.row, one.letter)


@dataclass(frozen=True, slots=True)
class ToExplain:
    """A warning of a class with what it says and the explanation given so far."""

    code: str
    class_name: str
    texts: tuple[str, ...]
    given: str


def to_explain(content: Content, findings: Iterable[Finding]) -> Sequence[ToExplain]:
    """The warnings that need a line in «Пояснения», each code of a class once."""
    given = {(one.code, one.class_name): one.text for one in content.explanations}
    texts: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        if one.code.startswith("W"):
            texts.setdefault((one.code, one.class_name), []).append(one.text)
    return [
        ToExplain(code, name, tuple(dict.fromkeys(said)), given.get((code, name), ""))
        for (code, name), said in texts.items()
    ]


def typed_explanations() -> list[Explanation]:
    """What was typed beside the warnings: lists of fields of one name, a place a line. What stands
    beside a whole code (class «*») explains its classes that have no words of their own."""
    columns = [request.form.getlist(f"why-{name}") for name in ("code", "class", "text")]
    lines = [
        Explanation(code, class_name, tidy(text)[:LONGEST])
        for code, class_name, text in zip(*columns, strict=False)
    ]
    for_all = {one.code: one.text for one in lines if one.class_name == ALL}
    return [
        replace(one, text=one.text or for_all.get(one.code, ""))
        for one in lines
        if one.class_name != ALL
    ]
