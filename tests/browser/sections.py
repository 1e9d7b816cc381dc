"""The bar of sections, as its reader uses it: a folded group is unfolded first."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page


def section(page: Page, name: str) -> Locator:
    """The link of that section in the bar, unfolded when it lies in a group."""
    bar = page.locator(".topbar nav")
    exactly = re.compile(rf"^\s*{re.escape(name)}(\s|$)")
    link = bar.locator("a", has_text=exactly).first
    if not link.is_visible():
        link.locator("xpath=ancestor::details/summary").click()
    return link


def open_section(page: Page, name: str) -> None:
    """Go there."""
    section(page, name).click()
