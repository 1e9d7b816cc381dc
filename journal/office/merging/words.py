"""What a preview calls the tables that move, and the fields that differ."""

from __future__ import annotations

from journal.core.messages import N_, Message

TABLES: dict[str, Message] = {
    "absence": N_("absences"),
    "absence_alert": N_("alerts about absences"),
    "adoption_tick": N_("ticks in the plan of adoption"),
    "calendar_address": N_("calendar addresses"),
    "class_group": N_("classes he leads"),
    "class_membership": N_("stays in classes"),
    "council_decision": N_("decisions of the council"),
    "course_teacher": N_("teaching load"),
    "day_order": N_("orders about days"),
    "delegation": N_("delegations of the monitoring"),
    "excuse": N_("excuses"),
    "exemption": N_("releases"),
    "group_membership": N_("stays in subgroups"),
    "guardian_link": N_("links of parents and children"),
    "handed_sheet": N_("weekly sheets handed over"),
    "homework_template": N_("templates of homework"),
    "individual_homework_pupil": N_("tasks of his own"),
    "lesson": N_("lessons"),
    "letter": N_("letters sent"),
    "letter_copy": N_("letters received"),
    "letter_reply": N_("answers to letters"),
    "mail": N_("e-mails"),
    "mark": N_("marks"),
    "movement": N_("movements"),
    "monitoring_enrolment": N_("places in the register of attendance"),
    "notice_choice": N_("choices of notifications"),
    "notification": N_("notifications"),
    "participation": N_("forms of the monitoring"),
    "planner_class": N_("classes whose timetable he plans"),
    "promotion": N_("promotions"),
    "pupil_note": N_("notes about pupils"),
    "role_assignment": N_("roles"),
    "sign_in_invitation": N_("invitations"),
    "staff_absence": N_("absences from work"),
    "substitution": N_("substitutions"),
    "term_mark": N_("term marks"),
    "threshold_crossing": N_("crossings of a threshold of absences"),
    "timetable_slot": N_("lessons of the timetable"),
    "unlock": N_("unlocks"),
    "window_extension": N_("exceptions from the edit windows"),
}
OTHER = N_("other records")
