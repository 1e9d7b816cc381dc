"""Messages: notifications and their e-mail, made of the outbox's events after the commit."""
