"""What a teacher feels: the first paint of a wide journal page, and from a key to the painted mark.

Chromium against the production server; a page of 35 pupils and 90 lessons. Without Chromium
nothing is measured, and the document says so.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.school import BenchSchool, Size
from bench.server import Server

WIDE = Size(pupils=35, lessons=90)
PAINT_LIMIT, TYPING_LIMIT = 300, 50
OPENED = 7
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""

_PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0].startTime"""
_TIMES = """() => {
  window.typed = [];
  document.addEventListener("keydown", () => {
    const pressed = performance.now();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => window.typed.push(performance.now() - pressed);
    requestAnimationFrame(() => painted.port2.postMessage(null));
  }, true);
}"""


@dataclass(frozen=True, slots=True)
class Screen:
    """Milliseconds: first paint (median), key to painted mark (median, 95th of a hundred); what the
    page's thread worked for opening and for a mark, its saving and the step down: processor time,
    which does not depend on what else the machine does."""

    first_paint: float
    typed: float
    typed_95: float
    opening_work: float
    mark_work: float


def screen(server: Server, school: BenchSchool) -> Screen | None:
    """Open the page some times, then type a mark for every pupil of the last lesson."""
    if not CHROMIUM:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
        url = f"http://127.0.0.1:{server.port}"
        cookie = {"name": "session", "value": server.cookie(school.teacher), "url": url}
        context.add_cookies([cookie])
        page = context.new_page()
        meter = context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        paints = [_opened(page, f"{url}/journal/{school.course_id}") for _ in range(OPENED)]
        opening = _worked(meter)
        times = sorted(_typed(page))
        mark = (_worked(meter) - opening) / WIDE.pupils
        browser.close()
    return Screen(median(paints), median(times), times[int(len(times) * 0.95)], opening, mark)


def _worked(meter: CDPSession) -> float:
    """Milliseconds of processor time of the page's main thread since the page was opened."""
    metrics = meter.send("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration") * 1000


def _opened(page: Page, address: str) -> float:
    page.goto(address)
    page.wait_for_selector("main[data-ready]")
    return float(page.evaluate(_PAINTED))


def _typed(page: Page) -> list[float]:
    """The page opens at the last lesson; the focus stands on its first pupil."""
    page.locator(".journal-grid td[tabindex='0']").click()
    page.evaluate(_TIMES)
    for number in range(WIDE.pupils):
        page.keyboard.press("5432"[number % 4])
        page.wait_for_timeout(150)  # a fast hand
        page.keyboard.press("Enter")
        page.wait_for_timeout(50)
    return [float(time) for time in page.evaluate("() => window.typed")]


def words(found: Screen | None) -> str:
    """A line of the document."""
    if found is None:
        return "In the browser: not measured, there was no Chromium."
    paint = " **over**" if found.first_paint > PAINT_LIMIT else ""
    typing = " **over**" if found.typed_95 > TYPING_LIMIT else ""
    return (
        f"In Chromium, journal page of {WIDE.pupils} pupils × {WIDE.lessons} lessons: first paint "
        f"after {found.first_paint:.0f} ms{paint} (limit {PAINT_LIMIT} ms); from the key to the "
        f"painted mark {found.typed:.0f} ms, {found.typed_95:.0f} ms in 95 of 100{typing} "
        f"(limit {TYPING_LIMIT} ms). The page's own thread works {found.opening_work:.0f} ms to "
        f"open and {found.mark_work:.0f} ms for a mark, its saving and the step to the next pupil."
    )
