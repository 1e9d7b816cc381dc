"""The files of excuses, for everybody who may read the excuse."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from journal.access import Permission
from journal.attendance.excuses.deeds import Deed, excuse_file
from journal.core.db import db
from journal.webkit.access import current_actor, requires
from journal.webkit.files import send_stored
from journal.webkit.moment import now

blueprint = Blueprint("excuses", __name__, url_prefix="/excuses")


@blueprint.get("/<int:excuse_id>/files/<int:file_id>")
@requires(Permission.OPEN_EXCUSE)
def file(excuse_id: int, file_id: int) -> ResponseReturnValue:
    """A photo or scan of a certificate."""
    deed = Deed(db.session(), current_actor(), now())
    return send_stored(excuse_file(deed, excuse_id=excuse_id, file_id=file_id))
