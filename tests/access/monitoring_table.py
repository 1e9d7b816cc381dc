"""Lines of the matrix about regional monitoring; joined to `table.TABLE`."""

MONITORING = """
# The coordinator's cabinet
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.table procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.table procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.table procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.save_table procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.save_table procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.save_table procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.send procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.send procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.send procedure=missing
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.behind_cell procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.behind_cell procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.behind_cell procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.template procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.template procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.template procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.filled_template procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.filled_template procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.filled_template procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.fill procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.fill procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.fill procedure=missing
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.fill_state procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.fill_state procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.fill_state procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.journal procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.journal procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.journal procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.take procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.take procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.take procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.send_journal procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.send_journal procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.send_journal procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.report procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.report procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.report procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.current
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.past
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.card procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.card procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.card procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET monitoring.material material=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.material material=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.material material=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.appoint procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.appoint procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.appoint procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST monitoring.hand_over procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.hand_over procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.hand_over procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.give_back procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.give_back procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.give_back procedure=missing
xxxtL xxxx! xxxxx xxxx xx L  POST monitoring.ask procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.ask procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.ask procedure=missing
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.upload procedure=own
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.upload procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  POST monitoring.upload procedure=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.attempt procedure=own attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt procedure=foreign attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt procedure=missing attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt attempt=foreign procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt attempt=missing procedure=own
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.attempt_state procedure=own attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_state procedure=foreign attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_state procedure=missing attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_state attempt=foreign procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_state attempt=missing procedure=own
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.attempt_marked procedure=own attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_marked procedure=foreign attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_marked procedure=missing attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_marked attempt=foreign procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_marked attempt=missing procedure=own
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.attempt_remarks procedure=own attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_remarks procedure=foreign attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_remarks procedure=missing attempt=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_remarks attempt=foreign procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.attempt_remarks attempt=missing procedure=own

# The regional side: nobody works at a centre here
xxxtL xxxxx xxxxx xxxx xx L  GET region.set_schools procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.set_schools procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.set_schools procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.set_schools procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.set_schools procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.set_schools procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.participants_list procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.participants_list procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.participants_list procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.entered procedure=own organisation=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.entered procedure=foreign organisation=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.entered procedure=missing organisation=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.entered organisation=foreign procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.entered organisation=missing procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.procedures
xxxtL xxxxx xxxxx xxxx xx L  GET region.new_procedure
xxxtL xxxxx xxxxx xxxx xx L  POST region.new_procedure
xxxtL xxxxx xxxxx xxxx xx L  GET region.edit procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.edit procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.edit procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.edit procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.edit procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.edit procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.procedure procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.procedure procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.procedure procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.statistics_now procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.statistics_now procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.statistics_now procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.open_ procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.open_ procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.open_ procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.extend_window procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.extend_window procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.extend_window procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.decide procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.decide procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.decide procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.send_reminders procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.send_reminders procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.send_reminders procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.publications
xxxtL xxxxx xxxxx xxxx xx L  GET region.new_publication
xxxtL xxxxx xxxxx xxxx xx L  POST region.new_publication
xxxtL xxxxx xxxxx xxxx xx L  GET region.publication publication=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.publication publication=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.publication publication=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.publication publication=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.publication publication=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.publication publication=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.material material=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.material material=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.material material=missing
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.report_file procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.report_file procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.report_file procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET monitoring.regional procedure=own
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.regional procedure=foreign
xxxtL xxxxo xxxxx xxxx xx L  GET monitoring.regional procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.base
xxxtL xxxxx xxxxx xxxx xx L  GET region.exports procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.exports procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.exports procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.export procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.export procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.export procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_state procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_state procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_state procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_file procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_file procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.export_file procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.regional procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.regional procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.regional procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.results_file procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.results_file procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.results_file procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority procedure=own
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.authority procedure=own
xxxtL xxxxx xxxxx xxxx xx L  POST region.authority procedure=foreign
xxxtL xxxxx xxxxx xxxx xx L  POST region.authority procedure=missing
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority_file procedure=own sending=missing suffix=.pdf
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority_file procedure=foreign sending=missing suffix=.pdf
xxxtL xxxxx xxxxx xxxx xx L  GET region.authority_file procedure=missing sending=missing suffix=.pdf
xxxtL xxxxx xxxxx xxxx xx L  POST region.withdraw_sending procedure=own sending=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.withdraw_sending procedure=foreign sending=missing
xxxtL xxxxx xxxxx xxxx xx L  POST region.withdraw_sending procedure=missing sending=missing
# The coordinator's own organisation
xxxtL xxxx+ xxxxx xxxx xx L  GET monitoring.organisation
xxxtL xxxx> xxxxx xxxx xx L  POST monitoring.organisation
"""
