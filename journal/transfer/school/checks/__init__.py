"""What the sheets must agree on beyond single cells; each check reports rows of the file only."""
