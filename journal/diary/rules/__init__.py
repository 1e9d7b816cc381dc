"""Pure rules of the diary: rows of the features below into what a page shows."""
