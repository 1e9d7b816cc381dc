"""The menu: every cabinet declares its entries, the actor sees those he may open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, current_app, g, request, session, url_for
from markupsafe import Markup

from journal.access import ROLE_NAMES, Actor, Permission, Role
from journal.access.permissions import permissions_of
from journal.core.messages import N_, Message
from journal.webkit.i18n import choose_locale, say

ALL_ROLES = "all"
_ALL = N_("All roles")
FITTING = 9
"""So many sections stand beside each other at 1440 px; of more, those of a group are folded."""


class MenuGroup(Enum):
    """Sections folded under one name in the bar of those who have many."""

    PEOPLE = N_("People and classes")
    TIMETABLE = N_("Timetable and changes")
    JOURNALS = N_("Journals and marks")
    UPKEEP = N_("Upkeep")
    MONITORING = N_("Monitoring")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MenuEntry:
    """A section of the top bar. `home` marks what «/» leads to; the lowest `order` wins.

    `concerns` narrows a permission that people of several kinds hold: a class teacher may read a
    diary, but has none of his own. `short` is the label where a word has to do: in the bar under a
    diary on a phone.
    """

    label: Message
    endpoint: str
    permission: Permission
    order: int
    home: bool = False
    group: MenuGroup | None = None
    short: Message | None = None
    concerns: Callable[[Actor], bool] = lambda actor: True


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry as the template shows it."""

    label: str
    url: str
    current: bool
    count: int | None = None
    home: bool = False
    group: MenuGroup | None = None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class MenuSection:
    """What stands in the bar: one item, or a named group of several to unfold."""

    pages: tuple[MenuItem, ...]
    name: str | None = None

    @property
    def current(self) -> bool:
        """One of its pages is open."""
        return any(item.current for item in self.pages)


def register_menu(app: Flask, entries: Iterable[MenuEntry]) -> None:
    """Add a cabinet's entries."""
    app.extensions.setdefault("menu", []).extend(entries)
    app.extensions["menu"].sort(key=lambda entry: entry.order)


class _Bar(NamedTuple):
    """What the bar depends on: many readers and pages see the same one, so it is made once."""

    entries: tuple[MenuEntry, ...]
    locale: str
    addresses: tuple[str, ...]
    current: str | None


def menu() -> list[MenuItem]:
    """The entries this actor may open; the longest address that begins the page's is current."""
    bar = _own_bar()
    return list(_items(bar)) if bar else []


def menu_bar() -> Markup:
    """The sections of the bar as they stand in the page."""
    bar = _own_bar()
    return _written(bar) if bar else Markup()


def _own_bar() -> _Bar | None:
    if "bar" not in g:
        g.bar = _present_bar()
    bar: _Bar | None = g.bar
    return bar


def _present_bar() -> _Bar | None:
    actor: Actor | None = g.get("actor")
    if actor is None or actor.must_change_password:
        return None
    here = request._get_current_object()  # type: ignore[attr-defined]
    entries = tuple(_allowed(actor))
    addresses = _addresses(entries, here.script_root, _kept_by_the_page(entries))
    fitting = [url for url in addresses if here.path.startswith(url)]
    return _Bar(entries, choose_locale(), addresses, max(fitting, key=len, default=None))


def _kept_by_the_page(entries: tuple[MenuEntry, ...]) -> tuple[tuple[str, object], ...]:
    """What this page adds to addresses: a child's diary leads to the sections of the same child."""
    values: dict[str, Any] = {}
    for entry in entries:
        current_app.inject_url_defaults(entry.endpoint, values)
    return tuple(values.items())


@lru_cache(maxsize=256)
def _addresses(
    entries: tuple[MenuEntry, ...], root: str, kept: tuple[tuple[str, object], ...]
) -> tuple[str, ...]:
    """`kept` is in the key alone: `url_for` asks for it again."""
    return tuple([url_for(entry.endpoint) for entry in entries])


@lru_cache(maxsize=256)
def _items(bar: _Bar) -> tuple[MenuItem, ...]:
    return tuple(
        [
            MenuItem(
                *(say(entry.label), url, url == bar.current),
                home=entry.home,
                group=entry.group,
                short=say(entry.short) if entry.short else None,
            )
            for entry, url in zip(bar.entries, bar.addresses, strict=True)
        ]
    )


@lru_cache(maxsize=256)
def _written(bar: _Bar) -> Markup:
    template = current_app.jinja_env.get_template("components/sections.html")
    return Markup(template.render(sections=_sections(_items(bar))))


def _sections(items: Sequence[MenuItem]) -> list[MenuSection]:
    """The menu as the bar shows it: first pages of roles, then a group where its first entry was.

    Groups are folded for those alone whose sections do not fit; a group of one is that one.
    """
    if len(items) <= FITTING:
        return [MenuSection((item,)) for item in items]
    grouped: dict[object, list[MenuItem]] = {}
    for item in sorted(items, key=lambda item: not item.home):
        grouped.setdefault(item.group or item.url, []).append(item)
    return [_section(tuple(members)) for members in grouped.values()]


def _section(members: tuple[MenuItem, ...]) -> MenuSection:
    group = members[0].group
    folded = group is not None and len(members) > 1
    return MenuSection(members, say(group.value) if group and folded else None)


def home_endpoint(actor: Actor) -> str | None:
    """Where «/» leads this actor."""
    return next((entry.endpoint for entry in _allowed(actor) if entry.home), None)


def _allowed(actor: Actor) -> list[MenuEntry]:
    entries: list[MenuEntry] = current_app.extensions.get("menu", [])
    role = chosen_role(actor)
    held = frozenset[Permission]().union(*(member.permissions for member in actor.memberships))
    if role:
        held &= permissions_of(frozenset({role}))
    return [one for one in entries if one.permission in held and one.concerns(actor)]


def chosen_role(actor: Actor) -> Role | None:
    """The role chosen in the header; None shows the sections of all roles at once.

    It narrows what is shown, never widens what may be done: permissions are the union of the
    roles, so that a link from a letter opens whatever role is chosen.
    """
    chosen = session.get("role")
    return Role(chosen) if chosen in actor.current.roles else None


@dataclass(frozen=True, slots=True)
class RoleItem:
    """A choice of the header."""

    label: str
    url: str
    current: bool


def role_choices() -> list[RoleItem]:
    """The roles to choose from, «all roles» first; nothing where there is one role only."""
    actor: Actor | None = g.get("actor")
    if actor is None or len(actor.current.roles) < 2:
        return []
    chosen = chosen_role(actor)
    every = RoleItem(say(_ALL), url_for("common.choose_role", role=ALL_ROLES), chosen is None)
    return [every] + [
        RoleItem(
            say(ROLE_NAMES[role]).capitalize(),
            url_for("common.choose_role", role=role.value),
            role is chosen,
        )
        for role in Role
        if role in actor.current.roles
    ]
