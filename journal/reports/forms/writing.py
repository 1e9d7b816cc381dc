"""A form as PDF, workbook and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from journal.core.messages import N_, Message
from journal.documents.delimited import write_csv
from journal.documents.pdf import (
    Flowable,
    PageFrame,
    Part,
    PdfColumn,
    ended,
    heading,
    paragraph,
    render_documents,
    room,
    signatures,
    space,
)
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from journal.reports.forms.model import FormCell, FormColumn, Paper, PaperForm

Say = Callable[[Message | str], str]
_CHARACTERS = 7  # of a workbook's column for one share of the page's width
_EMPTY, _WIDEST = 14, 50  # characters: of what holds little, and the most
_UPRIGHT, _ONE_LINE = 4.0, 30  # characters of a column under an upright head, of its one line
_SIZE = 7.5
_ROOM = 35  # millimetres for a heading, the head of its table and some lines
_TITLE_MAX = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """When and where a form is made: an instant in UTC, shown in the school's zone. `code` is the
    check code of a certified form, `certified` the lines of its certification block."""

    at: datetime
    time_zone: str
    code: str = ""
    certified: tuple[str, ...] = ()

    @property
    def moment(self) -> str:
        """«20.11.2026 14:05»."""
        return f"{self.at.astimezone(ZoneInfo(self.time_zone)):%d.%m.%Y %H:%M}"


def form_pdf(form: PaperForm, making: Making, say: Say) -> bytes:
    """The form to print and to sign: heads on every page, names whole, groups of rows together."""
    return papers_pdf([Paper(name=form.title, parts=(form,))], making, say)


def papers_pdf(papers: Sequence[Paper], making: Making, say: Say) -> bytes:
    """Papers one after another in one file, each numbered by itself."""
    return render_documents([_pages(paper, making, say) for paper in papers])


def _pages(paper: Paper, making: Making, say: Say) -> list[Part]:
    code = making.code or paper.check_code()
    frames = [_frame(form, making, code, say) for form in paper.parts]
    blocks: list[list[Flowable]] = []
    for form, frame in zip(paper.parts, frames, strict=True):
        found = [*_heading(form), *_body(form, frame, making, say)]
        if paper.book or not blocks:
            blocks.append(found)
        else:
            blocks[-1] += [space(3), *found]
    if paper.closing:
        blocks[-1] += [space(6), paragraph(paper.closing, size=9)]
    return list(zip(frames, blocks, strict=False))


def _frame(form: PaperForm, making: Making, code: str, say: Say) -> PageFrame:
    return PageFrame(
        school=form.school,
        title=form.title,
        subtitle=form.subtitle,
        made=say(N_("Made on %(moment)s", moment=making.moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
        check_code=say(N_("Check code %(code)s", code=code)),
        wide=form.wide,
        large=form.large,
    )


def _heading(form: PaperForm) -> list[Flowable]:
    if not form.heading:
        return []
    upright = any(one.upright for one in form.columns)
    return [room(_ROOM * 2 if upright else _ROOM), heading(form.heading, size=9), space(1)]


def _body(form: PaperForm, frame: PageFrame, making: Making, say: Say) -> list[Flowable]:
    ending = _ending(form, making)
    if not form.rows:
        return [paragraph(say(N_("There is nothing to show in this form."))), *ending]
    return [_table(form, frame, ending)]


def _table(form: PaperForm, frame: PageFrame, ending: Sequence[Flowable]) -> Flowable:
    columns = [
        PdfColumn(
            title=one.title,
            share=one.share,
            align="left" if one.kind == "text" else "center",
            upright=one.upright,
        )
        for one in form.columns
    ]
    groups = [row.group for row in form.rows]
    bold = [place for place, row in enumerate(form.rows) if row.total]
    return ended(
        columns,
        texts(form),
        ending,
        width=frame.text_width,
        size=_SIZE,
        bold_rows=bold,
        groups=groups if any(groups) else (),
    )


def _ending(form: PaperForm, making: Making) -> list[Flowable]:
    found: list[Flowable] = [space(2)]
    found += [paragraph(note, size=7.5) for note in form.notes]
    if making.certified:
        found.append(space(3))
        found += [
            paragraph(line, size=9, bold=not place) for place, line in enumerate(making.certified)
        ]
    if form.signers:
        found.append(signatures(form.signers))
    return found


def form_xlsx(form: PaperForm, making: Making, say: Say) -> bytes:
    """The same rows; counts and per cents are numbers, marks are text. What stands around the table
    is on a sheet of its own, so that the table can be worked with."""
    return papers_xlsx([Paper(name=form.title, parts=(form,))], making, say)


def papers_xlsx(papers: Sequence[Paper], making: Making, say: Say) -> bytes:
    """A sheet for every table, then one of what stands around them."""
    tables = [(paper, form) for paper in papers for form in paper.parts]
    titles = _titles(papers, say)
    sheets = [
        Sheet(
            title=title,
            columns=_sheet_columns(form),
            rows=[[_value(cell) for cell in row.cells] for row in form.rows],
            heading=f"{form.school}. {form.title}. {form.subtitle}",
            made=say(N_("Made on %(moment)s", moment=making.moment)),
        )
        for title, (_, form) in zip(titles, tables, strict=True)
    ]
    around = [
        SheetColumn(title=say(N_("Field")), width=24),
        SheetColumn(title=say(N_("Value")), width=110),
    ]
    about = [line for paper in papers for line in _about(paper, making, say)]
    sheets.append(Sheet(title=say(N_("About the form")), columns=around, rows=about))
    return write_workbook(sheets, made_at=making.at)


def _about(paper: Paper, making: Making, say: Say) -> list[tuple[str, str]]:
    form = paper.parts[0]
    lines = [note for part in paper.parts for note in part.notes]
    return [
        (say(N_("School")), form.school),
        (say(N_("Form")), form.title),
        (say(N_("Of what")), form.subtitle),
        (say(N_("Made at")), making.moment),
        (say(N_("Check code")), making.code or paper.check_code()),
        *(("", line) for line in dict.fromkeys((*making.certified, *lines))),
    ]


def _titles(papers: Sequence[Paper], say: Say) -> list[str]:
    """Names of sheets: short, without the signs Excel forbids, no two the same."""
    if sum(len(paper.parts) for paper in papers) == 1:
        return [say(N_("Table"))]
    found: list[str] = []
    for paper in papers:
        for form in paper.parts:
            wanted = f"{paper.name} {form.heading}" if len(papers) > 1 else form.heading
            plain = _FORBIDDEN.sub(" ", wanted or paper.name).strip()
            number = f"{len(found) + 1} "
            found.append(f"{number}{plain}"[:_TITLE_MAX].strip())
    return found


def form_csv(form: PaperForm) -> bytes:
    """The table alone: a head and rows, semicolons, UTF-8."""
    return write_csv(_lines(form))


def papers_csv(papers: Sequence[Paper]) -> bytes:
    """The tables one under another, each of several led by its name and an empty line."""
    tables = [(paper, form) for paper in papers for form in paper.parts]
    if len(tables) == 1:
        return form_csv(tables[0][1])
    lines: list[Sequence[str]] = []
    for paper, form in tables:
        lines += [[f"{paper.name}. {form.heading}".strip(". ")], *_lines(form), []]
    return write_csv(lines)


def _lines(form: PaperForm) -> list[Sequence[str]]:
    return [[one.title for one in form.columns], *texts(form)]


def _sheet_columns(form: PaperForm) -> list[SheetColumn]:
    columns = zip(*texts(form), strict=True) if form.rows else [()] * len(form.columns)
    return [
        SheetColumn(title=one.title, width=_width(one, own), upright=one.upright)
        for one, own in zip(form.columns, columns, strict=True)
    ]


def _width(column: FormColumn, cells: Sequence[str]) -> float:
    """By its share, but as wide as its words up to a limit: a longer text takes several lines.
    Under an upright head no wider than what stands there, so that many can be read on paper."""
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    if column.upright:
        least = _UPRIGHT if len(column.title) <= _ONE_LINE else 2 * _UPRIGHT
        return max(least, min(longest + 1.5, _WIDEST))
    head = max((len(word) for word in column.title.split()), default=0)
    share = min(column.share * _CHARACTERS, _EMPTY)
    return max(5.0, share, head + 2, min(longest + 2, _WIDEST))


def _value(cell: FormCell) -> Value:
    if isinstance(cell.number, str):
        return Decimal(cell.number)
    return cell.text if cell.number is None else cell.number


def texts(form: PaperForm) -> Sequence[Sequence[str]]:
    """The rows as people read them."""
    return [[cell.text for cell in row.cells] for row in form.rows]


FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def written_form(form: PaperForm, making: Making, kind: str, say: Say) -> bytes:
    """The form in one of FORMATS."""
    return written_papers([Paper(name=form.title, parts=(form,))], making, kind, say)


def written_papers(papers: Sequence[Paper], making: Making, kind: str, say: Say) -> bytes:
    """Papers in one file of one of FORMATS."""
    if kind == "pdf":
        return papers_pdf(papers, making, say)
    return papers_xlsx(papers, making, say) if kind == "xlsx" else papers_csv(papers)
