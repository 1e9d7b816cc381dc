"""Typed refusals: each carries a Message for the reader and the HTTP status of its answer."""

from __future__ import annotations

from collections.abc import Sequence

from journal.core.messages import N_, Message


class JournalError(Exception):
    """Base of every business refusal; never raised itself."""

    status = 400

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class NotFound(JournalError):
    """The object does not exist, or the actor may not even know that it does."""

    status = 404

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message or N_("There is no such page. Check the address."))


class Forbidden(JournalError):
    """The object is visible to the actor, but this act is not his."""

    status = 403

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message or N_("You have no access to this page."))


class RuleViolation(JournalError):
    """A rule refuses a value; `field` names the form field (or the JSON key) it belongs to."""

    status = 422

    def __init__(self, field: str, message: Message) -> None:
        super().__init__(message)
        self.field = field


class SeveralViolations(JournalError):
    """Several rules refuse at once: nothing was written, and all of it is told together."""

    status = 422

    def __init__(self, violations: Sequence[RuleViolation]) -> None:
        super().__init__(violations[0].message)
        self.violations = tuple(violations)


class WindowClosed(RuleViolation):
    """The edit window refuses a write; the sentence says why and who can unlock."""

    status = 423


class StaleVersion(JournalError):
    """Somebody else saved in between: `theirs` holds the facts of the saved value."""

    status = 409

    def __init__(self, message: Message, *, theirs: object) -> None:
        super().__init__(message)
        self.theirs = theirs


class OrganisationUnset(RuntimeError):
    """A statement on a school's rows ran without any organisation bound: a programming error."""


class ForeignOrganisation(RuntimeError):
    """A flush tried to write a row of an organisation that is not bound: a programming error."""
