"""People entered and changed by hand: staff, pupils, guardians, their consents."""
