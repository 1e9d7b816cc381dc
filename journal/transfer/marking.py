"""The copy of a faulty file in which every error is coloured and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from journal.core.messages import Message
from journal.documents.marked import Remark, marked_copy
from journal.transfer.faults import ImportFault


def marked_file(
    file_name: str,
    data: bytes,
    faults: Iterable[ImportFault],
    *,
    translate: Callable[[Message], str],
    made_at: datetime,
) -> bytes:
    """The .xlsx copy; `translate` gives the reader's language (the edge has it)."""
    remarks = [
        Remark(
            sheet=fault.sheet,
            row=fault.row,
            column=fault.column,
            text=translate(fault.message),
        )
        for fault in faults
    ]
    return marked_copy(file_name, data, remarks, made_at=made_at)
