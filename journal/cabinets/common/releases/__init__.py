"""Releases by order: who is released from what, until when."""

from journal.cabinets.common.releases.views import MENU, blueprint

__all__ = ["MENU", "blueprint"]
