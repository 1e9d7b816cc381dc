"""The monitoring cabinet of a school."""
