"""Every printed form of a large school against figures made from its files alone."""
