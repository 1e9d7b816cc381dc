"""How fast the pages are, as ratios to a bare Flask page: `make bench`."""
