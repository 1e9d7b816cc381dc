"""The deputy's inbox: remarks that open and close by themselves, made at each look."""
