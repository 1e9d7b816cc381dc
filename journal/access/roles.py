"""Roles. Code asks for a permission, never for a role; a role is only a row of the grants table."""

from enum import StrEnum


class Role(StrEnum):
    """A role of one person in one organisation; several may be held at once."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    CLASS_TEACHER = "class_teacher"
    TEACHER = "teacher"
    SPECIALIST = "specialist"
    PARENT = "parent"
    PUPIL = "pupil"
    MONITORING_COORDINATOR = "monitoring_coordinator"
    MONITORING_RESPONSIBLE = "monitoring_responsible"
    REGIONAL_OPERATOR = "regional_operator"


STAFF_ROLES = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.DIRECTOR,
        Role.DEPUTY_DIRECTOR,
        Role.CLASS_TEACHER,
        Role.TEACHER,
        Role.SPECIALIST,
        Role.MONITORING_COORDINATOR,
    }
)
