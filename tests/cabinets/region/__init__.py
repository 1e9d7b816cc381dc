"""The regional side of monitoring."""
