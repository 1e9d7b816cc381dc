"""Commands on lesson plans (КТП). A plan is kept by who teaches a course that follows it."""

from journal.lessons.plans.pins import pin_topic
from journal.lessons.plans.sharing import follow_plan, share_plan, split_plan, take_plan
from journal.lessons.plans.store import keeps_plan, own_plan_course
from journal.lessons.plans.table import put_plan

__all__ = [
    "follow_plan",
    "keeps_plan",
    "own_plan_course",
    "pin_topic",
    "put_plan",
    "share_plan",
    "split_plan",
    "take_plan",
]
