"""Weekly sheets for families without the electronic service (D15; 003:107–109)."""
