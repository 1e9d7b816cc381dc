"""One-time links by which a person chooses the own password, sent to the own e-mail."""
