"""The printed forms: each reads its facts and makes papers of them. See `registry`."""
