"""What the panel of a lesson asks for and does beside the queue: plan, files, own tasks, load."""

from journal.cabinets.common.lessons.views import blueprint

__all__ = ["blueprint"]
