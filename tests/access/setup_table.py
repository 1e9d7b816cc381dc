"""The matrix of the set-up by hand, people, movement, adoption, help, roll-over, subgroups."""

SETUP = """
# The set-up by hand
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.new_item kind=subject
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.new_item kind=class
xxxtL xxoxx xxxxx oxxx xo L  GET admin.new_item kind=nonsense
xxxtL xx>xx xxxxx >xxx x> L  POST admin.new_item kind=subject
xxxtL xx+xx xxxxx oxxx xo L  GET admin.item kind=subject item=own
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.item kind=subject item=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.item kind=subject item=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.item kind=subject item=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.item kind=subject item=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.item kind=subject item=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.delete_item kind=subject item=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.delete_item kind=subject item=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.delete_item kind=subject item=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.terms
xxxtL xx>xx xxxxx >xxx x> L  POST admin.terms
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.new_bells
xxxtL xx>xx xxxxx >xxx x> L  POST admin.new_bells
xxxtL xx+xx xxxxx oxxx xo L  GET admin.one_bells bells=own
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.one_bells bells=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.one_bells bells=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.one_bells bells=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.one_bells bells=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.one_bells bells=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.delete_bells bells=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.delete_bells bells=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.delete_bells bells=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.proposed_holidays
xxxtL xx>xx xxxxx >xxx x> L  POST admin.proposed_holidays
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.new_course
xxxtL xx>xx xxxxx !xxx x! L  POST admin.new_course
xxxtL xx+xx xxxxx oxxx xo L  GET admin.teachings course=own
xxxtL xx+xx xxxxx oxxx xo L  GET admin.teachings course=other_class
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.teachings course=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.teachings course=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.teachings course=own
xxxtL xx>xx xxxxx oxxx xo L  POST admin.teachings course=other_class
xxxtL xxoxx xxxxx >xxx x> L  POST admin.teachings course=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.teachings course=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.delete_course course=own
xxxtL xx>xx xxxxx oxxx xo L  POST admin.delete_course course=other_class
xxxtL xxoxx xxxxx >xxx x> L  POST admin.delete_course course=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.delete_course course=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.organisation
xxxtL xx>xx xxxxx >xxx x> L  POST admin.organisation
# Two cards of one human being: the administrator alone
xxxtL xx+xx xxxxx +xxx x+ L  GET persons.duplicates
xxxtL xx+xx xxxxx oxxx xo L  GET persons.duplicate person=parent
xxxtL xxoxx xxxxx +xxx x+ L  GET persons.duplicate person=foreign_pupil
xxxtL xxoxx xxxxx oxxx xo L  GET persons.duplicate person=missing
xxxtL xx+xx xxxxx oxxx xo L  GET persons.merge person=parent ?with=2
xxxtL xxoxx xxxxx oxxx xo L  GET persons.merge person=foreign_pupil ?with=2
xxxtL xxoxx xxxxx oxxx xo L  GET persons.merge person=missing ?with=2
xxxtL xx>xx xxxxx oxxx xo L  POST persons.merge person=parent ?with=2
xxxtL xxoxx xxxxx oxxx xo L  POST persons.merge person=foreign_pupil ?with=2
xxxtL xxoxx xxxxx oxxx xo L  POST persons.merge person=missing ?with=2
xxxtL xx+xx xxxxx oxxx xo L  GET persons.duplicate person=pupil
xxxtL xx+xx xxxxx oxxx xo L  GET persons.duplicate person=own_teacher
xxxtL xxoxx xxxxx oxxx xo L  GET persons.merge person=pupil
xxxtL xxoxx xxxxx oxxx xo L  GET persons.merge person=own_teacher
xxxtL xxoxx xxxxx oxxx xo L  POST persons.merge person=pupil
xxxtL xxoxx xxxxx oxxx xo L  POST persons.merge person=own_teacher
xx+tL xx+xx xxxxx ooxx xo L  GET persons.history person=pupil
xxxtL xx+xx xxxxx ooxx xo L  GET persons.history person=own_teacher
xxotL xxoxx xxxxx ++xx x+ L  GET persons.history person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  GET persons.history person=missing
# People by hand and movement: a class teacher keeps the own class
xx+tL xx+xx xxxxx ooxx xo L  GET persons.consents person=pupil
xxxtL xx+xx xxxxx ooxx xo L  GET persons.consents person=own_teacher
xxotL xxoxx xxxxx ++xx x+ L  GET persons.consents person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  GET persons.consents person=missing
xx>tL xx>xx xxxxx ooxx xo L  POST persons.consent person=pupil
xxxtL xxoxx xxxxx ooxx xo L  POST persons.consent person=own_teacher
xxotL xxoxx xxxxx >>xx x> L  POST persons.consent person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  POST persons.consent person=missing
xx+tL xx+xx xxxxx ooxx xo L  GET persons.new_guardian person=pupil
xxxtL xxoxx xxxxx ooxx xo L  GET persons.new_guardian person=own_teacher
xxotL xxoxx xxxxx ++xx x+ L  GET persons.new_guardian person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  GET persons.new_guardian person=missing
xx>tL xx>xx xxxxx ooxx xo L  POST persons.new_guardian person=pupil
xxxtL xxoxx xxxxx ooxx xo L  POST persons.new_guardian person=own_teacher
xxotL xxoxx xxxxx >>xx x> L  POST persons.new_guardian person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  POST persons.new_guardian person=missing
xx+tL xx+xx xxxxx ooxx xo L  GET persons.link link=own
xxotL xxoxx xxxxx ++xx x+ L  GET persons.link link=foreign
xxotL xxoxx xxxxx ooxx xo L  GET persons.link link=missing
xx>tL xx>xx xxxxx ooxx xo L  POST persons.link link=own
xxotL xxoxx xxxxx >>xx x> L  POST persons.link link=foreign
xxotL xxoxx xxxxx ooxx xo L  POST persons.link link=missing
xx>tL xx>xx xxxxx ooxx xo L  POST persons.delete_link link=own
xxotL xxoxx xxxxx >>xx x> L  POST persons.delete_link link=foreign
xxotL xxoxx xxxxx ooxx xo L  POST persons.delete_link link=missing
xx+tL xx+xx xxxxx ooxx xo L  GET persons.edit person=pupil
xxxtL xx+xx xxxxx ooxx xo L  GET persons.edit person=own_teacher
xxotL xxoxx xxxxx ++xx x+ L  GET persons.edit person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  GET persons.edit person=missing
xx>tL xx>xx xxxxx ooxx xo L  POST persons.edit person=pupil
xxxtL xx>xx xxxxx ooxx xo L  POST persons.edit person=own_teacher
xxotL xxoxx xxxxx >>xx x> L  POST persons.edit person=foreign_pupil
xxotL xxoxx xxxxx ooxx xo L  POST persons.edit person=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET persons.new_staff
xxxtL xx>xx xxxxx >xxx x> L  POST persons.new_staff
xxxtL xx+xx xxxxx +xxx x+ L  GET persons.new_pupil
xxxtL xx>xx xxxxx !xxx x! L  POST persons.new_pupil
xxxtL xxoxx xxxxx oxxx xo L  GET persons.leaving person=pupil
xxxtL xx+xx xxxxx oxxx xo L  GET persons.leaving person=own_teacher
xxxtL xxoxx xxxxx oxxx xo L  GET persons.leaving person=foreign_pupil
xxxtL xxoxx xxxxx oxxx xo L  GET persons.leaving person=missing
xxxtL xxoxx xxxxx oxxx xo L  POST persons.leaving person=pupil
xxxtL xx>xx xxxxx oxxx xo L  POST persons.leaving person=own_teacher
xxxtL xxoxx xxxxx oxxx xo L  POST persons.leaving person=foreign_pupil
xxxtL xxoxx xxxxx oxxx xo L  POST persons.leaving person=missing
xxxtL xxoxx xxxxx oxxx xo L  POST persons.back person=pupil
xxxtL xx>xx xxxxx oxxx xo L  POST persons.back person=own_teacher
xxxtL xxoxx xxxxx oxxx xo L  POST persons.back person=foreign_pupil
xxxtL xxoxx xxxxx oxxx xo L  POST persons.back person=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.movement
xxxtL xx>xx xxxxx oxxx xo L  POST admin.movement
xxxtL x++xx xxxxx +xxx x+ L  GET adoption.plan
xxxtL x++xx xxxxx +xxx x+ L  GET adoption.settings
xxxtL x>>xx xxxxx >xxx x> L  POST adoption.settings
xxxtL xx>xx xxxxx >xxx x> L  POST adoption.tick number=own
xxxtL x>xxx xxxxx xxxx xx L  POST adoption.tick number=foreign
xxxtL xooxx xxxxx oxxx xo L  POST adoption.tick number=missing
xxxtL xooxx xxxxx oxxx xo L  POST adoption.untick number=own
xxxtL xooxx xxxxx oxxx xo L  POST adoption.untick number=foreign
xxxtL xooxx xxxxx oxxx xo L  POST adoption.untick number=missing
xxxtL x++xx xxxxx +xxx x+ L  GET adoption.order_pdf
xxxtL x++xx xxxxx +xxx x+ L  GET adoption.coordinators_pdf
xxxtL x++xx xxxxx +xxx x+ L  GET adoption.consents_pdf
+++tL +++++ +++++ ++++ ++ L  GET help.page
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.rollover
xxxtL xx!xx xxxxx !xxx x! L  POST admin.rollover
xxxtL xx+xx xxxxx oxxx xo L  GET admin.rollover_class class=own
xxxtL xx+xx xxxxx oxxx xo L  GET admin.rollover_class class=other
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.rollover_class class=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.rollover_class class=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.rollover_class class=own
xxxtL xx>xx xxxxx oxxx xo L  POST admin.rollover_class class=other
xxxtL xxoxx xxxxx >xxx x> L  POST admin.rollover_class class=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.rollover_class class=missing
xxxtL xxoxx xxxxx oxxx xo L  POST admin.undo_rollover
xx+tL xx+xx xxxxx ooxx xo L  GET persons.subgroups class=own
xxxtL xx+xx xxxxx ooxx xo L  GET persons.subgroups class=other
xxotL xxoxx xxxxx ++xx x+ L  GET persons.subgroups class=foreign
xxotL xxoxx xxxxx ooxx xo L  GET persons.subgroups class=missing
xxotL xxoxx xxxxx ooxx xo L  POST persons.divide_class class=own
xxxtL xxoxx xxxxx ooxx xo L  POST persons.divide_class class=other
xxotL xxoxx xxxxx ooxx xo L  POST persons.divide_class class=foreign
xxotL xxoxx xxxxx ooxx xo L  POST persons.divide_class class=missing
"""
