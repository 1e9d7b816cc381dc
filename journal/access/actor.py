"""The Actor: who acts, with which roles, in which organisations. A value, passed as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from journal.access.permissions import Permission, permissions_of
from journal.access.roles import Role


@dataclass(frozen=True)
class Membership:
    """One person of the account in one organisation.

    `staff_id`, `pupil_id`, `guardian_id` are the rows the person has there, if any.
    """

    organisation_id: int
    organisation_name: str
    time_zone: str
    person_id: int
    name: str
    roles: frozenset[Role]
    staff_id: int | None = None
    pupil_id: int | None = None
    guardian_id: int | None = None

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything the roles held here allow."""
        return permissions_of(self.roles)


@dataclass(frozen=True)
class Actor:
    """A signed-in account acting in `current`, the organisation chosen for staff pages.

    `memberships` holds every organisation of the account: a parent may have children in two.
    `unread` is the number of notifications not read in any of them.
    """

    account_id: int
    login: str
    memberships: tuple[Membership, ...]
    current: Membership
    client_address: str | None = None
    must_change_password: bool = False
    locale: str = "ru"
    unread: int = 0

    @property
    def name(self) -> str:
        """Фамилия И. О. in the current organisation."""
        return self.current.name

    @property
    def organisation_id(self) -> int:
        """The current organisation."""
        return self.current.organisation_id

    @property
    def organisation_ids(self) -> frozenset[int]:
        """All organisations the account belongs to: the bound of every statement."""
        return frozenset(member.organisation_id for member in self.memberships)

    @property
    def has_lessons(self) -> bool:
        """Teaches, learns, or has children who do."""
        own = any(member.pupil_id or member.guardian_id for member in self.memberships)
        return own or self.may_anywhere(Permission.WRITE_LESSONS)

    @property
    def at_home(self) -> bool:
        """A pupil or a parent alone, nobody's colleague."""
        if any(member.staff_id for member in self.memberships):
            return False
        return any(member.pupil_id or member.guardian_id for member in self.memberships)

    def may(self, permission: Permission, organisation_id: int | None = None) -> bool:
        """Whether the permission is held in that organisation (default: the current one)."""
        member = self.member_of(organisation_id or self.organisation_id)
        return member is not None and permission in member.permissions

    def may_anywhere(self, permission: Permission) -> bool:
        """Whether the permission is held in any organisation of the account."""
        return any(permission in member.permissions for member in self.memberships)

    def member_of(self, organisation_id: int) -> Membership | None:
        """The membership in that organisation, or None."""
        for member in self.memberships:
            if member.organisation_id == organisation_id:
                return member
        return None
