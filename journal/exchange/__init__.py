"""Regional monitoring: forms, workbooks, collections of data."""
