"""Organisations, accounts and the people behind them."""

from journal.people import school_keys, words

__all__ = ["school_keys", "words"]  # from the first row on: they listen to what is written
