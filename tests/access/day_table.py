"""The matrix of the attendance of classes and of the school: lines as in `table`."""

DAY = """
# The school's attendance at this moment
xxxtL ++++x xxxxx +xxx x+ L  GET attendance.day
xxxtL ++++x xxxxx +xxx x+ L  GET attendance.day ?date=2026-11-13
xxxtL oooox xxxxx oxxx xo L  GET attendance.day ?date=nonsense
xxxtL ++++x xxxxx +xxx x+ L  GET attendance.day_file kind=pdf
xxxtL ++++x xxxxx +xxx x+ L  GET attendance.day_file kind=xlsx
xxxtL oooox xxxxx oxxx xo L  GET attendance.day_file kind=doc

# The day of a class: written by its class teacher, read by the office and the specialist
xx+tL ++++x xxxxx ooxx xo L  GET class_day.page class=own day=2026-11-20
xxxtL ++++x xxxxx ooxx xo L  GET class_day.page class=other day=2026-11-20
xxotL oooox xxxxx ++xx x+ L  GET class_day.page class=foreign day=2026-11-20
xxotL oooox xxxxx ooxx xo L  GET class_day.page class=missing day=2026-11-20
xxotL oooox xxxxx ooxx xo L  GET class_day.page class=own day=nonsense
xx>tL xxxxx xxxxx xoxx xx L  POST class_day.seen class=own day=2026-11-20
xxxtL xxxxx xxxxx xoxx xx L  POST class_day.seen class=other day=2026-11-20
xxotL xxxxx xxxxx x>xx xx L  POST class_day.seen class=foreign day=2026-11-20
xxotL xxxxx xxxxx xoxx xx L  POST class_day.seen class=missing day=2026-11-20
xxotL xxxxx xxxxx xoxx xx L  POST class_day.seen class=own day=nonsense
xx+tJ xxxxx xxxxx xoxx xx J  POST class_day.save class=own day=2026-11-20 lesson=own
xx#tJ xxxxx xxxxx xoxx xx J  POST class_day.save class=own day=2026-11-13 lesson=locked
xx#tJ xxxxx xxxxx xoxx xx J  POST class_day.save class=own day=2026-11-23 lesson=future
xxotJ xxxxx xxxxx xoxx xx J  POST class_day.save class=own day=2026-11-20 lesson=foreign
xxotJ xxxxx xxxxx xoxx xx J  POST class_day.save class=own day=nonsense lesson=own
xxxtJ xxxxx xxxxx xoxx xx J  POST class_day.save class=other day=2026-11-20 lesson=own
xxotJ xxxxx xxxxx xoxx xx J  POST class_day.save class=foreign day=2026-11-20 lesson=own
xxotJ xxxxx xxxxx xoxx xx J  POST class_day.save class=missing day=2026-11-20 lesson=own
"""
