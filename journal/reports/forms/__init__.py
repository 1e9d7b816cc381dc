"""Printed forms as tables: built once, shown on screen, as PDF, as a workbook and as CSV."""

from journal.reports.forms.model import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.writing import form_csv, form_pdf, form_xlsx

__all__ = [
    "FormCell",
    "FormColumn",
    "FormRow",
    "PaperForm",
    "form_csv",
    "form_pdf",
    "form_xlsx",
]
