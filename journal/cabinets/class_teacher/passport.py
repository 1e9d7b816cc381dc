"""The social passport of the own class: counts; who belongs to what, whose every reading is logged.

`?class=` chooses among several classes.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from journal.access import Permission
from journal.cabinets.class_teacher.views import asked_class, blueprint
from journal.core.db import db, transaction
from journal.core.errors import RuleViolation
from journal.school.class_desk import OwnClass, own_classes
from journal.school.social.queries import SocialCounts, social_counts, social_pupils
from journal.school.social.rules import CATEGORIES
from journal.school.social.service import log_reading, set_categories
from journal.webkit.access import commits, current_actor, requires
from journal.webkit.i18n import say
from journal.webkit.moment import now, today


def _classes() -> tuple[OwnClass, list[OwnClass]]:
    actor = current_actor()
    return own_classes(db.session(), actor, class_id=asked_class(), today=today(actor))


@blueprint.get("/passport")
@requires(Permission.KEEP_CLASS)
def passport() -> ResponseReturnValue:
    """How many of the class belong to what; no names."""
    group, groups = _classes()
    counts = social_counts(db.session(), [group.id], day=today(current_actor()))
    page = {"group": group, "groups": groups}
    return render_template(
        "cabinets/class_teacher/passport.html",
        page=page,
        counts=counts.get(group.id, SocialCounts()),
        categories=CATEGORIES,
    )


@blueprint.get("/passport/pupils")
@requires(Permission.KEEP_CLASS)
def passport_pupils() -> ResponseReturnValue:
    """Who belongs to what. Logged before anything is read."""
    group, _groups = _classes()
    with transaction() as writing:
        log_reading(writing, current_actor(), group, now=now())
    pupils = social_pupils(db.session(), group.id, day=today(current_actor()))
    page = {"group": group, "pupils": pupils}
    return render_template(
        "cabinets/class_teacher/passport_pupils.html", categories=CATEGORIES, **page
    )


@blueprint.post("/passport/pupils/<int:pupil_id>")
@requires(Permission.KEEP_CLASS)
@commits
def passport_change(pupil_id: int) -> ResponseReturnValue:
    """What one pupil belongs to from now on; what is refused is said on the page, read anew."""
    group, _groups = _classes()
    try:
        with db.session.begin_nested():
            _set(group, pupil_id)
        flash(_("The categories are saved."), "ok")
    except RuleViolation as refused:
        flash(say(refused.message), "bad")
    place = url_for("class_teacher.passport_pupils")
    return redirect(f"{place}?class={group.id}#pupil-{pupil_id}")


def _set(group: OwnClass, pupil_id: int) -> None:
    actor = current_actor()
    set_categories(
        db.session(),
        actor,
        group=group,
        pupil_id=pupil_id,
        categories=request.form.getlist("category"),
        today=today(actor),
        now=now(),
    )
