"""Roles. Code asks for a permission, never for a role; a role is only a row of the grants table."""

from enum import StrEnum

from journal.core.messages import N_, Message


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
        Role.MONITORING_RESPONSIBLE,
        Role.REGIONAL_OPERATOR,
    }
)
"""Held by members of staff: they end with the work there."""

ASSIGNED_ROLES = STAFF_ROLES - {Role.MONITORING_RESPONSIBLE, Role.REGIONAL_OPERATOR}
"""What the administrator of a school gives; the others come with an appointment."""

ROLE_NAMES: dict[Role, Message] = {
    Role.ADMINISTRATOR: N_("administrator"),
    Role.DIRECTOR: N_("director"),
    Role.DEPUTY_DIRECTOR: N_("deputy director"),
    Role.CLASS_TEACHER: N_("class teacher"),
    Role.TEACHER: N_("teacher"),
    Role.SPECIALIST: N_("specialist"),
    Role.PARENT: N_("parent"),
    Role.PUPIL: N_("pupil"),
    Role.MONITORING_COORDINATOR: N_("monitoring coordinator"),
    Role.MONITORING_RESPONSIBLE: N_("person responsible for monitoring"),
    Role.REGIONAL_OPERATOR: N_("regional operator"),
}
