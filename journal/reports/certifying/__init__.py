"""Certified summary sheets: kept as they were signed, edition beside edition."""
