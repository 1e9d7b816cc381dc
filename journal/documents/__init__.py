"""Toolkits for files people hand in and take away: tables in, workbooks and PDF out.

No school words here: sheets, columns and sentences come from the storeys above.
"""
