"""The XML export of aSc Timetables (variants 2008 and 2012), as rows of attributes by element.

`<timetable>` holds lists: `<teachers><teacher id name …/></teachers>`, `<lessons>`, `<cards>` … The
encoding is named by the file (schools export windows-1251 or UTF-8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.parsers import expat

from journal.core.messages import N_
from journal.documents.guards import Limits, UnreadableFile, check_size, damaged

LIMITS = Limits(file_bytes=20_000_000)
ROOT = "timetable"
KEPT = frozenset({"teacher", "class", "subject", "classroom", "group", "lesson", "card"})

Rows = Mapping[str, Sequence[Mapping[str, str]]]


def parse_asc(data: bytes) -> Rows:
    """The rows of the file; raises UnreadableFile for what is no such export."""
    check_size(data, LIMITS)
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError) as broken:
        raise UnreadableFile(damaged()) from broken
    if reader.root != ROOT or not reader.rows["card"]:
        raise UnreadableFile(
            N_(
                "This is no timetable of aSc Timetables. In the program choose «File», «Export», "
                "«aSc Timetables XML» and hand that file in."
            )
        )
    return reader.rows


class _Reader:
    """Collects attributes; a document type could unfold without end and is refused."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.rows: dict[str, list[Mapping[str, str]]] = defaultdict(list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            self.root = name
        elif name in KEPT:
            self.rows[name].append(attributes)

    def refuse(self, *_declared: Any) -> None:
        raise UnreadableFile(damaged())
