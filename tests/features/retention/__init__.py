"""Terms of keeping and deletion by two persons."""
