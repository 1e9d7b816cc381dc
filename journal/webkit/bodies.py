"""JSON that browsers send: any text of it can be kept and shown, any nesting can be refused.

A script that cuts a text in the middle of a sign sends half of it («\\ud83d»): no database and
no page can hold; forms and addresses cannot carry such halves.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider

_HALF_OF_A_SIGN = re.compile("[\ud800-\udfff]")


class SentJson(DefaultJSONProvider):
    """Flask's JSON, reading what was sent with care; everything unreadable is a ValueError."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """The value of a text in UTF-8, without NUL and with � for halves of signs."""
        text = s.decode() if isinstance(s, bytes) else s
        try:
            value = super().loads(text, **kwargs)
            # Neither a NUL nor half of a sign can be written without a backslash and u.
            return _whole(value) if "\\u" in text else value
        except RecursionError as endless:
            raise ValueError("nested too deeply") from endless


def init_app(app: Flask) -> None:
    """Answers are written in the letters of their language."""
    app.json = SentJson(app)
    app.json.ensure_ascii = False


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF_OF_A_SIGN.sub("\N{REPLACEMENT CHARACTER}", value).replace("\0", "")
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value
