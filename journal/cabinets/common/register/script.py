"""Facts for scripts: compact JSON that is safe inside a <script> element."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TABLE = str.maketrans(_UNSAFE)


def script_json(facts: Any) -> Markup:
    """`facts` as one JSON text. No tag can be closed from inside of it."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_TABLE))
