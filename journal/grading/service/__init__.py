"""Commands of grading."""

from journal.grading.service.marks import MarkDraft, clear_mark, put_mark
from journal.grading.service.works import WorkDraft, put_work

__all__ = ["MarkDraft", "WorkDraft", "clear_mark", "put_mark", "put_work"]
