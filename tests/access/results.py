"""Results in the matrix: its lines, what their POSTs carry, a version of the rules to come."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from journal.core.audit.service import canonical
from journal.grading.models import MarkRules
from journal.reports.certifying.models import CertifiedSheet
from journal.reports.forms import FormCell, FormColumn, FormRow, PaperForm
from journal.reports.forms.model import digest_of
from tests.access.forms_table import FORMS
from tests.factories import SchoolBuilder

_RULES = {
    "valid_from": "2026-12-01",
    "title": "Приказ № 46",
    "act": "п. 3.2",
    "five_from": "4.60",
    "four_from": "3.60",
    "three_from": "2.60",
    "minimum_marks": "3",
    "missed_over": "50",
    "retake": "replaces",
    "final_half": "up",
}
RESULT_FORMS: dict[str, dict[str, str]] = {
    "results.council": {"kind": "promoted", "decided_on": "2026-11-19", "number": "7"},
    "results.new_rules": _RULES,
    "results.preview_rules": _RULES,
    "results.final_days": {"kind": "exam", "last": "2026-12-20", "reason": "Карантин"},
    "results.term_days": {"last": "2026-12-20", "reason": "Карантин"},
}


def coming_rules(school: SchoolBuilder) -> int:
    """A version of the rules of marks whose day has not come; its id."""
    rules = school.add(
        MarkRules,
        valid_from=date(2027, 1, 11),
        title="Приказ № 45",
        act="п. 3.2",
        five_from=Decimal("4.50"),
        four_from=Decimal("3.50"),
        three_from=Decimal("2.50"),
        minimum_marks=3,
        missed_over=50,
        retake="replaces",
        final_half="up",
    )
    return rules.id


def certified(school: SchoolBuilder, class_id: int) -> int:
    """A sheet of the class, certified by the director; its id."""
    form = PaperForm(
        school="Школа",
        title="Сводная ведомость",
        subtitle="I четверть",
        columns=(FormColumn(title="Фамилия, имя"), FormColumn(title="Математика")),
        rows=(FormRow(cells=(FormCell("Ученик"), FormCell("5")), key="Ученик"),),
    )
    facts = canonical(form.facts()) or ""
    sheet = school.add(
        CertifiedSheet,
        class_group_id=class_id,
        place="quarter-1",
        edition=1,
        code=f"{class_id:012d}",
        facts=facts,
        sha256=digest_of(facts),
        certified_by=1,
        name="Утверждаев У. У.",
        post="director",
        certified_at=datetime(2026, 11, 2, tzinfo=UTC),
    )
    return sheet.id


RESULTS = """
# Results: term, year, exam and final marks
+++tL +++xx xxxxx ++xx x+ L  GET results.overview
+++tL +++xx xxxxx ++xx x+ L  GET results.overview ?year=foreign
oootL oooxx xxxxx ooxx xo L  GET results.overview ?stage=nonsense
+x+tL +++xx xxxxx ooxx xo L  GET results.course course=own
x+xtL +++xx xxxxx ooxx xo L  GET results.course course=other_class
oootL oooxx xxxxx ++xx x+ L  GET results.course course=foreign
oootL oooxx xxxxx ooxx xo L  GET results.course course=missing
oxotL oooxx xxxxx ooxx xo L  GET results.course course=own ?at=nonsense
+x+tL +++xx xxxxx ooxx xo L  GET results.course course=own ?at=quarter-1 ?fill=1
#xxtL xxxxx xxxxx xoxx xo L  POST results.enter course=own ?at=quarter-1
x#xtL xxxxx xxxxx xoxx xo L  POST results.enter course=other_class ?at=quarter-2
oootL xxxxx xxxxx x#xx xx L  POST results.enter course=foreign ?at=quarter-1
oootL xxxxx xxxxx xoxx xo L  POST results.enter course=missing ?at=quarter-1
oxotL xxxxx xxxxx xoxx xo L  POST results.enter course=own
+x+tL +++xx xxxxx ooxx xo L  GET results.proposal course=own pupil=pupil
oxotL oooxx xxxxx ooxx xo L  GET results.proposal course=own pupil=stranger_pupil
oxotL oooxx xxxxx ooxx xo L  GET results.proposal course=own pupil=foreign_pupil
oxotL oooxx xxxxx ooxx xo L  GET results.proposal course=own pupil=missing
x+xtL +++xx xxxxx ooxx xo L  GET results.proposal course=other_class pupil=stranger_pupil
oootL oooxx xxxxx ++xx x+ L  GET results.proposal course=foreign pupil=foreign_pupil
oootL oooxx xxxxx ooxx xo L  GET results.proposal course=missing pupil=pupil
xx+tL +++xx xxxxx ooxx xo L  GET results.class_group class=own
xxxtL +++xx xxxxx ooxx xo L  GET results.class_group class=other
oootL oooxx xxxxx ++xx x+ L  GET results.class_group class=foreign
oootL oooxx xxxxx ooxx xo L  GET results.class_group class=missing
xx+tL +++xx xxxxx ooxx xo L  GET results.summary class=own
xxxtL +++xx xxxxx ooxx xo L  GET results.summary class=other
oootL oooxx xxxxx ++xx x+ L  GET results.summary class=foreign
oootL oooxx xxxxx ooxx xo L  GET results.summary class=missing
xx+tL +++xx xxxxx ooxx xo L  GET results.summary_file class=own kind=pdf
xxxtL +++xx xxxxx ooxx xo L  GET results.summary_file class=other kind=pdf
oootL oooxx xxxxx ++xx x+ L  GET results.summary_file class=foreign kind=pdf
oootL oooxx xxxxx ooxx xo L  GET results.summary_file class=missing kind=pdf
xx+tL +++xx xxxxx ooxx xo L  GET results.summary_why class=own ?at=quarter-1 ?pupil=pupil
xxxtL oooxx xxxxx ooxx xo L  GET results.summary_why class=other ?at=quarter-1 ?pupil=pupil
oootL oooxx xxxxx ooxx xo L  GET results.summary_why class=foreign ?at=quarter-1 ?pupil=pupil
oootL oooxx xxxxx ooxx xo L  GET results.summary_why class=missing ?at=quarter-1 ?pupil=pupil
oootL oooxx xxxxx ooxx xo L  GET results.summary_file class=own kind=doc
xxotL oooxx xxxxx ooxx xo L  GET results.summary class=own ?at=nonsense
xx+tL +++xx xxxxx ooxx xo L  GET results.certified_sheets class=own
xxxtL +++xx xxxxx ooxx xo L  GET results.certified_sheets class=other
xx+tL +++xx xxxxx ooxx xo L  GET results.certified sheet=own
xx+tL +++xx xxxxx ooxx xo L  GET results.certified_file sheet=own kind=csv
xxxtL >>xxx xxxxx xxxx xx L  POST results.certify class=own ?at=quarter-1
xxxtL >>xxx xxxxx xxxx xx L  POST results.certify class=other
oootL oooxx xxxxx ++xx x+ L  GET results.certified_sheets class=foreign
oootL oooxx xxxxx ++xx x+ L  GET results.certified sheet=foreign
oootL oooxx xxxxx ++xx x+ L  GET results.certified_file sheet=foreign kind=csv
xxxtL ooxxx xxxxx xxxx xx L  POST results.certify class=foreign ?at=quarter-1
oootL oooxx xxxxx ooxx xo L  GET results.certified_sheets class=missing
oootL oooxx xxxxx ooxx xo L  GET results.certified sheet=missing
oootL oooxx xxxxx ooxx xo L  GET results.certified_file sheet=missing kind=csv
xxxtL ooxxx xxxxx xxxx xx L  POST results.certify class=missing ?at=quarter-1
+++++ +++++ +++++ ++++ ++ +  GET check.code
xxxtL +x+xx xxxxx oxxx xo L  GET results.council class=own
xxxtL +x+xx xxxxx oxxx xo L  GET results.council class=other
xxxtL oxoxx xxxxx +xxx x+ L  GET results.council class=foreign
xxxtL oxoxx xxxxx oxxx xo L  GET results.council class=missing
xxxtL >x>xx xxxxx oxxx xo L  POST results.council class=own pupils=pupil
xxxtL !x!xx xxxxx oxxx xo L  POST results.council class=other pupils=pupil
xxxtL oxoxx xxxxx >xxx x> L  POST results.council class=foreign pupils=foreign_pupil
xxxtL oxoxx xxxxx oxxx xo L  POST results.council class=missing pupils=pupil
xxxtL oxoxx xxxxx oxxx xo L  POST results.withdraw class=own pupil=pupil
xxxtL oxoxx xxxxx oxxx xo L  POST results.withdraw class=other
xxxtL oxoxx xxxxx oxxx xo L  POST results.withdraw class=foreign
xxxtL oxoxx xxxxx oxxx xo L  POST results.withdraw class=missing
+++tL +++xx xxxxx ++xx x+ L  GET results.rules
xxxtL xx+xx xxxxx +xxx x+ L  GET results.new_rules
xxxtL xx>xx xxxxx >xxx x> L  POST results.new_rules
xxxtL xx+xx xxxxx +xxx x+ L  POST results.preview_rules
xxxtL xx>xx xxxxx oxxx xo L  POST results.withdraw_rules rules=own
xxxtL xxoxx xxxxx >xxx x> L  POST results.withdraw_rules rules=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST results.withdraw_rules rules=missing
xxxtL xx+xx xxxxx oxxx xo L  GET results.term_days term=1
xxxtL xxoxx xxxxx +xxx x+ L  GET results.term_days term=foreign_1
xxxtL xxoxx xxxxx oxxx xo L  GET results.term_days term=missing
xxxtL xx>xx xxxxx oxxx xo L  POST results.term_days term=1
xxxtL xxoxx xxxxx >xxx x> L  POST results.term_days term=foreign_1
xxxtL xxoxx xxxxx oxxx xo L  POST results.term_days term=missing
xxxtL xx+xx xxxxx oxxx xo L  GET results.final_days year=own
xxxtL xxoxx xxxxx +xxx x+ L  GET results.final_days year=foreign
xxxtL xxoxx xxxxx oxxx xo L  GET results.final_days year=missing
xxxtL xx>xx xxxxx oxxx xo L  POST results.final_days year=own
xxxtL xxoxx xxxxx >xxx x> L  POST results.final_days year=foreign
xxxtL xxoxx xxxxx oxxx xo L  POST results.final_days year=missing
"""
RESULTS += FORMS
