"""A form as PDF, workbook and CSV."""

from __future__ import annotations

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
    PdfColumn,
    paragraph,
    render,
    signatures,
    space,
    table,
)
from journal.documents.workbook import Sheet, SheetColumn, Value, write_workbook
from journal.reports.forms.model import FormCell, FormColumn, PaperForm

Say = Callable[[Message | str], str]
_CHARACTERS = 7  # of a workbook's column for one share of the page's width
_SIZE = 7.5


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
    frame = PageFrame(
        school=form.school,
        title=form.title,
        subtitle=form.subtitle,
        made=say(N_("Made on %(moment)s", moment=making.moment)),
        page_label=say(N_("page %(page)s of %(pages)s")),
        check_code=say(N_("Check code %(code)s", code=making.code or form.check_code())),
        wide=form.wide,
        large=form.large,
    )
    return render(frame, [*_table(form, frame, say), *_ending(form, making)])


def _table(form: PaperForm, frame: PageFrame, say: Say) -> list[Flowable]:
    if not form.rows:
        return [paragraph(say(N_("There is nothing to show in this form.")))]
    columns = [
        PdfColumn(
            title=one.title,
            share=one.share,
            align="left" if one.kind == "text" else "center",
            upright=one.upright,
        )
        for one in form.columns
    ]
    bold = [place for place, row in enumerate(form.rows) if row.total]
    return [
        table(
            columns,
            texts(form),
            width=frame.text_width,
            size=_SIZE,
            bold_rows=bold,
            groups=[row.group for row in form.rows],
        )
    ]


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
    columns = [SheetColumn(title=one.title, width=_width(one)) for one in form.columns]
    rows = [[_value(cell) for cell in row.cells] for row in form.rows]
    about = [
        (say(N_("School")), form.school),
        (say(N_("Form")), form.title),
        (say(N_("Of what")), form.subtitle),
        (say(N_("Made at")), making.moment),
        (say(N_("Check code")), making.code or form.check_code()),
        *(("", line) for line in (*making.certified, *form.notes)),
    ]
    around = [
        SheetColumn(title=say(N_("Field")), width=24),
        SheetColumn(title=say(N_("Value")), width=110),
    ]
    sheets = [
        Sheet(title=say(N_("Table")), columns=columns, rows=rows),
        Sheet(title=say(N_("About the form")), columns=around, rows=about),
    ]
    return write_workbook(sheets, made_at=making.at)


def form_csv(form: PaperForm) -> bytes:
    """The table alone: a head and rows, semicolons, UTF-8."""
    return write_csv([[one.title for one in form.columns], *texts(form)])


def _width(column: FormColumn) -> float:
    return max(5.0, column.share * _CHARACTERS)


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
    if kind == "pdf":
        return form_pdf(form, making, say)
    return form_xlsx(form, making, say) if kind == "xlsx" else form_csv(form)
