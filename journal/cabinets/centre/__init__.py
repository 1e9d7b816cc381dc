"""The regional centre's desk of schools: applications, cabinets, coordinators, the public site."""

from journal.cabinets.centre.views import BLUEPRINTS, MENU

__all__ = ["BLUEPRINTS", "MENU"]
