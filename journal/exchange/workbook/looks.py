"""How the cells of a form are dressed: one sober table, yellow where people type."""

from __future__ import annotations

from dataclasses import replace

from journal.documents.book import Look

_LINE = "8C96A3"
HEADING = Look(size=14, bold=True, colour="1F3A5F")
SUBHEADING = Look(size=11, bold=True, colour="1F3A5F")
LINE = Look(size=10)
NOTE = Look(size=9, italic=True, colour="55606E", wrap=True, valign="top")
TEXT = Look(size=10, wrap=True, valign="top")
LABEL = Look(size=10, border=_LINE, fill="EDF1F6", wrap=True)
FACT = Look(size=10, border=_LINE, wrap=True, number_format="@")
GROUP = Look(size=9, bold=True, fill="D6DFEA", border=_LINE, align="center", wrap=True)
HEADER = Look(size=8, fill="EDF1F6", border=_LINE, align="center", wrap=True)
GRAPH = Look(size=8, italic=True, fill="EDF1F6", border=_LINE, align="center", number_format="0")
IDENTITY = Look(border=_LINE, align="center")
TYPED = Look(fill="FFF8DC", border=_LINE, align="right", number_format="0", locked=False)
TYPED_TEXT = Look(size=10, fill="FFF8DC", border=_LINE, wrap=True, number_format="@", locked=False)
TYPED_CLASS = replace(TYPED_TEXT, align="center", number_format="General")
COMPUTED = Look(fill="F4F6F8", border=_LINE, align="right", number_format="0")
SHARE = replace(COMPUTED, number_format="0.0")
SPARE = replace(COMPUTED, number_format="0;-0;")
CLOSED = Look(fill="F0F0F0", border=_LINE)
CONTROL = Look(bold=True, colour="B42318", border=_LINE)
TOTAL = replace(COMPUTED, bold=True, fill="DFE6EE")
TOTAL_SHARE = replace(SHARE, bold=True, fill="DFE6EE")
TOTAL_LABEL = replace(IDENTITY, bold=True, fill="DFE6EE", align="left")
LEVEL_LABEL = replace(IDENTITY, align="left")
