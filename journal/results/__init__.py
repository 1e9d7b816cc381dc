"""Term, year, exam and final marks as pages: of a course, of a class, of the whole school."""
