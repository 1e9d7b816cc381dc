"""What was typed into an on-line table, laid over what it held. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from journal.core.text import tidy
from journal.exchange.figures import ClassLine, Content, Explanation
from journal.exchange.forms import Form
from journal.exchange.forms.specification import STUDY_FORMS
from journal.exchange.workbook.reading import class_name
from journal.people.rules import class_parts

CELL = re.compile(r"c-(\d{1,3})-([A-Z]{1,2})")
NAME = re.compile(r"(name|form)-(\d{1,3})")
LARGEST = 99_999_999


@dataclass(frozen=True, slots=True)
class Typed:
    """The content after the typing, and names of fields that hold no whole number."""

    content: Content
    refused: tuple[str, ...]


def typed(
    form: Form,
    sheet_name: str,
    content: Content,
    fields: Mapping[str, str],
    explanations: Sequence[Explanation] = (),
) -> Typed:
    """`fields` are cells «c-3-R» and classes «name-3», «form-3» of one sheet; others are left
    alone, and so is what they do not name."""
    sheet = form.sheet(sheet_name)
    letters = {one.letter for one in sheet.typed}
    rows = [dict(one) for one in content.numbers.get(sheet_name, ())]
    rows += [{} for _ in range(len(content.classes) - len(rows))]
    refused = []
    for name, text in fields.items():
        found = CELL.fullmatch(name)
        if found is None or int(found[1]) >= len(rows) or found[2] not in letters:
            continue
        if not put(rows[int(found[1])], found[2], tidy(text)):
            refused.append(name)
    classes = _classes(content.classes, fields)
    numbers = {**content.numbers, sheet_name: rows}
    told = _explained(content.explanations, explanations)
    changed = replace(content, classes=classes, numbers=numbers, explanations=told)
    return Typed(changed, tuple(refused))


def put(row: dict[str, int], letter: str, text: str) -> bool:
    """Write a number into a row, or blank its cell; False for what is no number."""
    if not text:
        row.pop(letter, None)
        return True
    if not (text.isascii() and text.isdecimal()) or int(text) > LARGEST:
        return False
    row[letter] = int(text)
    return True


def _classes(
    classes: Sequence[ClassLine | None], fields: Mapping[str, str]
) -> Sequence[ClassLine | None]:
    found = list(classes)
    for name, text in fields.items():
        place = NAME.fullmatch(name)
        if place is None or int(place[2]) >= len(found):
            continue
        row, line = int(place[2]), found[int(place[2])]
        if place[1] == "name":
            found[row] = _line(tidy(text), line)
        elif line is not None and text in STUDY_FORMS:
            found[row] = replace(line, study_form=text)
    return found


def _line(written: str, line: ClassLine | None) -> ClassLine | None:
    if not written:
        return None
    name = class_name(written)
    study_form = STUDY_FORMS[0] if line is None else line.study_form
    return ClassLine(name, class_parts(name)[0] or 0, study_form)


def _explained(held: Iterable[Explanation], given: Iterable[Explanation]) -> Sequence[Explanation]:
    """Given ones replace those held of the same warning and class; an emptied one is dropped."""
    found = {(one.code, one.class_name): one for one in [*held, *given]}
    return [one for one in found.values() if one.text]
