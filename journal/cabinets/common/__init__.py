"""What every role shares: signing in, own password, language, the way home."""

from journal.cabinets.common.views import MENU, blueprint

__all__ = ["MENU", "blueprint"]
