"""Reports of attendance: spans to choose from, figures of classes and of the school, reasons why.

Nothing here counts: every figure is a tally of `attendance.rules.counting`, by a key.
"""
