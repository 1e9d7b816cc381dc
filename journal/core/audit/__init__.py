"""The append-only, hash-chained log of every change (domain.md, «Edit windows»)."""

from journal.core.audit.models import AuditEntry, AuditHead
from journal.core.audit.service import Change, Origin, record, record_many
from journal.core.audit.verify import ChainFault, verify_chain

__all__ = [
    "AuditEntry",
    "AuditHead",
    "ChainFault",
    "Change",
    "Origin",
    "record",
    "record_many",
    "verify_chain",
]
