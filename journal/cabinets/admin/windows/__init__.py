"""«Сроки записей»: the school's edit windows (D08)."""

from journal.cabinets.admin.windows import views

__all__ = ["views"]
