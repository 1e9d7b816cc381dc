"""Comparisons for the director: classes, parallels, subjects, terms; what is left open."""
