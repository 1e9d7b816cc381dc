"""«Помощь»: what to do now, by role, and whom to ask at this school (003:39–40)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from journal.access import ROLE_NAMES, Permission, Role
from journal.core.db import db
from journal.core.messages import N_, Message
from journal.office.setup.ground import organisation_facts
from journal.webkit.access import current_actor, requires
from journal.webkit.menu import MenuEntry

blueprint = Blueprint("help", __name__, url_prefix="/help")
BLUEPRINTS = (blueprint,)
MENU: tuple[MenuEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one does, when, and the page where it is done."""

    what: Message
    when: Message
    page: str


_DAILY, _YEARLY, _ASKED = N_("every school day"), N_("at the start of the year"), N_("when asked")
_WEEKLY, _EVER = N_("every week"), N_("always")
STEPS: dict[Role, tuple[Step, ...]] = {
    Role.ADMINISTRATOR: (
        Step(N_("See what of the school is not set up yet and go on there"), _EVER, "admin.home"),
        Step(N_("Follow the plan of adoption"), _YEARLY, "adoption.plan"),
        Step(N_("Hand out logins and temporary passwords"), _ASKED, "credentials.overview"),
        Step(N_("Enter who comes, leaves or changes the class"), _ASKED, "admin.movement"),
        Step(N_("Answer requests to open entries"), _DAILY, "unlocks.listing"),
    ),
    Role.DIRECTOR: (
        Step(N_("Look at the figures of the week"), _WEEKLY, "director.home"),
        Step(
            N_("Tick your items of the plan of adoption, sign the orders"), _YEARLY, "adoption.plan"
        ),
        Step(N_("See where the journal is not filled"), _WEEKLY, "control.not_filled"),
    ),
    Role.DEPUTY_DIRECTOR: (
        Step(N_("See what waits today"), _DAILY, "deputy.home"),
        Step(N_("Remind teachers of what is not filled"), _WEEKLY, "control.not_filled"),
        Step(N_("Answer requests to open entries"), _DAILY, "unlocks.listing"),
    ),
    Role.CLASS_TEACHER: (
        Step(N_("See who is absent and why"), _DAILY, "class_teacher.home"),
        Step(N_("Keep the data of pupils and parents"), _EVER, "class_teacher.pupils"),
        Step(N_("Hand out logins and temporary passwords"), _ASKED, "credentials.overview"),
        Step(N_("Confirm what families tell of absences"), _DAILY, "class_excuses.listing"),
        Step(
            N_("Read the journal of the class in all subjects"), _WEEKLY, "class_teacher.journals"
        ),
    ),
    Role.TEACHER: (
        Step(
            N_(
                "Mark who is absent, enter topic, marks and homework: two days after the lesson "
                "the entries close"
            ),
            _DAILY,
            "teacher.home",
        ),
        Step(N_("Ask to open a closed entry, with the reason"), _ASKED, "unlocks.listing"),
    ),
    Role.SPECIALIST: (
        Step(N_("See who is often absent"), _WEEKLY, "specialist.home"),
        Step(N_("Find a pupil, keep notes"), _ASKED, "specialist.pupils"),
    ),
    Role.PARENT: (
        Step(N_("See lessons, marks and homework of each child"), _DAILY, "parent.family"),
        Step(
            N_("Tell the school of an absence, with a certificate"),
            _ASKED,
            "family_excuses.listing",
        ),
        Step(N_("See absences and their reasons"), _WEEKLY, "pupil.absences"),
    ),
    Role.PUPIL: (
        Step(N_("See what is set for tomorrow"), _DAILY, "pupil.today"),
        Step(N_("See how an average came about"), _WEEKLY, "pupil.marks"),
    ),
    Role.MONITORING_COORDINATOR: (
        Step(N_("Fill in a form of the region and send it in time"), _ASKED, "monitoring.current"),
        Step(N_("Hand out logins and temporary passwords"), _ASKED, "credentials.overview"),
    ),
    Role.MONITORING_RESPONSIBLE: (
        Step(N_("Fill in the form entrusted to you"), _ASKED, "monitoring.current"),
    ),
    Role.REGIONAL_OPERATOR: (
        Step(N_("See who has not begun, remind them"), _WEEKLY, "region.procedures"),
        Step(N_("Answer applications of schools"), _DAILY, "centre.organisations"),
        Step(N_("Compare results by year and municipality"), _ASKED, "region.base"),
    ),
}


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def page() -> ResponseReturnValue:
    """The steps of every role one has, the contacts of the school."""
    place = current_actor().current
    facts = organisation_facts(db.session(), place.organisation_id)
    roles = [(ROLE_NAMES[role], STEPS[role]) for role in Role if role in place.roles & STEPS.keys()]
    return render_template("shared/help.html", roles=roles, facts=facts)
