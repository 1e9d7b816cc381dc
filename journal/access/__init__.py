"""Who may what, purely: roles, permissions, the grants table and the Actor. No database here."""

from journal.access.actor import Actor, Membership
from journal.access.permissions import GRANTS, Permission
from journal.access.roles import Role

__all__ = ["GRANTS", "Actor", "Membership", "Permission", "Role"]
