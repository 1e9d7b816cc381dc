"""What is typed into a column of results: values by any layout, reasons, versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from journal.office.term_marks import Decision
from journal.webkit.filters import number_of

# Letters by physical key, so that the layout of the keyboard does not matter (ux.md).
_WORDS = {
    "н": "н/а",
    "на": "н/а",
    "y": "н/а",
    "o": "осв",
    "о": "осв",
    "j": "осв",
    "з": "зач",
    "p": "зач",
    "-": "незач",
    "нез": "незач",
}


def typed_value(text: str) -> str:
    """«н» is н/а, «о» осв, «з» зач, «-» незач; everything else stays as it is typed."""
    short = text.strip().lower()
    return _WORDS.get(short, short)[:20]


def typed_decisions(form: Mapping[str, str], pupil_ids: Iterable[int]) -> tuple[Decision, ...]:
    """The decisions of a posted page, of the pupils it shows."""
    return tuple(
        Decision(
            pupil_id=pupil_id,
            value=typed_value(form[f"value-{pupil_id}"]),
            reason=form.get(f"reason-{pupil_id}", ""),
            base=number_of(form.get(f"base-{pupil_id}", "")) or 0,
        )
        for pupil_id in pupil_ids
        if f"value-{pupil_id}" in form
    )


def pupils_of(form: Iterable[str]) -> tuple[int, ...]:
    """The pupils a posted page names."""
    numbers = (number_of(name.removeprefix("value-")) for name in form if name.startswith("value-"))
    return tuple(dict.fromkeys(one for one in numbers if one is not None))
