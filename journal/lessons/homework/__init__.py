"""Commands on homework beside its text: files, tasks of single pupils, templates of one's own."""

from journal.lessons.homework.files import attach_file, remove_file
from journal.lessons.homework.own_tasks import OwnTaskDraft, put_own_task, remove_own_task
from journal.lessons.homework.templates import add_template, remove_template

__all__ = [
    "OwnTaskDraft",
    "add_template",
    "attach_file",
    "put_own_task",
    "remove_file",
    "remove_own_task",
    "remove_template",
]
