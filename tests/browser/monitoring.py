"""Browsers of the people of a region, and the work the server does beside them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from journal.access import Actor
from tests.browser.conftest import Site


def enter(site: Site, browser: Browser, actor: Actor, path: str) -> Page:
    """A browser of somebody of the region; what it asks is answered with yes."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ru-RU")
    site.enter(context, actor.account_id)
    site.contexts.append(context)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(site.url + path)
    return page


def ready(page: Page) -> None:
    """The scripts of the page have begun."""
    page.locator("html[data-modules]").wait_for(state="attached")
