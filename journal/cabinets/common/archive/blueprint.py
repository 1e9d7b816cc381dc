"""The blueprint of the archive; its pages show the chosen organisation alone."""

from __future__ import annotations

from flask import Blueprint

from journal.webkit.access import work_in_current_organisation

blueprint = Blueprint("archive", __name__, url_prefix="/archive")
blueprint.before_request(work_in_current_organisation)
