"""Answers that are not pages: JSON refusals, downloads."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, jsonify, request

from journal.core.messages import Message
from journal.webkit.i18n import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wants_json() -> bool:
    """Whether the client speaks JSON (the grid's saves, progress of a job)."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def wants_fragment() -> bool:
    """Whether a script of the page asks for a part of it."""
    return request.headers.get("X-Fragment") == "1"


def refusal(message: Message, status: int, **facts: object) -> Response:
    """A refusal in JSON: the same sentence a page would show."""
    answer = jsonify(message=say(message), **facts)
    answer.status_code = status
    return answer


def download(content: bytes, *, name: str, mimetype: str, inline: bool = False) -> Response:
    """A file to save; the Russian name goes the RFC 5987 way."""
    answer = Response(content, mimetype=mimetype)
    answer.headers["Content-Disposition"] = disposition(name, inline=inline)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def disposition(name: str, *, inline: bool = False) -> str:
    """Content-Disposition of a file: its name survives whatever letters it is written in."""
    return f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
