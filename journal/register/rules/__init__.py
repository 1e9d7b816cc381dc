"""Pure building of a journal page: facts in, page out."""
