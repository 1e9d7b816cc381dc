"""Pure building of the pages of results: facts in, page out."""
