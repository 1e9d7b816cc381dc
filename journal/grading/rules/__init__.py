"""Pure rules of marks: rule sets, averages, proposals, shares. One function per figure."""

from journal.grading.rules.averages import (
    NUMERIC,
    SCALES,
    SPECIAL,
    Entry,
    Explanation,
    Figure,
    LeftOut,
    check_mark_value,
    decimal_text,
    plain_average,
    quotient_text,
    weighted_average,
)
from journal.grading.rules.rule_sets import (
    USUAL,
    Half,
    Retake,
    RuleBook,
    RuleSet,
    check_rule_set,
    rules_on,
)

__all__ = [
    "NUMERIC",
    "SCALES",
    "SPECIAL",
    "USUAL",
    "Entry",
    "Explanation",
    "Figure",
    "Half",
    "LeftOut",
    "Retake",
    "RuleBook",
    "RuleSet",
    "check_mark_value",
    "check_rule_set",
    "decimal_text",
    "plain_average",
    "quotient_text",
    "rules_on",
    "weighted_average",
]
