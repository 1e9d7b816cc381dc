"""A demonstration school of invented people: a pure generator and the module that loads it."""
