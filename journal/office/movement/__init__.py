"""Movement of pupils by order: transfer, leaving, return; consequences come first."""
