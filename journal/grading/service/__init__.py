"""Commands of grading."""

from journal.grading.service.marks import MarkDraft, clear_mark, put_mark
from journal.grading.service.works import WorkDraft, clear_work, put_work

__all__ = ["MarkDraft", "WorkDraft", "clear_mark", "clear_work", "put_mark", "put_work"]
