"""The grants table of domain.md («Roles»), as data.

A permission says what kind of act; *which* object is decided by the loader of that object
(own course, own class, own child). Suffixes: `_ANY` the whole school, otherwise own objects.
"""

from __future__ import annotations

from enum import StrEnum

from journal.access.roles import Role


class Permission(StrEnum):
    """What may be done. A view names exactly one; a loader narrows it to objects."""

    SIGNED_IN = "signed_in"  # everybody with an account
    MANAGE_SCHOOL = "manage_school"  # set-up, people, import and export
    FOLLOW_ADOPTION = "follow_adoption"  # the plan of adoption; who ticks which item is its rule
    KEEP_PEOPLE = "keep_people"  # everybody, or the own class; the loader decides whom
    ISSUE_CREDENTIALS = "issue_credentials"
    ISSUE_CLASS_CREDENTIALS = "issue_class_credentials"
    OPEN_CREDENTIALS = "open_credentials"  # either of the two; the loader decides whose
    PLAN_TIMETABLE = "plan_timetable"
    READ_SCHOOL_TIMETABLE = "read_school_timetable"
    READ_ANY_JOURNAL = "read_any_journal"
    READ_CLASS_JOURNALS = "read_class_journals"
    READ_OWN_JOURNALS = "read_own_journals"
    OPEN_JOURNAL = "open_journal"  # some journal page; the loader decides which
    OPEN_FORMS = "open_forms"  # printed forms; each says for whom it is, its loader of what
    OPEN_PLANS = "open_plans"  # lesson plans: own ones, or the school's to read
    WRITE_LESSONS = "write_lessons"  # marks, topics, homework of own lessons
    WRITE_CLASS_ATTENDANCE = "write_class_attendance"
    OPEN_CLASS_DAY = "open_class_day"  # of the own class, or of any; the loader decides
    KEEP_CLASS = "keep_class"  # the class teacher's desk
    SUBMIT_EXCUSE = "submit_excuse"
    APPROVE_LEAVE = "approve_leave"  # a leave longer than a class teacher confirms alone
    READ_RELEASES = "read_releases"  # orders that release pupils; the loader decides whose
    KEEP_RELEASES = "keep_releases"  # who enters these orders
    SET_ALERTS = "set_alerts"  # who is told of absences, and when
    OPEN_EXCUSE = "open_excuse"  # its files; the loader decides whose
    SET_WINDOWS = "set_windows"
    APPROVE_UNLOCK = "approve_unlock"
    REQUEST_UNLOCK = "request_unlock"
    CONTROL_UNLOCKS = "control_unlocks"  # the school's register
    OPEN_UNLOCKS = "open_unlocks"  # own requests, or the school's register
    READ_CHANGE_REPORT = "read_change_report"  # whole school
    READ_CLASS_CHANGE_REPORT = "read_class_change_report"
    READ_OWN_CHANGE_REPORT = "read_own_change_report"
    OPEN_CHANGE_REPORT = "open_change_report"
    READ_DIARY = "read_diary"  # own, own children's, or own class's
    CONTROL_FILLING = "control_filling"  # deputy, director: lessons not filled
    RECORD_COUNCIL = "record_council"  # decisions of the teachers' council
    KEEP_ARCHIVE = "keep_archive"  # archives of years, deletion by two persons
    CERTIFY_SHEETS = "certify_sheets"  # summary sheets: the director and the deputies
    RUN_DAY = "run_day"  # the deputy's desk
    OVERSEE_SCHOOL = "oversee_school"  # the director's desk
    READ_AUDIT = "read_audit"
    WRITE_TO_SCHOOL = "write_to_school"  # letters to staff and any family; their templates
    READ_RISK = "read_risk"
    OPEN_ATTENDANCE = "open_attendance"  # its reports: the school's, or the own class's
    READ_ANY_ATTENDANCE = "read_any_attendance"
    POST_MONITORING = "post_monitoring"  # the coordinator's side of the cabinet
    FILL_MONITORING = "fill_monitoring"  # forms one was made responsible for; the loader decides
    RUN_MONITORING = "run_monitoring"  # the regional centre


