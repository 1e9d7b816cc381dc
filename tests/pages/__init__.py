"""Every page of every role: valid, titled, safe, translated, and as cheap in a larger school."""
