"""What every storey stands on: database, clock, errors, audit chain, leases. No school words."""
