"""The school's frame: years, terms, classes, groups with dated membership, courses, movement."""
