"""The journal grid as a person meets it: cells by pupil and day, keys, what the head says."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, Request, expect
from sqlalchemy.orm import Session

from journal.school.models import ClassGroup
from tests.cast import Cast
from tests.factories import SchoolBuilder

SENT = "Все записи сохранены"


class Grid:
    """The page's table and its surroundings."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.saves: list[dict[str, Any]] = []
        page.on("request", self._note)
        self.ready()

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/save"):
            self.saves.extend(json.loads(request.post_data or "{}")["operations"])

    def ready(self) -> None:
        """The scripts have taken over."""
        expect(self.page.locator("main[data-ready]")).to_be_attached()

    def facts(self) -> dict[str, Any]:
        """The page's own facts."""
        found = self.page.locator("#journal-data").text_content()
        return dict(json.loads(found or "{}"))

    def cell(self, pupil_id: int, lesson_id: int) -> Locator:
        """The cell of a pupil in a lesson."""
        facts = self.facts()
        row = [one["id"] for one in facts["pupils"]].index(pupil_id)
        column = [one["id"] for one in facts["lessons"]].index(lesson_id)
        return self.page.locator(".journal-grid tbody tr").nth(row).locator("td").nth(column)

    def go(self, pupil_id: int, lesson_id: int) -> Locator:
        """Press the cell."""
        cell = self.cell(pupil_id, lesson_id)
        cell.click()
        expect(cell).to_be_focused()
        return cell

    def press(self, *keys: str) -> None:
        """Keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def key(self, code: str, key: str, **held: bool) -> None:
        """One press of the physical key `code` that gives the sign `key` in the present layout,
        with `altKey` or the like held."""
        self.page.evaluate(
            "([code, key, held]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', {code, key, ...held, bubbles: true, cancelable: true}))",
            [code, key, held],
        )

    def paste(self, text: str) -> None:
        """What Ctrl+V of such a text does."""
        self.clipboard("paste", text)

    def clipboard(self, act: str, text: str = "") -> str:
        """copy, cut or paste at the place of the focus; what the clipboard then holds."""
        return str(
            self.page.evaluate(
                "([act, text]) => { const clipboardData = new DataTransfer();"
                "clipboardData.setData('text/plain', text);"
                "document.activeElement.dispatchEvent(new ClipboardEvent(act,"
                " {clipboardData, bubbles: true, cancelable: true}));"
                "return clipboardData.getData('text/plain'); }",
                [act, text],
            )
        )

    @property
    def state(self) -> Locator:
        """The save indicator."""
        return self.page.locator("[data-part-of-grid='save']")

    @property
    def issues(self) -> Locator:
        """What wants a decision."""
        return self.page.locator(".grid-issues > li")

    def saved(self) -> None:
        """Wait until nothing waits."""
        expect(self.state).to_have_text(SENT)


def more_pupils(session: Session, cast: Cast, count: int) -> None:
    """So many more in 5А from the first of September on; commits."""
    school = SchoolBuilder.of(session, cast.school)
    group = session.get_one(ClassGroup, cast.classes["own"])
    for number in range(count):
        school.pupil(f"Новиков{chr(ord('а') + number)} Пётр Ильич", group)
    session.commit()
