"""The cabinets: thin blueprints per role. They never import each other."""

from __future__ import annotations

from flask import Flask

from journal.cabinets import (
    admin,
    centre,
    class_teacher,
    common,
    deputy,
    director,
    monitoring,
    parent,
    portal,
    pupil,
    region,
    specialist,
    teacher,
)
from journal.cabinets.common import (
    adoption,
    alerts,
    analysis,
    archive,
    attendance,
    calendar,
    changes,
    control,
    credentials,
    helping,
    inbox,
    papers,
    persons,
    planning,
    results,
    substitutions,
)
from journal.webkit.menu import register_menu

_CABINETS = (
    common,
    calendar,
    changes,
    control,
    credentials,
    persons,
    adoption,
    alerts,
    helping,
    planning,
    substitutions,
    admin,
    director,
    deputy,
    teacher,
    class_teacher,
    specialist,
    monitoring,
    parent,
    pupil,
    results,
    portal,
    centre,
    region,
    attendance,
    papers,
    inbox,
    analysis,
    archive,
)


def init_app(app: Flask) -> None:
    """Register every cabinet's blueprints and its menu entries."""
    for cabinet in _CABINETS:
        for blueprint in cabinet.BLUEPRINTS:
            app.register_blueprint(blueprint)
        register_menu(app, cabinet.MENU)
