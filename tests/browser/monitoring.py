"""Browsers of the people of a region, and the work the server does beside them."""

from __future__ import annotations

from threading import Event

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from journal.access import Actor
from journal.core.db import transaction
from journal.core.jobs import claim_next
from journal.core.tenancy import across
from journal.jobs.handlers import HANDLERS
from journal.jobs.working import do_job
from tests.browser.conftest import Site
from tests.cast import NOW


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


def work(app: Flask) -> None:
    """What the runner does beside the server."""
    with app.app_context():
        while True:
            with transaction() as session, across(session, "the jobs of the test"):
                job = claim_next(session, kinds=list(HANDLERS), now=NOW)
            if job is None:
                return
            do_job(job, HANDLERS[job.kind], stopping=Event(), clock=lambda: NOW)


def ready(page: Page) -> None:
    """The scripts of the page have begun."""
    page.locator("html[data-modules]").wait_for(state="attached")
