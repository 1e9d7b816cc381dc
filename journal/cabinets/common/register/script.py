"""Facts for scripts: compact JSON that is safe inside a <script> element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
from markupsafe import Markup

_UNSAFE = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"))


def script_json(facts: Any) -> Markup:
    """`facts` as one JSON text. No tag can be closed from inside of it."""
    text = orjson.dumps(facts)
    for sign, spelled in _UNSAFE:
        text = text.replace(sign, spelled)
    return Markup(text.decode())


def with_list(facts: Markup, name: str, items: Iterable[str]) -> Markup:
    """The facts with a list under one more name; facts and items are texts of `script_json`."""
    return Markup(f'{{"{name}":[{",".join(items)}],{facts[1:]}')
