"""A process killed at any point loses nothing it has acknowledged and doubles nothing."""
