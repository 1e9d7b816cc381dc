"""Who may what, purely: roles, permissions, the grants table and the Actor. No database here."""

from journal.access.actor import Actor, Membership
from journal.access.permissions import GRANTS, Permission
from journal.access.roles import ASSIGNED_ROLES, ROLE_NAMES, STAFF_ROLES, Role

__all__ = [
    "ASSIGNED_ROLES",
    "GRANTS",
    "ROLE_NAMES",
    "STAFF_ROLES",
    "Actor",
    "Membership",
    "Permission",
    "Role",
]
