"""The permission matrix: what every member of the cast gets from every route.

A line: the signs of the members in groups, the method, the endpoint, the objects it is tried on.
Signs are explained in `lines.SIGNS` (`+` page, `>` done, `x` 403, `o` 404, `L` sign in first …);
objects are named in `tests.cast` and `world`. A new route needs a line for every kind of object;
a test says which are missing and what the application answers today.
"""

from tests.access.archive import ARCHIVE
from tests.access.centre_table import CENTRE
from tests.access.day_table import DAY
from tests.access.excuses_table import EXCUSES
from tests.access.monitoring_table import MONITORING
from tests.access.planning_table import PLANNING
from tests.access.results import RESULTS
from tests.access.setup_table import SETUP
from tests.access.table_attendance import ATTENDANCE
from tests.access.table_lessons import LESSONS

TABLE = """
# ┌ own teacher, other teacher, class teacher, newcomer (temporary password), former teacher
# │     ┌ deputy, director, administrator, specialist, coordinator
# │     │     ┌ parent, stranger parent, pupil, classmate, stranger pupil
# │     │     │     ┌ of the neighbour school: administrator, teacher, parent, pupil
# │     │     │     │    ┌ parent here and administrator there: looking from here, from there
# │     │     │     │    │  ┌ nobody

# The way in
>>>tL >>>>> >>>>> >>>> >> L  GET common.home
+++++ +++++ +++++ ++++ ++ +  GET common.sign_in
!!!!! !!!!! !!!!! !!!! !! !  POST common.sign_in
+++++ +++++ +++++ ++++ ++ +  GET common.session_state
+++++ +++++ +++++ ++++ ++ +  GET offline.worker
+++++ +++++ +++++ ++++ ++ +  GET offline.fallback
LLLLL LLLLL LLLLL LLLL LL L  POST common.sign_out
++++L +++++ +++++ ++++ ++ L  GET common.password
!!!!L !!!!! !!!!! !!!! !! L  POST common.password
>>>>> >>>>> >>>>> >>>> >> >  POST common.language locale=en
ooooo ooooo ooooo oooo oo o  POST common.language locale=xx
>>>tL >>>>> >>>>> oooo >> L  POST common.choose_organisation organisation=own
oootL ooooo ooooo >>>> >> L  POST common.choose_organisation organisation=foreign
oootL ooooo ooooo oooo oo L  POST common.choose_organisation organisation=missing
>>>tL ooooo ooooo o>oo o> L  POST common.choose_role role=teacher
oo>tL ooooo ooooo o>oo oo L  POST common.choose_role role=class_teacher
oootL oo>oo ooooo >ooo o> L  POST common.choose_role role=administrator
>>>tL >>>>> >>>>> >>>> >> L  POST common.choose_role role=all
oootL ooooo ooooo oooo oo L  POST common.choose_role role=nonsense
+++++ +++++ +++++ ++++ ++ +  GET static filename=css/tokens.css
ooooo ooooo ooooo oooo oo o  GET static filename=../config.py
+++++ +++++ +++++ ++++ ++ +  GET bootstrap.static filename=css/bootstrap.min.css

# The administrator's cabinet
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.home
xxxtL x++xx xxxxx +xxx x+ L  GET admin.audit
xxxtL x++xx xxxxx +xxx x+ L  GET admin.audit ?who=Соколов
xxxtL x++xx xxxxx +xxx x+ L  GET admin.audit ?object=person ?id=foreign_pupil
xxxtL x>>xx xxxxx >xxx x> L  POST admin.verify
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.pupils
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.pupils ?class=foreign
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.pupils ?year=foreign
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.pupils ?page=huge
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.staff
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.guardians
xxxtL xx+xx xxxxx oxxx xo L  GET admin.person person=pupil
xxxtL xx+xx xxxxx oxxx xo L  GET admin.person person=own_teacher
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.person person=foreign_pupil
xxxtL xxoxx xxxxx oxxx xo L  GET admin.person person=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.classes
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.classes ?year=foreign
xxxtL xx+xx xxxxx oxxx xo L  GET admin.class_group class=own
xxxtL xx+xx xxxxx oxxx xo L  GET admin.class_group class=other
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.class_group class=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.class_group class=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.courses
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.courses ?class=foreign
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.courses ?subject=foreign
xxxtL xx+xx xxxxx oxxx xo L  GET admin.course course=own
xxxtL xx+xx xxxxx oxxx xo L  GET admin.course course=other_class
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.course course=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.course course=missing
xxxtL +++xx xxxxx +xxx x+ L  GET admin.timetable
xxxtL +++xx xxxxx +xxx x+ L  GET admin.timetable ?of=class ?id=foreign
xxxtL +++xx xxxxx +xxx x+ L  GET admin.timetable ?of=teacher ?id=huge
xxxtL +++xx xxxxx +xxx x+ L  GET admin.bells
xxxtL +++xx xxxxx +xxx x+ L  GET admin.calendar
xxxtL +++xx xxxxx +xxx x+ L  GET admin.calendar ?year=foreign
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.lists
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.exchange
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.template
xxxtL xx>xx xxxxx >xxx x> L  POST admin.upload kind=check_school
xxxtL xxoxx xxxxx oxxx xo L  POST admin.upload kind=nonsense
xxxtL xx>xx xxxxx >xxx x> L  POST admin.export kind=export_school
xxxtL xxoxx xxxxx oxxx xo L  POST admin.export kind=nonsense
xxxtL xx>xx xxxxx oxxx xo L  POST admin.import_checked job=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.import_checked job=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.import_checked job=missing
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.mail
xxxtL xx>xx xxxxx >xxx x> L  POST admin.mail_all_again
xxxtL xx>xx xxxxx oxxx xo L  POST admin.mail_again mail=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.mail_again mail=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.mail_again mail=missing
xxxtL xx>xx xxxxx oxxx xo L  POST admin.mail_give_up mail=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.mail_give_up mail=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.mail_give_up mail=missing
xxxtL xx+xx xxxxx oxxx xo L  GET admin.job job=own
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.job job=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.job job=missing
xxxtL xx+xx xxxxx oxxx xo L  GET admin.job_state job=own
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.job_state job=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.job_state job=missing
xxxtL xx+xx xxxxx oxxx xo L  GET admin.job_file job=own
xxxtL xxoxx xxxxx +xxx x+ L  GET admin.job_file job=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET admin.job_file job=missing

# Edit windows: the administrator sets them
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.windows
xxxtL xx+xx xxxxx +xxx x+ L  GET admin.windows_preview
xxxtL xx!xx xxxxx !xxx x! L  POST admin.set_windows
xxxtL xx>xx xxxxx >xxx x> L  POST admin.set_windows valid_from=2026-11-23
xxxtL xx>xx xxxxx oxxx xo L  POST admin.drop_windows policy=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.drop_windows policy=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.drop_windows policy=missing
xxxtL xx>xx xxxxx >xxx x> L  POST admin.extend_windows
xxxtL xx>xx xxxxx oxxx xo L  POST admin.end_windows_extension extension=own
xxxtL xxoxx xxxxx >xxx x> L  POST admin.end_windows_extension extension=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST admin.end_windows_extension extension=missing
xxxtL xx>xx xxxxx >xxx x> L  POST admin.checking_days

# Logins and passwords: the class teacher for his own class
xx+tL xx+x+ xxxxx ++xx x+ L  GET credentials.overview
xxxtL xx+x+ xxxxx +xxx x+ L  GET credentials.staff
xx+tL xx+x+ xxxxx ooxx xo L  GET credentials.class_group class=own
xxxtL xx+x+ xxxxx ooxx xo L  GET credentials.class_group class=other
xxotL xxoxo xxxxx ++xx x+ L  GET credentials.class_group class=foreign
xxotL xxoxo xxxxx ooxx xo L  GET credentials.class_group class=missing
xx+tL xx+x+ xxxxx ++xx x+ L  GET credentials.confirm
xx+tL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?class=own ?who=all
xxxtL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?class=other ?who=all
xxotL xxoxo xxxxx ++xx x+ L  GET credentials.confirm ?class=foreign ?who=all
xxotL xx+x+ xxxxx +oxx x+ L  GET credentials.confirm ?staff=1 ?who=all
xx+tL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?person=pupil
xx+tL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?person=parent
xxxtL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?person=stranger_pupil
xxxtL xx+x+ xxxxx ooxx xo L  GET credentials.confirm ?person=own_teacher
xxotL xxoxo xxxxx ++xx x+ L  GET credentials.confirm ?person=foreign_pupil
xx+tL xx+x+ xxxxx ++xx x+ L  GET credentials.confirm ?person=huge
xx+tL xx+x+ xxxxx ++xx x+ L  GET credentials.invited
xx!tL xx!x! xxxxx !!xx x! L  POST credentials.send
xx!tL xx!x! xxxxx ooxx xo L  POST credentials.send person=pupil
xxxtL xx!x! xxxxx ooxx xo L  POST credentials.send person=stranger_pupil
xxxtL xx!x! xxxxx ooxx xo L  POST credentials.send person=own_teacher
xxotL xxoxo xxxxx !!xx x! L  POST credentials.send person=foreign_pupil
ooooo ooooo ooooo oooo oo o  GET invitation.follow token=nonsense
ooooo ooooo ooooo oooo oo o  POST invitation.follow token=nonsense
xx!tL xx!x! xxxxx !!xx x! L  POST credentials.issue
xx+tL xx+x+ xxxxx ooxx xo L  POST credentials.issue person=pupil
xxxtL xx+x+ xxxxx ooxx xo L  POST credentials.issue person=stranger_pupil
xxxtL xx+x+ xxxxx ooxx xo L  POST credentials.issue person=own_teacher
xxxtL xx+xx xxxxx ooxx xo L  POST credentials.issue person=administrator
xxotL xxoxo xxxxx ++xx x+ L  POST credentials.issue person=foreign_pupil

# Changed marks
+++tL +++xx xxxxx ++xx x+ L  GET changes.report
+++tL +++xx xxxxx ++xx x+ L  GET changes.report ?class=other
+++tL +++xx xxxxx ++xx x+ L  GET changes.report ?class=foreign
+++tL +++xx xxxxx ++xx x+ L  GET changes.report ?teacher=foreign_teacher
+++tL +++xx xxxxx ++xx x+ L  GET changes.report ?subject=huge
+++tL +++xx xxxxx ++xx x+ L  GET changes.pdf
+++tL +++xx xxxxx ++xx x+ L  GET changes.xlsx

# Unlocks
+++tL +++xx xxxxx ++xx x+ L  GET unlocks.listing
+++tL +++xx xxxxx ++xx x+ L  GET unlocks.listing ?teacher=foreign_teacher
+++tL +++xx xxxxx ++xx x+ L  GET unlocks.listing ?page=huge
oootL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock
+xxtL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock ?course=own
+xxtL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock ?course=own ?lesson=locked
+xxtL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock ?course=own ?lesson=foreign
x+xtL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock ?course=other_class
oootL xxxxx xxxxx x+xx xx L  GET unlocks.request_unlock ?course=foreign
oootL xxxxx xxxxx xoxx xo L  GET unlocks.request_unlock ?course=huge
>xxtL xxxxx xxxxx xoxx xo L  POST unlocks.request_unlock ?course=own
x>xtL xxxxx xxxxx xoxx xo L  POST unlocks.request_unlock ?course=other_class
oootL xxxxx xxxxx x>xx xx L  POST unlocks.request_unlock ?course=foreign
xxxtL >x>xx xxxxx oxxx xo L  POST unlocks.decide unlock=own
xxxtL !x!xx xxxxx oxxx xo L  POST unlocks.decide unlock=own_refused
xxxtL oxoxx xxxxx >xxx x> L  POST unlocks.decide unlock=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST unlocks.decide unlock=missing

>ootL xxxxx xxxxx xoxx xo L  POST unlocks.withdraw unlock=own
oootL xxxxx xxxxx x>xx xo L  POST unlocks.withdraw unlock=foreign
oootL xxxxx xxxxx xoxx xo L  POST unlocks.withdraw unlock=missing
xxxtL >x>xx xxxxx oxxx xo L  POST unlocks.revoke unlock=own_running
xxxtL !x!xx xxxxx oxxx xo L  POST unlocks.revoke unlock=own
xxxtL oxoxx xxxxx !xxx x! L  POST unlocks.revoke unlock=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST unlocks.revoke unlock=missing
xxxtL +++xx xxxxx +xxx x+ L  GET unlocks.xlsx
xxxtL +++xx xxxxx +xxx x+ L  GET unlocks.xlsx ?teacher=foreign_teacher

# Letters: one's own, and the own class's families
+++tL +++++ +++++ ++++ ++ L  GET letters.listing
oo+tL ooooo +oooo oooo oo L  GET letters.letter copy=own
oootL ooooo ooooo o++o oo L  GET letters.letter copy=foreign
oootL ooooo ooooo oooo oo L  GET letters.letter copy=missing
oootL ooooo >oooo oooo oo L  POST letters.read copy=own
oootL ooooo ooooo oo>o oo L  POST letters.read copy=foreign
oootL ooooo ooooo oooo oo L  POST letters.read copy=missing
oo>tL ooooo >oooo oooo oo L  POST letters.reply copy=own
oootL ooooo ooooo o>>o oo L  POST letters.reply copy=foreign
oootL ooooo ooooo oooo oo L  POST letters.reply copy=missing
oo+tL ooooo ooooo oooo oo L  GET letters.receipts letter=own
oootL ooooo ooooo o+oo oo L  GET letters.receipts letter=foreign
oootL ooooo ooooo oooo oo L  GET letters.receipts letter=missing
+++tL +++++ +++++ ++++ ++ L  GET letters.administrator
>>>tL >>>>> >>>>> >>>> >> L  POST letters.administrator
xx+tL xxxxx xxxxx x+xx xx L  GET writing.own_class
xx+tL xxxxx xxxxx xoxx xx L  GET writing.own_class ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET writing.own_class ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET writing.own_class ?class=foreign
xx!tL xxxxx xxxxx x!xx xx L  POST writing.own_class
xxxtL xxxxx xxxxx xoxx xx L  POST writing.own_class ?class=other
oo+tL ooooo +oooo oooo oo L  GET letters.file copy=own file=own_letter
oootL ooooo ooooo oooo oo L  GET letters.file copy=foreign file=own_letter
oootL ooooo ooooo oooo oo L  GET letters.file copy=missing file=own_letter
oootL ooooo ooooo oooo oo L  GET letters.file copy=own file=own
oootL ooooo ooooo oooo oo L  GET letters.file copy=own file=foreign
oootL ooooo ooooo oooo oo L  GET letters.file copy=own file=missing
+++tL xxxxx xxxxx x+xx x+ L  GET writing.course
+xxtL xxxxx xxxxx xoxx xo L  GET writing.course ?course=own
x+xtL xxxxx xxxxx xoxx xo L  GET writing.course ?course=other_class
oootL xxxxx xxxxx x+xx xx L  GET writing.course ?course=foreign
oootL xxxxx xxxxx xoxx xo L  GET writing.course ?course=missing
!!!tL xxxxx xxxxx x!xx x! L  POST writing.course
!xxtL xxxxx xxxxx xoxx xo L  POST writing.course ?course=own
xxxtL +++xx xxxxx +xxx x+ L  GET writing.any_class
xxxtL +++xx xxxxx oxxx xo L  GET writing.any_class ?class=own
xxxtL oooxx xxxxx +xxx x+ L  GET writing.any_class ?class=foreign
xxxtL !!!xx xxxxx !xxx x! L  POST writing.any_class
xxxtL oooxx xxxxx !xxx x! L  POST writing.any_class ?class=foreign
xxxtL +++xx xxxxx +xxx x+ L  GET writing.staff
xxxtL !!!xx xxxxx !xxx x! L  POST writing.staff
xxxtL +++xx xxxxx +xxx x+ L  GET letter_templates.listing
xxxtL +++xx xxxxx +xxx x+ L  GET letter_templates.new
xxxtL >>>xx xxxxx >xxx x> L  POST letter_templates.new
xxxtL +++xx xxxxx oxxx xo L  GET letter_templates.change letter_template=own
xxxtL oooxx xxxxx +xxx x+ L  GET letter_templates.change letter_template=foreign
xxxtL oooxx xxxxx oxxx xo L  GET letter_templates.change letter_template=missing
xxxtL >>>xx xxxxx oxxx xo L  POST letter_templates.change letter_template=own
xxxtL oooxx xxxxx >xxx x> L  POST letter_templates.change letter_template=foreign
xxxtL oooxx xxxxx oxxx xo L  POST letter_templates.change letter_template=missing
xxxtL >>>xx xxxxx oxxx xo L  POST letter_templates.drop letter_template=own
xxxtL oooxx xxxxx >xxx x> L  POST letter_templates.drop letter_template=foreign
xxxtL oooxx xxxxx oxxx xo L  POST letter_templates.drop letter_template=missing

# Notifications: one's own
+++tL +++++ +++++ ++++ ++ L  GET notifications.listing
+++tL +++++ +++++ ++++ ++ L  GET notifications.listing ?page=huge
>>>tL >>>>> >>>>> >>>> >> L  POST notifications.read
+++tL +++++ +++++ ++++ ++ L  GET notifications.settings
>>>tL >>>>> >>>>> >>>> >> L  POST notifications.settings
>ootL ooooo ooooo oooo oo L  POST notifications.open_one notification=own
oootL ooooo ooooo >ooo oo L  POST notifications.open_one notification=foreign
oootL ooooo ooooo oooo oo L  POST notifications.open_one notification=missing

# The director's cabinet
xxxtL x+xxx xxxxx xxxx xx L  GET director.home

# The deputy's cabinet; control, for the director too
xxxtL +xxxx xxxxx xxxx xx L  GET deputy.home
xxxtL +xxxx xxxxx xxxx xx L  GET deputy.home ?date=2026-11-16
xxxtL +++xx xxxxx +xxx x+ L  GET control.timetable
xxxtL +++xx xxxxx +xxx x+ L  GET control.timetable ?date=2026-11-16
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?from=2026-09-01
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?class=own
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?class=foreign
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?class=huge
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?teacher=own_teacher
xxxtL ++xxx xxxxx xxxx xx L  GET control.not_filled ?teacher=foreign_teacher

# The specialist's cabinet
xxxtL xxx+x xxxxx xxxx xx L  GET specialist.home
xxxtL xxx+x xxxxx xxxx xx L  GET specialist.home ?date=2026-11-13
xxxtL xxx+x xxxxx xxxx xx L  GET specialist.pupils
xxxtL xxx+x xxxxx xxxx xx L  GET specialist.pupils ?q=Чужак
xxxtL xxx+x xxxxx xxxx xx L  GET cards.card pupil=pupil
xxxtL xxx+x xxxxx xxxx xx L  GET cards.card pupil=classmate
xxxtL xxx+x xxxxx xxxx xx L  GET cards.card pupil=stranger_pupil
xxxtL xxxox xxxxx xxxx xx L  GET cards.card pupil=foreign_pupil
xxxtL xxxox xxxxx xxxx xx L  GET cards.card pupil=missing
xxxtL xxx>x xxxxx xxxx xx L  POST cards.add pupil=pupil
xxxtL xxx>x xxxxx xxxx xx L  POST cards.add pupil=classmate
xxxtL xxx>x xxxxx xxxx xx L  POST cards.add pupil=stranger_pupil
xxxtL xxxox xxxxx xxxx xx L  POST cards.add pupil=foreign_pupil
xxxtL xxxox xxxxx xxxx xx L  POST cards.add pupil=missing
xxxtL xxx>x xxxxx xxxx xx L  POST cards.change note=own
xxxtL xxxox xxxxx xxxx xx L  POST cards.change note=other
xxxtL xxxox xxxxx xxxx xx L  POST cards.change note=foreign
xxxtL xxxox xxxxx xxxx xx L  POST cards.change note=missing
xxxtL xxx>x xxxxx xxxx xx L  POST cards.delete note=own
xxxtL xxxox xxxxx xxxx xx L  POST cards.delete note=other
xxxtL xxxox xxxxx xxxx xx L  POST cards.delete note=foreign
xxxtL xxxox xxxxx xxxx xx L  POST cards.delete note=missing

# The class teacher's cabinet: his own class
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.home
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.home ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.home ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.home ?class=foreign
xxotL xxxxx xxxxx xoxx xx L  GET class_teacher.home ?class=missing
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.pupils
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.pupils ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.pupils ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.pupils ?class=foreign
xx+tL xxxxx xxxxx x+xx xx L  GET class_teacher.journals
xx+tL xxxxx xxxxx xoxx xx L  GET class_teacher.journals ?class=own
xxxtL xxxxx xxxxx xoxx xx L  GET class_teacher.journals ?class=other
xxotL xxxxx xxxxx x+xx xx L  GET class_teacher.journals ?class=foreign

# The teacher's cabinet
+++tL xxxxx xxxxx x+xx x+ L  GET teacher.home
+++tL xxxxx xxxxx x+xx x+ L  GET teacher.home ?date=2026-10-09
oootL xxxxx xxxxx xoxx xo L  GET teacher.home ?date=9999-12-31
oootL xxxxx xxxxx xoxx xo L  GET teacher.home ?date=0001-01-01
+++tL xxxxx xxxxx x+xx x+ L  GET teacher.courses
+++tL xxxxx xxxxx x+xx x+ L  GET teacher.week
oootL xxxxx xxxxx xoxx xo L  GET teacher.week ?date=9999-12-31

# The journal page: read by the whole school's office, written by the lesson's teacher
+x+tL +++xx xxxxx ooxx xx L  GET register.journal course=own
x++tL +++xx xxxxx ooxx xx L  GET register.journal course=same_class
x+xtL +++xx xxxxx ooxx xx L  GET register.journal course=other_class
oootL oooxx xxxxx ++xx ++ L  GET register.journal course=foreign
oootL oooxx xxxxx ooxx oo L  GET register.journal course=missing
+x+tL +++xx xxxxx ooxx xx L  GET register.journal course=own ?term=1
oxotL oooxx xxxxx ooxx xx L  GET register.journal course=own ?term=foreign_1
+x+tL +++xx xxxxx ooxx xx L  GET register.journal course=own ?term=huge
+x+tL +++xx xxxxx ooxx xx L  GET register.average course=own pupil=pupil
oxotL oooxx xxxxx ooxx xx L  GET register.average course=own pupil=stranger_pupil
oxotL oooxx xxxxx ooxx xx L  GET register.average course=own pupil=foreign_pupil
x+xtL +++xx xxxxx ooxx xx L  GET register.average course=other_class pupil=stranger_pupil
oootL oooxx xxxxx ++xx ++ L  GET register.average course=foreign pupil=foreign_pupil
oootL oooxx xxxxx ooxx oo L  GET register.average course=foreign pupil=pupil
oxotL oooxx xxxxx ooxx xx L  GET register.average course=own pupil=missing
oootL oooxx xxxxx ooxx oo L  GET register.average course=missing pupil=pupil
+x+tL +++xx xxxxx ooxx xx L  GET register.history course=own lesson=recent pupil=pupil
oxotL oooxx xxxxx ooxx xx L  GET register.history course=own lesson=other_class pupil=pupil
oxotL oooxx xxxxx ooxx xx L  GET register.history course=own lesson=own pupil=stranger_pupil
oxotL oooxx xxxxx ooxx xx L  GET register.history course=own lesson=foreign pupil=foreign_pupil
oxotL oooxx xxxxx ooxx xx L  GET register.history course=own lesson=missing pupil=pupil
+x+tL +++xx xxxxx ooxx xx L  GET register.history course=own lesson=own pupil=classmate
oxotL oooxx xxxxx ooxx xx L  GET register.history course=own lesson=own pupil=missing
xoxtL oooxx xxxxx ooxx xx L  GET register.history course=other_class lesson=own pupil=pupil
oootL oooxx xxxxx ++xx ++ L  GET register.history course=foreign lesson=foreign pupil=foreign_pupil
oootL oooxx xxxxx ooxx oo L  GET register.history course=missing lesson=own pupil=pupil
+x+tL +++xx xxxxx ooxx xx L  GET register.figures course=own
+x+tL +++xx xxxxx ooxx xx L  GET register.figures course=own ?term=1
oxotL oooxx xxxxx ooxx xx L  GET register.figures course=own ?term=foreign_1
x+xtL +++xx xxxxx ooxx xx L  GET register.figures course=other_class
oootL oooxx xxxxx ++xx ++ L  GET register.figures course=foreign
oootL oooxx xxxxx ooxx oo L  GET register.figures course=missing
+x+tL +++xx xxxxx ooxx xx L  GET register.figure course=own
x+xtL +++xx xxxxx ooxx xx L  GET register.figure course=other_class
oxotL oooxx xxxxx ooxx xx L  GET register.figure course=own ?since=2026-11-03
oootL oooxx xxxxx ++xx ++ L  GET register.figure course=foreign
oootL oooxx xxxxx ooxx oo L  GET register.figure course=missing
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own
!xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own pupil=stranger_pupil
!xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own pupil=foreign_pupil
=xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=recent
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=locked
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=closed
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=future
oxotJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=other_class
oxotJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=foreign
oxotJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=missing
???tJ xxxxx xxxxx x?xx ?? J  POST register.save course=own lesson=huge
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=put_absence
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=locked kind=put_absence
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=future kind=put_absence
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=take_attendance
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=closed kind=take_attendance
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=put_lesson
#xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=locked kind=put_lesson
oxxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=put_mark work=foreign
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=clear_mark mark=foreign
+xxtJ xxxxx xxxxx xoxx xx J  POST register.save course=own lesson=own kind=clear_mark mark=closed
x+xtJ xxxxx xxxxx xoxx xx J  POST register.save course=same_class lesson=same_class
x#xtJ xxxxx xxxxx xoxx xx J  POST register.save course=other_class lesson=other_class pupil=sibling
oootJ xxxxx xxxxx x=xx xx J  POST register.save course=foreign lesson=foreign pupil=foreign_pupil
oootJ xxxxx xxxxx x!xx xx J  POST register.save course=foreign lesson=foreign pupil=pupil
oootJ xxxxx xxxxx xoxx oo J  POST register.save course=missing lesson=own

# The diary: own, own children's, own class's
xx+tL xxxxx +++++ x+++ ++ L  GET parent.family
xx+tL xxxxx +++++ x+++ ++ L  GET pupil.today
xx+tL xxxxx >>>>> x+>> >> L  GET pupil.week
xx+tL xxxxx +o+oo xooo oo L  GET pupil.week pupil=pupil
xx+tL xxxxx ooo+o xooo oo L  GET pupil.week pupil=classmate
xx+tL xxxxx ooooo xooo oo L  GET pupil.week pupil=leaver
xxotL xxxxx +oooo xooo oo L  GET pupil.week pupil=sibling
xxotL xxxxx o+oo+ xooo oo L  GET pupil.week pupil=stranger_pupil
xxotL xxxxx ooooo x+++ oo L  GET pupil.week pupil=foreign_pupil
xxotL xxxxx ooooo xooo oo L  GET pupil.week pupil=missing
xx+tL xxxxx +o+oo xooo oo L  GET pupil.week pupil=pupil ?week=2026-W41
xxotL xxxxx ooooo xooo oo L  GET pupil.week pupil=pupil ?week=nonsense
xxotL xxxxx ooooo xooo oo L  GET pupil.week pupil=pupil ?week=9999-W52
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=pupil subject=maths
xx+tL xxxxx +o+oo xooo oo L  GET pupil.average pupil=pupil subject=maths ?term=2
xx+tL xxxxx ooo+o xooo oo L  GET pupil.average pupil=classmate subject=maths ?term=2
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=pupil subject=maths ?term=foreign_2
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=pupil subject=missing ?term=2
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=pupil subject=foreign ?term=2
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=stranger_pupil subject=maths ?term=2
xxotL xxxxx ooooo x+++ oo L  GET pupil.average pupil=foreign_pupil subject=foreign ?term=foreign_2
xxotL xxxxx ooooo xooo oo L  GET pupil.average pupil=missing subject=maths ?term=2
xx+tL xxxxx >>>>> x+>> >> L  GET pupil.marks
xx+tL xxxxx +o+oo xooo oo L  GET pupil.marks pupil=pupil
xx+tL xxxxx ooo+o xooo oo L  GET pupil.marks pupil=classmate
xxotL xxxxx o+oo+ xooo oo L  GET pupil.marks pupil=stranger_pupil
xxotL xxxxx ooooo x+++ oo L  GET pupil.marks pupil=foreign_pupil
xxotL xxxxx ooooo xooo oo L  GET pupil.marks pupil=missing
xxotL xxxxx ooooo xooo oo L  GET pupil.marks pupil=pupil ?year=foreign
xx+tL xxxxx >>>>> x+>> >> L  GET pupil.absences
xx+tL xxxxx +o+oo xooo oo L  GET pupil.absences pupil=pupil
xx+tL xxxxx ooo+o xooo oo L  GET pupil.absences pupil=classmate
xxotL xxxxx o+oo+ xooo oo L  GET pupil.absences pupil=stranger_pupil
xxotL xxxxx ooooo x+++ oo L  GET pupil.absences pupil=foreign_pupil
xxotL xxxxx ooooo xooo oo L  GET pupil.absences pupil=missing
xxotL xxxxx ooooo xooo oo L  GET pupil.absences pupil=pupil ?year=foreign
"""
TABLE += CENTRE
TABLE += EXCUSES
TABLE += DAY
TABLE += PLANNING
TABLE += MONITORING

TABLE += RESULTS + ARCHIVE
TABLE += SETUP
TABLE += LESSONS
TABLE += ATTENDANCE
