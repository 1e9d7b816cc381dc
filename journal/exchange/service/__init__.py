"""Commands of regional monitoring: of the centre, of a school, and what processes a sending."""
