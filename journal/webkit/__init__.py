"""The edge: access rules, sessions, forms, downloads, error pages, translation, menu."""
