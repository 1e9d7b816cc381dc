"""Stored files at the web edge: the store of the installation, taking uploads, sending files."""

from __future__ import annotations

from collections.abc import Collection
from typing import BinaryIO, cast

from flask import Response, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.wsgi import wrap_file

from config import Settings
from journal.access import Actor
from journal.core.db import db
from journal.core.errors import NotFound
from journal.core.files import (
    ALL_KINDS,
    DirectoryStore,
    FileKind,
    FileStore,
    StoredFacts,
    store_upload,
)
from journal.core.messages import N_
from journal.webkit.answers import disposition
from journal.webkit.moment import now

_SHOWN_BY_BROWSERS = frozenset({"image/jpeg", "image/png", "image/webp"})


def file_store() -> FileStore:
    """The store of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return DirectoryStore(settings.files_dir)


def take_upload(
    actor: Actor,
    organisation_id: int,
    upload: FileStorage,
    *,
    allowed: Collection[FileKind] = ALL_KINDS,
    field: str = "file",
) -> StoredFacts:
    """Keep one uploaded file, up to 20 MB. Raises FileRefused; needs the view's transaction."""
    return store_upload(
        db.session(),
        file_store(),
        organisation_id=organisation_id,
        account_id=actor.account_id,
        content=cast("BinaryIO", upload.stream),
        name=upload.filename or "",
        now=now(),
        allowed=allowed,
        field=field,
    )


def send_stored(facts: StoredFacts) -> Response:
    """Send a file whose owner's loader has let the actor through; nothing is asked here.

    The browser may keep it but asks again each time, so that a right that ended is felt at once.
    Pictures are shown, everything else is saved; nothing in it may run.
    """
    try:
        content = file_store().open(facts.sha256)
    except FileNotFoundError:
        raise NotFound(
            N_("The file is missing from the server's disk. Tell the administrator.")
        ) from None
    answer = Response(wrap_file(request.environ, content), mimetype=facts.media_type)
    answer.content_length = facts.size
    inline = facts.media_type in _SHOWN_BY_BROWSERS
    answer.headers["Content-Disposition"] = disposition(facts.name, inline=inline)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(facts.sha256)
    answer.make_conditional(request.environ, accept_ranges=True, complete_length=facts.size)
    return answer
