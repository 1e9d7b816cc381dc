"""A printed form: a table in the reader's language with what stands around it.

It can be written down as plain facts and read back without loss, so that a certified form is kept
exactly as it was signed, and two of its editions can be compared cell by cell.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, TypedDict

from journal.core.audit.service import canonical

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Told:
    """How a figure came about: the formula, the rule, who is counted (group, names), and the lines
    it is made of (what, how it stands there)."""

    formula: str = ""
    rule: str = ""
    who: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


class FormCell(NamedTuple):
    """`text` is read; `number` is what a workbook holds instead, where it is a count, a per cent
    or a day. On the screen `why` is the key of its explanation elsewhere, `told` is one."""

    text: str
    number: int | str | date | None = None
    why: str = ""
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """`share` is its width beside the others; `upright` heads are written from bottom to top."""

    title: str
    share: float = 1
    kind: Literal["text", "mark", "number"] = "number"
    upright: bool = False


class FormRow(NamedTuple):
    """Rows with one `group` stay on one page; `key` names the row when editions are compared."""

    cells: tuple[FormCell, ...]
    key: str
    group: int = 0
    total: bool = False


class FormHead(TypedDict):
    """What every table of a paper has: `PaperForm(**head, …)`."""

    school: str
    title: str
    subtitle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """Everything a form says but the moment of making. `signers` are (post, name); `heading` names
    the table where a paper has several."""

    school: str
    title: str
    subtitle: str
    columns: tuple[FormColumn, ...]
    rows: tuple[FormRow, ...]
    notes: tuple[str, ...] = ()
    signers: tuple[tuple[str, str], ...] = ()
    wide: bool = False
    large: bool = False
    heading: str = ""

    @property
    def head_column(self) -> int:
        """The column that names the rows: the first of words."""
        return next((n for n, one in enumerate(self.columns) if one.kind == "text"), 0)

    def facts(self) -> dict[str, Any]:
        """As plain JSON; explanations belong to the screen and are left out."""
        named = {"heading": self.heading} if self.heading else {}
        return named | {
            "school": self.school,
            "title": self.title,
            "subtitle": self.subtitle,
            "columns": [[one.title, one.share, one.kind, one.upright] for one in self.columns],
            "rows": [
                [one.key, one.group, one.total, [[cell.text, _plain(cell)] for cell in one.cells]]
                for one in self.rows
            ],
            "notes": list(self.notes),
            "signers": [list(one) for one in self.signers],
            "wide": self.wide,
            "large": self.large,
        }

    def digest(self) -> str:
        """SHA-256 of the facts, as 64 hexadecimal digits."""
        return digest_of(canonical(self.facts()) or "")

    def check_code(self) -> str:
        """Twelve letters of the digest: a form made anew from the same figures has the same."""
        return grouped(coded(int(self.digest(), 16)))


def _plain(cell: FormCell) -> int | str | None:
    """A day stands in the facts as it is read."""
    return None if isinstance(cell.number, date) else cell.number


def form_from_facts(facts: Mapping[str, Any]) -> PaperForm:
    """The inverse of `PaperForm.facts`."""
    return PaperForm(
        school=facts["school"],
        title=facts["title"],
        subtitle=facts["subtitle"],
        columns=tuple(
            FormColumn(title=title, share=share, kind=kind, upright=upright)
            for title, share, kind, upright in facts["columns"]
        ),
        rows=tuple(
            FormRow(
                key=key, group=group, total=total, cells=tuple(FormCell(*cell) for cell in cells)
            )
            for key, group, total, cells in facts["rows"]
        ),
        notes=tuple(facts["notes"]),
        signers=tuple((post, name) for post, name in facts["signers"]),
        wide=facts["wide"],
        large=facts["large"],
        heading=facts.get("heading", ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of one or several tables, numbered together. In a `book` each begins a page;
    otherwise they follow one another under their headings. `closing` stands at its end."""

    name: str
    parts: tuple[PaperForm, ...]
    book: bool = False
    closing: str = ""

    def check_code(self) -> str:
        """That of its table; of several, made of all their digests."""
        if len(self.parts) == 1:
            return self.parts[0].check_code()
        whole = digest_of("".join(part.digest() for part in self.parts))
        return grouped(coded(int(whole, 16)))


def digest_of(text: str) -> str:
    """SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def coded(number: int) -> str:
    """The number's last 60 bits in letters that are not mistaken for one another."""
    letters = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[rest])
    return "".join(letters)


def grouped(code: str) -> str:
    """«7K2M-QX40-9TRB»: as a code is printed."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that two editions do not agree on; an absent row or column is an empty text."""

    row: str
    column: str
    before: str
    after: str


def differences(before: PaperForm, after: PaperForm) -> tuple[Difference, ...]:
    """What changed between two editions, in the order of the later one, then what is gone."""
    old, new = _texts(before), _texts(after)
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(
        Difference(*key, old.get(key, ""), new.get(key, ""))
        for key in keys
        if old.get(key, "") != new.get(key, "")
    )


def _texts(form: PaperForm) -> dict[tuple[str, str], str]:
    """Cells by row and column; namesakes are told apart by their order."""
    columns = _told_apart(column.title for column in form.columns)
    rows = _told_apart(row.key for row in form.rows)
    return {
        (key, title): cell.text
        for key, row in zip(rows, form.rows, strict=True)
        for title, cell in zip(columns, row.cells, strict=True)
    }


def _told_apart(names: Iterable[str]) -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
