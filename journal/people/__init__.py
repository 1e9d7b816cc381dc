"""Organisations, accounts and the people behind them."""
