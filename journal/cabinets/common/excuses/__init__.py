"""Excuses, whoever looks: the family, the class teacher, the deputy, and their files."""

from journal.cabinets.common.excuses import family, files, keeper, leaves

BLUEPRINTS = (files.blueprint, family.blueprint, keeper.blueprint, leaves.blueprint)
MENU = (*family.MENU, *leaves.MENU)

__all__ = ["BLUEPRINTS", "MENU"]
