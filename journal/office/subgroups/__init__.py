"""Dividing a class into the subgroups of a subject, from a date on."""
