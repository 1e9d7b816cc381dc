"""The matrix of the plan of adoption, help, the roll-over of the year and subgroups."""

SETUP = """
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
