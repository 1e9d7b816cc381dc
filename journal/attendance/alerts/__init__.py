"""Alerts: a family is told of an unannounced absence, the staff of absences over a threshold."""
