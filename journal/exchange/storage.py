"""Contents and findings as JSON: what is stored of a draft, an attempt, a submission.

The responsible person's name and telephone stay in the file: what is exchanged is depersonalised.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from journal.exchange.control import Finding
from journal.exchange.figures import ClassLine, Content, Explanation


def content_text(content: Content) -> str:
    """The content as JSON, without the responsible person."""
    facts = {
        "classes": [None if one is None else asdict(one) for one in content.classes],
        "numbers": {sheet: [dict(row) for row in rows] for sheet, rows in content.numbers.items()},
        "explanations": [asdict(one) for one in content.explanations],
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def content_of(text: str) -> Content:
    """The inverse of `content_text`."""
    facts: dict[str, Any] = json.loads(text)
    return Content(
        classes=[None if one is None else ClassLine(**one) for one in facts["classes"]],
        numbers=facts["numbers"],
        explanations=[Explanation(**one) for one in facts["explanations"]],
    )


def findings_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON."""
    return json.dumps([asdict(one) for one in findings], ensure_ascii=False)


def findings_of(text: str | None) -> tuple[Finding, ...]:
    """The inverse of `findings_text`; nothing stored is nothing found."""
    return tuple(Finding(**one) for one in json.loads(text or "[]"))
