"""The lines of the matrix about lesson plans, the panel of a lesson and assessments."""

LESSONS = """
# The panel of a lesson: plan, files, tasks of single pupils, load; templates are one's own
+x+tL +++xx xxxxx ooxx xx L  GET lessons.beside course=own lesson=own
xoxtL oooxx xxxxx ooxx xx L  GET lessons.beside course=other_class lesson=own
oootL oooxx xxxxx ooxx oo L  GET lessons.beside course=foreign lesson=own
oootL oooxx xxxxx ooxx oo L  GET lessons.beside course=missing lesson=own
oxotL oooxx xxxxx ooxx xx L  GET lessons.beside lesson=other_class course=own
oxotL oooxx xxxxx ooxx xx L  GET lessons.beside lesson=foreign course=own
oxotL oooxx xxxxx ooxx xx L  GET lessons.beside lesson=missing course=own
+xxtL xxxxx xxxxx xoxx xx L  GET lessons.load course=own lesson=own
xoxtL xxxxx xxxxx xoxx xx L  GET lessons.load course=other_class lesson=own
oootL xxxxx xxxxx xoxx oo L  GET lessons.load course=foreign lesson=own
oootL xxxxx xxxxx xoxx oo L  GET lessons.load course=missing lesson=own
oxotL xxxxx xxxxx xoxx xx L  GET lessons.load lesson=other_class course=own
oxotL xxxxx xxxxx xoxx xx L  GET lessons.load lesson=foreign course=own
oxotL xxxxx xxxxx xoxx xx L  GET lessons.load lesson=missing course=own
+x+tL xxxxx xxxxx xoxx xx L  GET lessons.planned course=own
x+xtL xxxxx xxxxx xoxx xx L  GET lessons.planned course=other_class
oootL xxxxx xxxxx x+xx ++ L  GET lessons.planned course=foreign
oootL xxxxx xxxxx xoxx oo L  GET lessons.planned course=missing
+x+tL +++xx xxxxx ooxx xx L  GET lessons.file course=own file=own
xoxtL oooxx xxxxx ooxx xx L  GET lessons.file course=other_class file=own
oootL oooxx xxxxx ooxx oo L  GET lessons.file course=foreign file=own
oootL oooxx xxxxx ooxx oo L  GET lessons.file course=missing file=own
oxotL oooxx xxxxx ooxx xx L  GET lessons.file file=foreign course=own
oxotL oooxx xxxxx ooxx xx L  GET lessons.file file=missing course=own
+xxtJ xxxxx xxxxx xoxx xx J  POST lessons.add_file course=own lesson=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.add_file course=other_class lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.add_file course=foreign lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.add_file course=missing lesson=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.add_file lesson=other_class course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.add_file lesson=foreign course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.add_file lesson=missing course=own
+xxtJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file course=own lesson=own file=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file course=other_class lesson=own file=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.drop_file course=foreign lesson=own file=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.drop_file course=missing lesson=own file=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file lesson=other_class course=own file=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file lesson=foreign course=own file=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file lesson=missing course=own file=own
oxxtJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file file=foreign course=own lesson=own
oxxtJ xxxxx xxxxx xoxx xx J  POST lessons.drop_file file=missing course=own lesson=own
+xxtJ xxxxx xxxxx xoxx xx J  POST lessons.give course=own lesson=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.give course=other_class lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.give course=foreign lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.give course=missing lesson=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.give lesson=other_class course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.give lesson=foreign course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.give lesson=missing course=own
+xxtJ xxxxx xxxxx xoxx xx J  POST lessons.take_back course=own lesson=own task=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.take_back course=other_class lesson=own task=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.take_back course=foreign lesson=own task=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.take_back course=missing lesson=own task=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.take_back lesson=other_class course=own task=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.take_back lesson=foreign course=own task=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.take_back lesson=missing course=own task=own
oxxtJ xxxxx xxxxx xoxx xx J  POST lessons.take_back task=foreign course=own lesson=own
oxxtJ xxxxx xxxxx xoxx xx J  POST lessons.take_back task=missing course=own lesson=own
+x+tJ xxxxx xxxxx xoxx xx J  POST lessons.keep_template course=own lesson=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.keep_template course=other_class lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.keep_template course=foreign lesson=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.keep_template course=missing lesson=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.keep_template lesson=other_class course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.keep_template lesson=foreign course=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.keep_template lesson=missing course=own
+xotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template course=own lesson=own template=own
xoxtJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template course=other_class lesson=own template=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.drop_template course=foreign lesson=own template=own
oootJ xxxxx xxxxx xoxx oo J  POST lessons.drop_template course=missing lesson=own template=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template lesson=other_class course=own template=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template lesson=foreign course=own template=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template lesson=missing course=own template=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template template=foreign course=own lesson=own
oxotJ xxxxx xxxxx xoxx xx J  POST lessons.drop_template template=missing course=own lesson=own

# The calendar of assessments: who teaches the class, the office
>>>tL >>>xx xxxxx >>xx x> L  GET assessments.first
+++tL +++xx xxxxx ooxx xo L  GET assessments.calendar class=own
x+xtL +++xx xxxxx ooxx xo L  GET assessments.calendar class=other
oootL oooxx xxxxx ++xx x+ L  GET assessments.calendar class=foreign
oootL oooxx xxxxx ooxx xo L  GET assessments.calendar class=missing
xxxtL xx>xx xxxxx >xxx x> L  POST assessments.choose

# Files of homework: the pupil's own, a task for him alone
xx+tL xxxxx +o+oo xooo oo L  GET pupil.file pupil=pupil file=own
xx+tL xxxxx ooo+o xooo oo L  GET pupil.file pupil=classmate file=own
xxotL xxxxx ooooo xooo oo L  GET pupil.file pupil=stranger_pupil file=own
xxotL xxxxx ooooo xooo oo L  GET pupil.file pupil=foreign_pupil file=own
xxotL xxxxx ooooo xooo oo L  GET pupil.file pupil=missing file=own
xxotL xxxxx ooooo xooo oo L  GET pupil.file file=foreign pupil=pupil
xxotL xxxxx ooooo xooo oo L  GET pupil.file file=missing pupil=pupil
xx+tL xxxxx +o+oo xooo oo L  GET pupil.file pupil=pupil file=own_alone
xxotL xxxxx ooooo xooo oo L  GET pupil.file pupil=classmate file=own_alone

# Lesson plans: kept by the teacher of the course, read by the office and the class teacher
+++tL +++xx xxxxx ++xx x+ L  GET plans.listing
+++tL +++xx xxxxx ++xx x+ L  GET plans.listing ?grade=5
+++tL +++xx xxxxx ++xx x+ L  GET plans.listing ?grade=huge
+x+tL +++xx xxxxx ooxx xo L  GET plans.plan course=own
x+xtL +++xx xxxxx ooxx xo L  GET plans.plan course=other_class
oootL oooxx xxxxx ++xx x+ L  GET plans.plan course=foreign
oootL oooxx xxxxx ooxx xo L  GET plans.plan course=missing
+x+tL +++xx xxxxx ooxx xo L  GET plans.xlsx course=own
x+xtL +++xx xxxxx ooxx xo L  GET plans.xlsx course=other_class
oootL oooxx xxxxx ++xx x+ L  GET plans.xlsx course=foreign
oootL oooxx xxxxx ooxx xo L  GET plans.xlsx course=missing
>xxtL xxxxx xxxxx xoxx xo L  POST plans.save course=own
x>xtL xxxxx xxxxx xoxx xo L  POST plans.save course=other_class
oootL xxxxx xxxxx x>xx xx L  POST plans.save course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.save course=missing
>xxtL xxxxx xxxxx xoxx xo L  POST plans.bring course=own
x>xtL xxxxx xxxxx xoxx xo L  POST plans.bring course=other_class
oootL xxxxx xxxxx x>xx xx L  POST plans.bring course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.bring course=missing
oxxtL xxxxx xxxxx xoxx xo L  POST plans.take course=own
xoxtL xxxxx xxxxx xoxx xo L  POST plans.take course=other_class
oootL xxxxx xxxxx xoxx xx L  POST plans.take course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.take course=missing
!xxtL xxxxx xxxxx xoxx xo L  POST plans.share course=own
x!xtL xxxxx xxxxx xoxx xo L  POST plans.share course=other_class
oootL xxxxx xxxxx x!xx xx L  POST plans.share course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.share course=missing
oxxtL xxxxx xxxxx xoxx xo L  POST plans.split course=own
xoxtL xxxxx xxxxx xoxx xo L  POST plans.split course=other_class
oootL xxxxx xxxxx xoxx xx L  POST plans.split course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.split course=missing
oxxtL xxxxx xxxxx xoxx xo L  POST plans.pin course=own
xoxtL xxxxx xxxxx xoxx xo L  POST plans.pin course=other_class
oootL xxxxx xxxxx xoxx xx L  POST plans.pin course=foreign
oootL xxxxx xxxxx xoxx xo L  POST plans.pin course=missing
"""