_P = Permission

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        {
            _P.OPEN_ATTENDANCE,
            _P.READ_ANY_ATTENDANCE,
            _P.MANAGE_SCHOOL,
            _P.KEEP_ARCHIVE,
            _P.KEEP_PEOPLE,
            _P.FOLLOW_ADOPTION,
            _P.ISSUE_CREDENTIALS,
            _P.OPEN_CREDENTIALS,
            _P.PLAN_TIMETABLE,
            _P.READ_SCHOOL_TIMETABLE,
            _P.READ_ANY_JOURNAL,
            _P.OPEN_CLASS_DAY,
            _P.OPEN_JOURNAL,
            _P.OPEN_FORMS,
            _P.OPEN_PLANS,
            _P.SET_WINDOWS,
            _P.WRITE_TO_SCHOOL,
            _P.SET_ALERTS,
            _P.READ_RELEASES,
            _P.KEEP_RELEASES,
            _P.APPROVE_UNLOCK,
            _P.READ_CHANGE_REPORT,
            _P.OPEN_CHANGE_REPORT,
            _P.READ_AUDIT,
            _P.CONTROL_UNLOCKS,
            _P.OPEN_UNLOCKS,
            _P.RECORD_COUNCIL,
        }
    ),
    Role.DIRECTOR: frozenset(
        {
            _P.OPEN_ATTENDANCE,
            _P.READ_ANY_ATTENDANCE,
            _P.FOLLOW_ADOPTION,
            _P.READ_SCHOOL_TIMETABLE,
            _P.READ_ANY_JOURNAL,
            _P.OPEN_CLASS_DAY,
            _P.OPEN_JOURNAL,
            _P.OPEN_FORMS,
            _P.OPEN_PLANS,
            _P.READ_CHANGE_REPORT,
            _P.OPEN_CHANGE_REPORT,
            _P.CONTROL_FILLING,
            _P.READ_AUDIT,
            _P.CONTROL_UNLOCKS,
            _P.OPEN_UNLOCKS,
            _P.OVERSEE_SCHOOL,
            _P.READ_RELEASES,
            _P.KEEP_ARCHIVE,
            _P.WRITE_TO_SCHOOL,
            _P.CERTIFY_SHEETS,
        }
    ),
    Role.DEPUTY_DIRECTOR: frozenset(
        {
            _P.OPEN_ATTENDANCE,
            _P.READ_ANY_ATTENDANCE,
            _P.PLAN_TIMETABLE,
            _P.READ_SCHOOL_TIMETABLE,
            _P.READ_ANY_JOURNAL,
            _P.OPEN_CLASS_DAY,
            _P.OPEN_JOURNAL,
            _P.OPEN_FORMS,
            _P.OPEN_PLANS,
            _P.APPROVE_UNLOCK,
            _P.READ_CHANGE_REPORT,
            _P.OPEN_CHANGE_REPORT,
            _P.CONTROL_FILLING,
            _P.CONTROL_UNLOCKS,
            _P.OPEN_UNLOCKS,
            _P.RECORD_COUNCIL,
            _P.RUN_DAY,
            _P.CERTIFY_SHEETS,
            _P.APPROVE_LEAVE,
            _P.READ_RELEASES,
            _P.KEEP_RELEASES,
            _P.WRITE_TO_SCHOOL,
            _P.SET_ALERTS,
            _P.OPEN_EXCUSE,
        }
    ),
    Role.CLASS_TEACHER: frozenset(
        {
            _P.OPEN_ATTENDANCE,
            _P.KEEP_CLASS,
            _P.READ_RELEASES,
            _P.KEEP_PEOPLE,
            _P.OPEN_EXCUSE,
            _P.ISSUE_CLASS_CREDENTIALS,
            _P.OPEN_CREDENTIALS,
            _P.READ_CLASS_JOURNALS,
            _P.OPEN_JOURNAL,
            _P.OPEN_CLASS_DAY,
            _P.OPEN_FORMS,
            _P.WRITE_CLASS_ATTENDANCE,
            _P.READ_CLASS_CHANGE_REPORT,
            _P.OPEN_CHANGE_REPORT,
            _P.READ_DIARY,
        }
    ),
    Role.TEACHER: frozenset(
        {
            _P.READ_OWN_JOURNALS,
            _P.OPEN_JOURNAL,
            _P.OPEN_FORMS,
            _P.OPEN_PLANS,
            _P.WRITE_LESSONS,
            _P.REQUEST_UNLOCK,
            _P.READ_OWN_CHANGE_REPORT,
            _P.OPEN_CHANGE_REPORT,
            _P.OPEN_UNLOCKS,
        }
    ),
    Role.SPECIALIST: frozenset(
        {
            _P.READ_RISK,
            _P.OPEN_ATTENDANCE,
            _P.READ_ANY_ATTENDANCE,
            _P.OPEN_CLASS_DAY,
            _P.OPEN_FORMS,
        }
    ),
    Role.PARENT: frozenset({_P.READ_DIARY, _P.OPEN_FORMS, _P.SUBMIT_EXCUSE, _P.OPEN_EXCUSE}),
    Role.PUPIL: frozenset({_P.READ_DIARY, _P.OPEN_FORMS}),
    Role.MONITORING_COORDINATOR: frozenset(
        {
            _P.ISSUE_CREDENTIALS,
            _P.OPEN_CREDENTIALS,
            _P.POST_MONITORING,
            _P.FILL_MONITORING,
        }
    ),
    Role.MONITORING_RESPONSIBLE: frozenset({_P.FILL_MONITORING}),
    Role.REGIONAL_OPERATOR: frozenset({_P.RUN_MONITORING}),
}
EVERYBODY = frozenset({Permission.SIGNED_IN})


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """The union of what the roles grant, with what everybody signed in may do."""
    return EVERYBODY.union(*(GRANTS[role] for role in roles))
