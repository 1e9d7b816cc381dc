"""Printed forms in the matrix."""

FORMS = """
# Printed forms: each form says for whom it is, its loader of what
+++tL ++++x +++++ ++++ ++ L  GET papers.index
xx+tL +++xx xxxxx ++xx x+ L  GET papers.form name=summary
+++tL +++xx xxxxx ++xx x+ L  GET papers.form name=journal
xx+tL +++xx +++++ ++++ ++ L  GET papers.form name=pupil
xx+tL +++xx xxxxx ++xx x+ L  GET papers.form name=class
+++tL +++xx xxxxx ++xx x+ L  GET papers.form name=subject
xxxtL +++xx xxxxx +xxx x+ L  GET papers.form name=school
xx+tL +++xx xxxxx ++xx x+ L  GET papers.form name=attendance
xxxtL +++xx xxxxx ooxx xo L  GET papers.form name=attendance ?class=other
xxotL oooxx xxxxx ++xx x+ L  GET papers.form name=attendance ?class=foreign
xxxtL +++xx xxxxx +xxx x+ L  GET papers.form name=attendance-classes
xxxtL +++xx xxxxx +xxx x+ L  GET papers.form name=attendance-days
xxxtL +++xx xxxxx +xxx x+ L  GET papers.form name=movement
xx+tL ++++x xxxxx ++xx x+ L  GET papers.form name=passport
+++tL +++xx xxxxx ++xx x+ L  GET papers.form name=changes
oootL oooox ooooo oooo oo L  GET papers.form name=nonsense
xx+tL +++xx xxxxx ooxx xo L  GET papers.form name=summary ?class=own
xxxtL +++xx xxxxx ooxx xo L  GET papers.form name=summary ?class=other
xxotL oooxx xxxxx ++xx x+ L  GET papers.form name=summary ?class=foreign
xxotL oooxx xxxxx ooxx xo L  GET papers.form name=summary ?class=missing
+x+tL +++xx xxxxx ooxx xo L  GET papers.form name=journal ?course=own
x+xtL +++xx xxxxx ooxx xo L  GET papers.form name=journal ?course=other_class
oootL oooxx xxxxx ++xx x+ L  GET papers.form name=journal ?course=foreign
oootL oooxx xxxxx ooxx xo L  GET papers.form name=journal ?course=missing
xx+tL +++xx +o+oo oooo oo L  GET papers.form name=pupil ?pupil=pupil
xx+tL +++xx ooo+o oooo oo L  GET papers.form name=pupil ?pupil=classmate
xxxtL +++xx o+oo+ oooo oo L  GET papers.form name=pupil ?pupil=stranger_pupil
xxotL oooxx ooooo ++++ o+ L  GET papers.form name=pupil ?pupil=foreign_pupil
xxotL oooxx ooooo oooo oo L  GET papers.form name=pupil ?pupil=missing
xxxtL +++xx +o+oo oooo oo L  GET papers.form name=pupil ?class=other ?pupil=pupil
xxxtL +++xx xxxxx ooxx xo L  GET papers.form name=class ?class=other
xxotL oooxx xxxxx ++xx x+ L  GET papers.form name=class ?class=foreign
xxotL oooxx xxxxx ooxx xo L  GET papers.form name=class ?class=own ?at=nonsense
xxxtL oooxx xxxxx oxxx xo L  GET papers.form name=school ?at=nonsense
xxxtL oooxx xxxxx +xxx x+ L  GET papers.form name=school ?year=foreign
xx+tL +++xx xxxxx ooxx xo L  GET papers.form_file name=class suffix=pdf ?class=own
xxxtL +++xx xxxxx ooxx xo L  GET papers.form_file name=class suffix=pdf ?class=other
xxotL oooxx xxxxx ooxx xo L  GET papers.form_file name=class suffix=doc ?class=own
xx+tL +++xx +o+oo oooo oo L  GET papers.form_file name=pupil suffix=xlsx ?pupil=pupil
xxxtL +++xx o+oo+ oooo oo L  GET papers.form_file name=pupil suffix=xlsx ?pupil=stranger_pupil
+x+tL +++xx xxxxx ooxx xo L  GET papers.form_file name=journal suffix=csv ?course=own
xxxtL +++xx xxxxx +xxx x+ L  GET papers.form_file name=school suffix=pdf
xxxtL oooxx xxxxx oxxx xo L  GET papers.why name=school ?cell=0.0.9
xx+tL +++xx xxxxx ooxx xo L  GET papers.why name=class ?class=own ?cell=0.4.1
xxotL oooxx xxxxx ++xx x+ L  GET papers.why name=class ?class=foreign ?cell=0.4.1
xxotL oooxx xxxxx ooxx xo L  GET papers.why name=class ?class=own ?cell=nonsense
xxxtL >>>xx xxxxx >xxx x> L  POST papers.make name=school
xx>tL >>>xx xxxxx ooxx xo L  POST papers.make name=class ?class=own
xxxtL >>>xx xxxxx ooxx xo L  POST papers.make name=class ?class=other
oootL oooox ooooo oooo oo L  POST papers.make name=nonsense
xxotL oooxx xxxxx >>xx x> L  POST papers.make name=class ?class=foreign
oootL oooox ooooo oooo oo L  GET papers.job job=own
oootL oooox ooooo oooo oo L  GET papers.job job=foreign
oootL oooox ooooo oooo oo L  GET papers.job job=missing
oo+tL oooox ooooo oooo oo L  GET papers.job job=own_forms
oootL oooox ooooo o+oo oo L  GET papers.job job=foreign_forms
oootL oooox ooooo oooo oo L  GET papers.job_state job=own
oootL oooox ooooo oooo oo L  GET papers.job_state job=foreign
oootL oooox ooooo oooo oo L  GET papers.job_state job=missing
oo+tL oooox ooooo oooo oo L  GET papers.job_state job=own_forms
oootL oooox ooooo oooo oo L  GET papers.job_file job=own
oootL oooox ooooo oooo oo L  GET papers.job_file job=foreign
oootL oooox ooooo oooo oo L  GET papers.job_file job=missing
oo+tL oooox ooooo oooo oo L  GET papers.job_file job=own_forms
oootL oooox ooooo o+oo oo L  GET papers.job_file job=foreign_forms

# The inbox of control
xxxtL ++xxx xxxxx xxxx xx L  GET inbox.listing
xxxtL ++xxx xxxxx xxxx xx L  GET inbox.listing ?kind=nonsense ?by=age
xxxtL ++xxx xxxxx xxxx xx L  GET inbox.school_board
xxxtL ++xxx xxxxx xxxx xx L  GET inbox.coming
xxxtL ++xxx xxxxx xxxx xx L  GET inbox.late
xxxtL >>xxx xxxxx xxxx xx L  POST inbox.letter keeper=own
xxxtL ooxxx xxxxx xxxx xx L  POST inbox.letter keeper=foreign
xxxtL ooxxx xxxxx xxxx xx L  POST inbox.letter keeper=missing
xxxtL ++xxx xxxxx xxxx xx L  GET analysis.page
xxxtL ooxxx xxxxx xxxx xx L  GET analysis.page ?at=nonsense
xxxtL x+xxx xxxxx xxxx xx L  GET analysis.left_open
"""
