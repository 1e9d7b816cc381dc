"""Printed forms: gather → frozen dataclass → PDF or xlsx."""
