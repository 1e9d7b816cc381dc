"""Reads of lessons."""

from journal.lessons.queries.course import load_course

__all__ = ["load_course"]
