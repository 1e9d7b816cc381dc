"""Reports of attendance in the matrix."""

ATTENDANCE = """
# Reports of attendance: the school's for the office and the specialist, the own class's
xx>tL ++++x xxxxx +>xx x+ L  GET attendance.school
xx+tL ++++x xxxxx ++xx x+ L  GET attendance.school_file kind=xlsx
xxotL oooox xxxxx ooxx xo L  GET attendance.school_file kind=exe
xx+tL ++++x xxxxx ++xx x+ L  GET attendance.school_why
xxotL oooox xxxxx ooxx xo L  GET attendance.school_why ?figure=nonsense
xx+tL ++++x xxxxx ooxx xo L  GET attendance.class_group class=own
xxxtL ++++x xxxxx ooxx xo L  GET attendance.class_group class=other
xxotL oooox xxxxx ++xx x+ L  GET attendance.class_group class=foreign
xxotL oooox xxxxx ooxx xo L  GET attendance.class_group class=missing
xx+tL ++++x xxxxx ooxx xo L  GET attendance.class_group class=own ?subject=maths
xxotL oooox xxxxx ooxx xo L  GET attendance.class_group class=own ?subject=foreign
xx+tL ++++x xxxxx ooxx xo L  GET attendance.class_file class=own kind=pdf
xxxtL ++++x xxxxx ooxx xo L  GET attendance.class_file class=other kind=pdf
xxotL oooox xxxxx ++xx x+ L  GET attendance.class_file class=foreign kind=pdf
xxotL oooox xxxxx ooxx xo L  GET attendance.class_file class=missing kind=pdf
xx+tL ++++x xxxxx ooxx xo L  GET attendance.class_why class=own
xxxtL ++++x xxxxx ooxx xo L  GET attendance.class_why class=other
xxotL oooox xxxxx ++xx x+ L  GET attendance.class_why class=foreign
xxotL oooox xxxxx ooxx xo L  GET attendance.class_why class=missing
xx+tL ++++x xxxxx ooxx xo L  GET attendance.class_why class=own ?pupil=pupil
xxotL oooox xxxxx ooxx xo L  GET attendance.class_why class=own ?pupil=stranger_pupil
xxotL oooox xxxxx ooxx xo L  GET attendance.class_why class=own ?pupil=foreign_pupil

# The calendar of a pupil: for the staff, for the family
xx+tL ++++x xxxxx ooxx xo L  GET attendance.pupil pupil=pupil
xx+tL ++++x xxxxx ooxx xo L  GET attendance.pupil pupil=classmate
xx+tL ++++x xxxxx ooxx xo L  GET attendance.pupil pupil=leaver
xxxtL ++++x xxxxx ooxx xo L  GET attendance.pupil pupil=stranger_pupil
xxotL oooox xxxxx ++xx x+ L  GET attendance.pupil pupil=foreign_pupil
xxotL oooox xxxxx ooxx xo L  GET attendance.pupil pupil=missing
xxotL oooox xxxxx ooxx xo L  GET attendance.pupil pupil=pupil ?year=foreign
xx+tL ++++x xxxxx ooxx xo L  GET attendance.pupil_file pupil=pupil kind=xlsx
xx+tL ++++x xxxxx ooxx xo L  GET attendance.pupil_file pupil=classmate kind=xlsx
xxxtL ++++x xxxxx ooxx xo L  GET attendance.pupil_file pupil=stranger_pupil kind=xlsx
xxotL oooox xxxxx ++xx x+ L  GET attendance.pupil_file pupil=foreign_pupil kind=xlsx
xxotL oooox xxxxx ooxx xo L  GET attendance.pupil_file pupil=missing kind=xlsx
xx+tL xxxxx +o+oo xooo oo L  GET pupil.calendar pupil=pupil
xx+tL xxxxx ooo+o xooo oo L  GET pupil.calendar pupil=classmate
xxotL xxxxx o+oo+ xooo oo L  GET pupil.calendar pupil=stranger_pupil
xxotL xxxxx ooooo x+++ oo L  GET pupil.calendar pupil=foreign_pupil
xxotL xxxxx ooooo xooo oo L  GET pupil.calendar pupil=missing
xxotL xxxxx ooooo xooo oo L  GET pupil.calendar pupil=pupil ?year=foreign
xx+tL xxxxx +o+oo xooo oo L  GET pupil.calendar_file pupil=pupil kind=xlsx
xx+tL xxxxx ooo+o xooo oo L  GET pupil.calendar_file pupil=classmate kind=xlsx
xxotL xxxxx o+oo+ xooo oo L  GET pupil.calendar_file pupil=stranger_pupil kind=xlsx
xxotL xxxxx ooooo x+++ oo L  GET pupil.calendar_file pupil=foreign_pupil kind=xlsx
xxotL xxxxx ooooo xooo oo L  GET pupil.calendar_file pupil=missing kind=xlsx

# Day by day
xx+tL ++++x xxxxx ++xx x+ L  GET attendance.days
xx+tL ++++x xxxxx ++xx x+ L  GET attendance.days_file kind=xlsx
xxotL oooox xxxxx ooxx xo L  GET attendance.days_file kind=exe

# Weekly sheets: the own class's
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.weekly
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.weekly ?class=foreign
xxotL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly ?week=nonsense
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.weekly_sheets
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly_sheets ?class=other
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly_sheets ?pupil=pupil
xxotL xxxxx xxxxx xoxx xx L  GET class_teacher.weekly_sheets ?pupil=stranger_pupil
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.weekly_sheets ?pupil=foreign_pupil
xx!tL xxxxx xxxxx x!xx xx L  POST class_teacher.hand_weekly
xx>tL xxxxx xxxxx xoxx xx L  POST class_teacher.hand_weekly pupils=pupil
xxotL xxxxx xxxxx xoxx xx L  POST class_teacher.hand_weekly pupils=stranger_pupil
xxxtL xxxxx xxxxx xoxx xx L  POST class_teacher.hand_weekly ?class=other pupils=pupil
xxotL xxxxx xxxxx xoxx xx L  POST class_teacher.take_weekly_back pupil=pupil

# The term of the own class
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.term
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.term ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.term ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.term ?class=foreign
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.term ?class=own ?term=1
xxotL xxxxx xxxxx xoxx xx L  GET class_teacher.term ?class=own ?term=foreign_1
"""
