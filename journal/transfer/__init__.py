"""School workbook and journal history, in and out (import-formats.md).

`school` and `history` are pure: files in, frozen rows and faults out; nothing here asks a database.
"""
