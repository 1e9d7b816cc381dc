"""How long a year's journals and summary sheets are kept, and what was decided to delete."""
