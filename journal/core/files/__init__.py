"""Files people hand in: a row for each upload, its bytes kept once under their SHA-256."""

from journal.core.files.kinds import ALL_KINDS, FileKind
from journal.core.files.models import StoredFile
from journal.core.files.queries import StoredFacts, file_facts, stored_file
from journal.core.files.service import FileRefused, prune_bytes, prune_rows, store_upload
from journal.core.files.store import DirectoryStore, FileStore

__all__ = [
    "ALL_KINDS",
    "DirectoryStore",
    "FileKind",
    "FileRefused",
    "FileStore",
    "StoredFacts",
    "StoredFile",
    "file_facts",
    "prune_bytes",
    "prune_rows",
    "store_upload",
    "stored_file",
]
