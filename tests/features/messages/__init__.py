"""Messages: events become notifications and letters, each once."""
