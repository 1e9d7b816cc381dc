"""Printed forms as tables: built once, shown on screen, as PDF, as a workbook and as CSV."""

from journal.reports.forms.model import (
    FormCell,
    FormColumn,
    FormHead,
    FormRow,
    Paper,
    PaperForm,
    Told,
)
from journal.reports.forms.writing import form_csv, form_pdf, form_xlsx, written_papers

__all__ = [
    "FormCell",
    "FormColumn",
    "FormHead",
    "FormRow",
    "Paper",
    "PaperForm",
    "Told",
    "form_csv",
    "form_pdf",
    "form_xlsx",
    "written_papers",
]
