"""Releases by order: from attending, from practical work."""
