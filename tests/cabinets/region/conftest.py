"""The people of the region, as the school side's tests have them."""

from tests.cabinets.monitoring.conftest import enter, here

__all__ = ["enter", "here"]
