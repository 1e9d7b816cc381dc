"""Works, marks, averages and term marks."""
