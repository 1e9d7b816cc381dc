"""The archive in the browser of the tests."""
