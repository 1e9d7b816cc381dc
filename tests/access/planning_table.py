"""Lines of the matrix about timetables and substitutions; joined to `table.TABLE`."""

PLANNING = """
# Substitutions: who plans the timetable
xxxtL +x+xx xxxxx +xxx x+ L  GET substitutions.desk
xxxtL +x+xx xxxxx +xxx x+ L  GET substitutions.desk ?date=2026-11-23
xxxtL >x>xx xxxxx !xxx x! L  POST substitutions.note
xxxtL +x+xx xxxxx oxxx xo L  GET substitutions.absence absence=own
xxxtL oxoxx xxxxx +xxx x+ L  GET substitutions.absence absence=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET substitutions.absence absence=missing
xxxtL >x>xx xxxxx oxxx xo L  POST substitutions.arrange absence=own
xxxtL oxoxx xxxxx >xxx x> L  POST substitutions.arrange absence=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST substitutions.arrange absence=missing
xxxtL >x>xx xxxxx oxxx xo L  POST substitutions.change_last_day absence=own
xxxtL oxoxx xxxxx >xxx x> L  POST substitutions.change_last_day absence=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST substitutions.change_last_day absence=missing
xxxtL >x>xx xxxxx oxxx xo L  POST substitutions.drop absence=own
xxxtL oxoxx xxxxx >xxx x> L  POST substitutions.drop absence=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST substitutions.drop absence=missing
xxxtL +x+xx xxxxx oxxx xo L  GET substitutions.lesson lesson=own
xxxtL +x+xx xxxxx oxxx xo L  GET substitutions.lesson lesson=other_class
xxxtL oxoxx xxxxx +xxx x+ L  GET substitutions.lesson lesson=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET substitutions.lesson lesson=missing
xxxtL !x!xx xxxxx oxxx xo L  POST substitutions.change lesson=own
xxxtL !x!xx xxxxx oxxx xo L  POST substitutions.change lesson=recent
xxxtL >x>xx xxxxx oxxx xo L  POST substitutions.change lesson=other_class
xxxtL oxoxx xxxxx !xxx x! L  POST substitutions.change lesson=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST substitutions.change lesson=missing
xxxtL +x+xx xxxxx +xxx x+ L  GET substitutions.orders
xxxtL >x>xx xxxxx !xxx x! L  POST substitutions.order
xxxtL >x>xx xxxxx oxxx xo L  POST substitutions.revoke order=own
xxxtL oxoxx xxxxx >xxx x> L  POST substitutions.revoke order=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST substitutions.revoke order=missing
xxxtL +++xx xxxxx +xxx x+ L  GET substitutions.sheet
xxxtL +++xx xxxxx +xxx x+ L  GET substitutions.sheet_pdf
xxxtL +x+xx xxxxx +xxx x+ L  GET substitutions.hours
xxxtL +x+xx xxxxx +xxx x+ L  GET substitutions.hours_file

# Planning the timetable: drafts, the weekly editor, publication
xxxtL +x+xx xxxxx +xxx x+ L  GET planning.bells
xxxtL !x!xx xxxxx !xxx x! L  POST planning.add_bells
xxxtL >x>xx xxxxx oxxx xo L  POST planning.drop_bells exception=own
xxxtL oxoxx xxxxx >xxx x> L  POST planning.drop_bells exception=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.drop_bells exception=missing
xxxtL +x+xx xxxxx oxxx xo L  GET planning.editor version=own
xxxtL oxoxx xxxxx +xxx x+ L  GET planning.editor version=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET planning.editor version=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.place version=own
xxxtL oxoxx xxxxx oxxx xo L  POST planning.place version=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.place version=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.change slot=own
xxxtL oxoxx xxxxx !xxx x! L  POST planning.change slot=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.change slot=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.remove slot=own
xxxtL oxoxx xxxxx >xxx x> L  POST planning.remove slot=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.remove slot=missing
xxxtL +++xx xxxxx oxxx xo L  GET planning.free version=own
xxxtL oooxx xxxxx +xxx x+ L  GET planning.free version=foreign
xxxtL oooxx xxxxx oxxx xo L  GET planning.free version=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET planning.planners
xxxtL xx>xx xxxxx oxxx xo L  POST planning.assign deputy=own
xxxtL xxoxx xxxxx oxxx xo L  POST planning.assign deputy=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST planning.assign deputy=missing
xxxtL +x+xx xxxxx oxxx xo L  GET planning.preview version=own
xxxtL oxoxx xxxxx +xxx x+ L  GET planning.preview version=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET planning.preview version=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.publish version=own
xxxtL oxoxx xxxxx >xxx x> L  POST planning.publish version=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.publish version=missing
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job job=own
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job job=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job job=missing
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job_state job=own
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job_state job=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET planning.job_state job=missing
xxxtL +x+xx xxxxx +xxx x+ L  GET planning.versions
xxxtL >x>xx xxxxx >xxx x> L  POST planning.create
xxxtL +x+xx xxxxx oxxx xo L  GET planning.dates version=own
xxxtL oxoxx xxxxx +xxx x+ L  GET planning.dates version=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET planning.dates version=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.dates version=own
xxxtL oxoxx xxxxx >xxx x> L  POST planning.dates version=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.dates version=missing
xxxtL >x>xx xxxxx oxxx xo L  POST planning.drop version=own
xxxtL oxoxx xxxxx >xxx x> L  POST planning.drop version=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST planning.drop version=missing
xxxtL +x+xx xxxxx +xxx x+ L  GET planning.import_file
xxxtL !x!xx xxxxx !xxx x! L  POST planning.import_file

# Calendar feeds: one's own lessons, oneself, one's children; the feed itself knows a secret only
+++tL +++++ +++++ ++++ ++ L  GET calendar.addresses
+++tL ooooo ooooo o+oo o+ L  POST calendar.make
oootL ooooo +o+oo oooo oo L  POST calendar.make pupil=pupil
oootL ooooo ooo+o oooo oo L  POST calendar.make pupil=classmate
oootL ooooo ooooo oo++ oo L  POST calendar.make pupil=foreign_pupil
oootL ooooo ooooo oooo oo L  POST calendar.drop
ooooo ooooo ooooo oooo oo o  GET calendar.feed token=nonsense
"""
