"""Bells, dated timetable versions and their weekly slots."""
