"""A specialist's own notes about pupils."""
