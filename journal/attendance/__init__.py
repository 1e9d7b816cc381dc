"""Absences, lateness, excuses and exemptions."""
