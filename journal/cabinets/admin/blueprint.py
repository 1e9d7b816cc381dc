"""The blueprint of the administrator's cabinet; its pages show the chosen organisation alone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from journal.access import ASSIGNED_ROLES, ROLE_NAMES, Permission, Role
from journal.cabinets.admin import words
from journal.school.rules import term_name
from journal.timetable.words import WEEK_KINDS, WEEKDAYS
from journal.webkit.access import work_in_current_organisation
from journal.webkit.job_kinds import JOB_NAMES
from journal.webkit.words import RELATIONS, STAGES

blueprint = Blueprint("admin", __name__, url_prefix="/school")
blueprint.before_request(work_in_current_organisation)


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """The words of codes, for every template of the cabinet."""
    return {
        "Permission": Permission,
        "job_names": JOB_NAMES,
        "movements": words.MOVEMENTS,
        "relations": RELATIONS,
        "role_names": ROLE_NAMES,
        "scales": words.SCALES,
        "staff_roles": [role for role in Role if role in ASSIGNED_ROLES],
        "stages": STAGES,
        "study_forms": words.STUDY_FORMS,
        "term_name": term_name,
        "week_kinds": WEEK_KINDS,
        "weekdays": WEEKDAYS,
    }
