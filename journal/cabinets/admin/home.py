"""«Школа»: what is set up, what waits for the administrator, who has a password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.cabinets.admin.blueprint import blueprint
from journal.cabinets.admin.opening import open_year
from journal.control.setup import Setup, read_setup
from journal.core.db import db
from journal.core.jobs import JobState, JobView, recent_jobs
from journal.core.messages import Message
from journal.messages.mail_trouble import count_given_up
from journal.webkit.access import current_actor, requires
from journal.webkit.moment import now

PAGES = {
    "organisation": "admin.organisation",
    "calendar": "admin.calendar",
    "bells": "admin.bells",
    "lists": "admin.lists",
    "staff": "admin.staff",
    "classes": "admin.classes",
    "pupils": "admin.pupils",
    "guardians": "admin.guardians",
    "courses": "admin.courses",
    "timetable": "admin.timetable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The page: no setup as long as there is no academic year."""

    today: date
    setup: Setup | None
    urls: dict[str, str]
    next_url: str | None
    next_label: Message | None
    unlocks_url: str
    mail_lost: int
    running: tuple[JobView, ...]
    ended: tuple[JobView, ...]


@blueprint.get("")
@requires(Permission.MANAGE_SCHOOL)
def home() -> ResponseReturnValue:
    """The administrator's first page."""
    session = db.session()
    opening = open_year(session)
    setup = None
    if opening.year is not None:
        setup = read_setup(session, year=opening.year, today=opening.today, now=now())
    jobs = recent_jobs(session, organisation_id=current_actor().organisation_id, limit=6)
    undone = next((one for one in setup.items if one.state != "ok"), None) if setup else None
    page = Home(
        next_url=url_for(PAGES[undone.key]) if undone else None,
        next_label=undone.label if undone else None,
        today=opening.today,
        setup=setup,
        urls={key: url_for(endpoint) for key, endpoint in PAGES.items()},
        unlocks_url=url_for("unlocks.listing"),
        mail_lost=count_given_up(session),
        running=tuple(job for job in jobs if not job.ended),
        ended=tuple(job for job in jobs if job.state in (JobState.DONE, JobState.FAILED)),
    )
    return render_template("cabinets/admin/home.html", page=page)
