"""The act on marks, and term marks whose teachers decided otherwise than it proposes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select, update

from journal.demo.ground import Ground
from journal.grading.models import MarkRules, TermMark
from journal.school.models import AcademicYear

_TITLE = "Положение о текущем контроле успеваемости, приказ № 118 от 28.08"
_ACT = (
    "3.2. Отметка за период выставляется по средневзвешенному баллу: «5» – от 4,60, «4» – от 3,60, "
    "«3» – от 2,60.\n"
    "3.3. Для выставления отметки нужно не менее трёх текущих отметок. Ученик не аттестуется, если "
    "отметок меньше и пропущено более половины уроков.\n"
    "3.5. Отметка, полученная при пересдаче, заменяет исходную.\n"
    "3.7. Учитель может выставить другую отметку, указав причину."
)
_REASONS = (
    "Исправил контрольную работу на консультации",
    "Победитель муниципального этапа олимпиады",
    "Итоговая работа написана выше остальных",
)
_OTHERWISE_EACH = 61
_THRESHOLDS = {
    "five_from": Decimal("4.60"),
    "four_from": Decimal("3.60"),
    "three_from": Decimal("2.60"),
}


def add_results(ground: Ground) -> None:
    """Rules in force since the year began; what was given was proposed, but for a few."""
    rules = _rules(ground)
    followed = update(TermMark).values(proposed=TermMark.value, mark_rules_id=rules.id)
    ground.session.execute(followed.execution_options(synchronize_session=False))
    for number, reason in enumerate(_REASONS):
        raised = update(TermMark).where(
            TermMark.value == "4", TermMark.id % (_OTHERWISE_EACH * 3) == _OTHERWISE_EACH * number
        )
        ground.session.execute(
            raised.values(proposed="3", reason=reason).execution_options(synchronize_session=False)
        )


def _rules(ground: Ground) -> MarkRules:
    year = ground.session.scalars(select(AcademicYear)).one()
    rules = MarkRules(
        organisation_id=ground.organisation_id,
        valid_from=year.starts_on - timedelta(days=1),
        title=_TITLE,
        act=_ACT,
        minimum_marks=3,
        missed_over=50,
        retake="replaces",
        final_half="up",
        **_THRESHOLDS,
    )
    ground.session.add(rules)
    ground.session.flush()
    return rules
