"""The archive of a year: one signed .zip that opens without the application."""
