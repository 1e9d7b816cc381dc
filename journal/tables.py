"""Every table of the application, so that the metadata is whole whatever else is imported."""

from __future__ import annotations

from types import ModuleType

from journal.attendance import models as attendance
from journal.attendance.alerts import models as alerts
from journal.core import jobs, leases, operations, outbox
from journal.core.audit import models as audit
from journal.core.files import models as files
from journal.exchange import kept_sums, tallies
from journal.exchange import models as exchange
from journal.grading import models as grading
from journal.lessons import models as lessons
from journal.messages import models as messages
from journal.office import models as office
from journal.office.adoption import models as adoption
from journal.office.enrolment import models as enrolment
from journal.office.invitations import models as invitations
from journal.office.rollover import models as rollover
from journal.people import models as people
from journal.people.pupil_notes import models as pupil_notes
from journal.reports.certifying import models as certifying
from journal.reports.weekly import models as weekly
from journal.school import models as school
from journal.school.retention import models as retention
from journal.school.social import models as social
from journal.timetable import models as timetable
from journal.transfer.archive import models as archive

MODULES: tuple[ModuleType, ...] = (
    audit,
    files,
    jobs,
    leases,
    operations,
    outbox,
    people,
    pupil_notes,
    school,
    social,
    retention,
    timetable,
    lessons,
    attendance,
    alerts,
    grading,
    exchange,
    tallies,
    kept_sums,
    messages,
    office,
    adoption,
    enrolment,
    invitations,
    rollover,
    certifying,
    weekly,
    archive,
)
