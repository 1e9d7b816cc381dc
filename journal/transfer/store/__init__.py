"""The database side of the exchange: what a school holds, and writing a package into it."""

from journal.transfer.store.held import Held, gather_school
from journal.transfer.store.school import StoredSchool, settled, store_school

__all__ = ["Held", "StoredSchool", "gather_school", "settled", "store_school"]
