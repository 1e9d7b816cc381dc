"""Excuses: what families send, what the school decides, what follows for absences."""
