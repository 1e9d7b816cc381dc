"""Cells as markup, by the one macro."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import get_template_attribute
from markupsafe import Markup

from journal.cabinets.common.register.words import codes_in
from journal.register.rules.cells import OUT, RELEASED
from journal.register.rules.page import CellMark, CellState
from journal.webkit.i18n import day, gettext

_LOOKS: dict[str, dict[CellState, str]] = {}
_MOST_LOOKS = 20_000


def _looks(locale: str) -> dict[CellState, str]:
    """Cells of this language written before: some hundred looks serve a whole school."""
    known = _LOOKS.setdefault(locale, {})
    if len(known) > _MOST_LOOKS:
        known.clear()
    return known


class Painter:
    """Writes cells; a look that occurs a thousand times is rendered once.

    Cells with a comment are somebody's own and are not kept after the page.
    """

    def __init__(self, locale: str) -> None:
        self._macro = get_template_attribute("components/cell.html", "cell")
        self._codes = codes_in(locale)
        self._gaps = {
            OUT: gettext("not on the roster that day"),
            RELEASED: gettext("released from attending"),
        }
        self._known = _looks(locale)
        self._written: dict[int, str] = {}

    def row(self, cells: Sequence[CellState]) -> Markup:
        """The cells of one pupil. A shared state is found by identity, which is much faster."""
        written = self._written
        try:
            return Markup("".join(map(written.__getitem__, map(id, cells))))
        except KeyError:
            return Markup("".join([written.get(id(one)) or self._first(one) for one in cells]))

    def _first(self, state: CellState) -> str:
        """A state met for the first time on this page."""
        html = self._written[id(state)] = self._write(state)
        return html

    def _write(self, state: CellState) -> str:
        html = self._known.get(state)
        if html is None:
            html = str(self._macro(self._words(state)))
            if not state.comment:
                self._known[state] = html
        return html

    def _words(self, state: CellState) -> dict[str, Any]:
        comment = gettext("comment: %(text)s", text=state.comment) if state.comment else None
        return {
            "css": state.css,
            "readonly": state.readonly,
            "marks": [self._mark(mark) for mark in state.marks],
            "absence": self._absence(state) or self._excused(state),
            "hidden": " ".join(
                filter(None, (comment, self._gaps[state.gap] if state.gap else None))
            ),
        }

    def _mark(self, mark: CellMark) -> dict[str, Any]:
        title = (
            gettext("an answer is awaited until %(day)s", day=day(mark.deadline))
            if mark.deadline
            else None
        )
        return {"text": mark.text, "css": mark.css, "retaken": mark.retaken, "title": title}

    def _absence(self, state: CellState) -> dict[str, Any] | None:
        if state.absence is None:
            return None
        letter, title = self._codes[state.absence]
        css = f"c-{state.absence}"
        if state.minutes:
            title = gettext("%(n)s minutes late", n=state.minutes)
        return {"css": css, "letter": letter, "title": title}

    def _excused(self, state: CellState) -> dict[str, Any] | None:
        """An excuse before the lesson is taken: outlined, because nothing is entered."""
        if state.known is None:
            return None
        code, confirmed = state.known
        letter, reason = self._codes[code]
        if confirmed:
            title = gettext("excused: %(reason)s", reason=reason)
        else:
            letter = f"{letter}?"
            title = gettext("announced by the family, not confirmed: %(reason)s", reason=reason)
        return {"css": f"known c-{code}", "letter": letter, "title": title}
