"""Schools enter the monitoring: they apply for a cabinet, the centre approves (S01, S02)."""
