"""The address of static files carries a fingerprint of all of them.

Browser modules import each other by relative paths: with the fingerprint in the path a page never
mixes modules of two versions, and a browser may keep them as long as it likes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path


def static_path(folder: Path) -> str:
    """«/static/<fingerprint>»: another one as soon as any file of the folder is another."""
    digest = hashlib.sha256()
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}"
