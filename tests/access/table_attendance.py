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
"""
