"""Two rows of one human being made one: proposals, preview, the merge."""
