"""Deleting what was kept for its term: a year's journals, later its summary sheets (ADR 0059)."""
