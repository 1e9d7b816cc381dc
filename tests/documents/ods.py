"""A minimal .ods for tests: just enough for a reader."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, time
from xml.sax.saxutils import escape

_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2">'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_KIND}"/>'
    "</manifest:manifest>"
)


def write_ods(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    *,
    repeat_rows: int = 1,
    repeat_columns: int = 1,
    raw: bytes | None = None,
) -> bytes:
    """The sheets; the last row (and its cells) may be repeated, the content may be `raw`."""
    body = "".join(_sheet(name, rows, repeat_rows, repeat_columns) for name, rows in sheets.items())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", raw or (_HEAD + body + _TAIL).encode())
    return packed.getvalue()


def _sheet(name: str, rows: Sequence[Sequence[object]], repeat: int, columns: int) -> str:
    written = []
    for number, row in enumerate(rows, start=1):
        times = f' table:number-rows-repeated="{repeat}"' if number == len(rows) else ""
        across = columns if number == len(rows) else 1
        cells = "".join(_cell(value, across) for value in row)
        written.append(f"<table:table-row{times}>{cells}</table:table-row>")
    return f'<table:table table:name="{escape(name)}">{"".join(written)}</table:table>'


def _cell(value: object, across: int) -> str:
    times = f' table:number-columns-repeated="{across}"' if across > 1 else ""
    if value in ("", None):
        return f"<table:table-cell{times}/>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, time):
        kind = f'office:value-type="time" office:time-value="PT{value:%H}H{value:%M}M00S"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    text = escape(str(value))
    return f"<table:table-cell {kind}{times}><text:p>{text}</text:p></table:table-cell>"
