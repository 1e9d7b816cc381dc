"""The kinds of long work people start, and what they are called."""

from __future__ import annotations

from journal.core.messages import N_, Message

CHECK_SCHOOL = "check_school"
IMPORT_SCHOOL = "import_school"
CHECK_HISTORY = "check_history"
IMPORT_HISTORY = "import_history"
EXPORT_SCHOOL = "export_school"
EXPORT_HISTORY = "export_history"
VERIFY_AUDIT = "verify_audit"
PROCESS_FORM = "process_form"
FILL_FORM = "fill_form"
EXPORT_REGION = "export_region"
PUBLISH_TIMETABLE = "publish_timetable"
TURN_YEAR = "turn_year"
CHECK_ABSENCES = "check_absences"
MAKE_ARCHIVE = "make_archive"
DELETE_KEPT = "delete_kept"
MAKE_FORMS = "make_forms"  # shown to who asked for them, not among the files

# What follows a check that found no errors.
NEXT_STEP = {CHECK_SCHOOL: IMPORT_SCHOOL, CHECK_HISTORY: IMPORT_HISTORY}
JOB_NAMES: dict[str, Message] = {
    CHECK_SCHOOL: N_("Check of the school workbook"),
    IMPORT_SCHOOL: N_("Import of the school workbook"),
    CHECK_HISTORY: N_("Check of the journal history"),
    IMPORT_HISTORY: N_("Import of the journal history"),
    EXPORT_SCHOOL: N_("Export of the school workbook"),
    EXPORT_HISTORY: N_("Export of the journal history"),
    VERIFY_AUDIT: N_("Check of the log"),
    PROCESS_FORM: N_("Processing of a regional form"),
    EXPORT_REGION: N_("Export of regional results"),
    FILL_FORM: N_("Filling of a regional form from the journal"),
    PUBLISH_TIMETABLE: N_("Publication of the timetable"),
    CHECK_ABSENCES: N_("Check of the thresholds of absences"),
    TURN_YEAR: N_("Roll-over of the year"),
    MAKE_ARCHIVE: N_("Archive of a year"),
    DELETE_KEPT: N_("Deletion of what was kept for its term"),
    MAKE_FORMS: N_("Printed forms"),
}
