"""Reads of results: the page of a course, of a class, of the school's terms."""
