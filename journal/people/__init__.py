"""Organisations, accounts and the people behind them."""

from journal.people import school_keys, words

__all__ = ["words"]  # from the first row on: it listens to persons being written
