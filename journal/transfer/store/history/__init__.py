"""The journal history on the database: what is held, and writing a package into it."""

from journal.transfer.store.history.held import HeldHistory, gather_history
from journal.transfer.store.history.write import StoredHistory, store_history

__all__ = ["HeldHistory", "StoredHistory", "gather_history", "store_history"]
