"""Lesson plans (КТП): own ones to keep, the school's to read."""

from journal.cabinets.common.plans.views import MENU, blueprint

__all__ = ["MENU", "blueprint"]
