"""Setting a school up by hand: its frame, classes and load, each a checked, audited command."""
