"""The matrix of excuses: lines as in `table`."""

EXCUSES = """
# Excuses: of a family, of a class, of a school
xx+tL +xxxx +oxxx xoox oo L  GET excuses.file excuse=own file=own_certificate
xxotL oxxxx ooxxx xoox oo L  GET excuses.file excuse=own file=own
xxxtL oxxxx ooxxx xoox oo L  GET excuses.file excuse=other file=own
xxotL oxxxx ooxxx xoox oo L  GET excuses.file excuse=foreign file=own
xxotL oxxxx ooxxx xoox oo L  GET excuses.file excuse=missing file=own
xxotL oxxxx ooxxx xoox oo L  GET excuses.file excuse=own file=foreign
xxotL oxxxx ooxxx xoox oo L  GET excuses.file excuse=own file=missing
xxxtL +xxxx xxxxx xxxx xx L  GET leaves.listing
xxxtL !xxxx xxxxx xxxx xx L  POST leaves.decide excuse=own
xxxtL !xxxx xxxxx xxxx xx L  POST leaves.decide excuse=other
xxxtL oxxxx xxxxx xxxx xx L  POST leaves.decide excuse=foreign
xxxtL oxxxx xxxxx xxxx xx L  POST leaves.decide excuse=missing
xxxtL >xxxx xxxxx xxxx xx L  POST leaves.limit
xx+tL xxxxx xxxxx x+xx xx L  GET class_excuses.listing
xx+tL xxxxx xxxxx x+xx xx L  GET class_excuses.new
xx>tL xxxxx xxxxx x!xx xx L  POST class_excuses.new
xx>tL xxxxx xxxxx xoxx xx L  POST class_excuses.decide excuse=own
xxxtL xxxxx xxxxx xoxx xx L  POST class_excuses.decide excuse=other
xxotL xxxxx xxxxx x>xx xx L  POST class_excuses.decide excuse=foreign
xxotL xxxxx xxxxx xoxx xx L  POST class_excuses.decide excuse=missing
xx!tL xxxxx xxxxx xoxx xx L  POST class_excuses.revoke excuse=own
xxxtL xxxxx xxxxx xoxx xx L  POST class_excuses.revoke excuse=other
xxotL xxxxx xxxxx x!xx xx L  POST class_excuses.revoke excuse=foreign
xxotL xxxxx xxxxx xoxx xx L  POST class_excuses.revoke excuse=missing
xx!tL xxxxx xxxxx xoxx xx L  POST class_excuses.end excuse=own
xxxtL xxxxx xxxxx xoxx xx L  POST class_excuses.end excuse=other
xxotL xxxxx xxxxx x!xx xx L  POST class_excuses.end excuse=foreign
xxotL xxxxx xxxxx xoxx xx L  POST class_excuses.end excuse=missing
xxxtL xxxxx ++xxx xx+x ++ L  GET family_excuses.listing
xxxtL xxxxx ++xxx xx+x ++ L  GET family_excuses.new
xxxtL xxxxx >!xxx xx!x !! L  POST family_excuses.new
xxxtL xxxxx !oxxx xxox oo L  POST family_excuses.answer excuse=own
xxxtL xxxxx !oxxx xxox oo L  POST family_excuses.answer excuse=other
xxxtL xxxxx ooxxx xx!x oo L  POST family_excuses.answer excuse=foreign
xxxtL xxxxx ooxxx xxox oo L  POST family_excuses.answer excuse=missing
xxxtL xxxxx >oxxx xxox oo L  POST family_excuses.withdraw excuse=own
xxxtL xxxxx >oxxx xxox oo L  POST family_excuses.withdraw excuse=other
xxxtL xxxxx ooxxx xx>x oo L  POST family_excuses.withdraw excuse=foreign
xxxtL xxxxx ooxxx xxox oo L  POST family_excuses.withdraw excuse=missing
xxxtL >xxxx xxxxx xxxx xx L  POST leaves.decide excuse=endorsed
xx>tL xxxxx xxxxx xoxx xx L  POST class_excuses.revoke excuse=confirmed
xx>tL xxxxx xxxxx xoxx xx L  POST class_excuses.end excuse=confirmed
xxxtL xxxxx >oxxx xxox oo L  POST family_excuses.answer excuse=asked

# Alerts about absences: what the school sets
xxxtL +x+xx xxxxx +xxx x+ L  GET alerts.page
xxxtL >x>xx xxxxx >xxx x> L  POST alerts.telling
xxxtL >x>xx xxxxx >xxx x> L  POST alerts.add
xxxtL >x>xx xxxxx oxxx xo L  POST alerts.drop threshold=own
xxxtL oxoxx xxxxx >xxx x> L  POST alerts.drop threshold=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST alerts.drop threshold=missing

# The social passport of a class: counts, names, what a pupil belongs to
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.passport
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.passport ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.passport ?class=foreign
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.passport_pupils
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.passport_pupils ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.passport_pupils ?class=foreign
xx>tL xxxxx xxxxx xoxx xx L  POST class_teacher.passport_change pupil=pupil
xx>tL xxxxx xxxxx xoxx xx L  POST class_teacher.passport_change pupil=classmate
xxotL xxxxx xxxxx xoxx xx L  POST class_teacher.passport_change pupil=stranger_pupil
xxotL xxxxx xxxxx x>xx xx L  POST class_teacher.passport_change pupil=foreign_pupil
xxotL xxxxx xxxxx xoxx xx L  POST class_teacher.passport_change pupil=missing

# Releases by order: the office writes, a class teacher reads of the own class
xx+tL +++xx xxxxx ++xx x+ L  GET releases.listing
xx+tL +++xx xxxxx ooxx xo L  GET releases.listing ?class=own
xxxtL +++xx xxxxx ooxx xo L  GET releases.listing ?class=other
xxotL oooxx xxxxx ++xx x+ L  GET releases.listing ?class=foreign
xxxtL +x+xx xxxxx +xxx x+ L  GET releases.new
xxxtL +x+xx xxxxx oxxx xo L  GET releases.new ?class=own
xxxtL oxoxx xxxxx +xxx x+ L  GET releases.new ?class=foreign
xxxtL >x>xx xxxxx oxxx xo L  POST releases.new ?class=own
xxxtL !x!xx xxxxx oxxx xo L  POST releases.new ?class=other
xxxtL oxoxx xxxxx !xxx x! L  POST releases.new ?class=foreign
xxxtL +x+xx xxxxx oxxx xo L  GET releases.edit release=own
xxxtL oxoxx xxxxx +xxx x+ L  GET releases.edit release=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET releases.edit release=missing
xxxtL >x>xx xxxxx oxxx xo L  POST releases.edit release=own
xxxtL oxoxx xxxxx >xxx x> L  POST releases.edit release=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST releases.edit release=missing
xxxtL >x>xx xxxxx oxxx xo L  POST releases.remove release=own
xxxtL oxoxx xxxxx >xxx x> L  POST releases.remove release=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST releases.remove release=missing
"""
