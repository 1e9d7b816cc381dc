"""The permission matrix: every route, every member of the cast, every kind of object."""
