"""Links to the places of a page, to the years of the overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from journal.results.rules.places import Place
from journal.webkit.i18n import say


@dataclass(frozen=True, slots=True)
class Link:
    """As `components/toolbar.switch` takes it."""

    label: str
    url: str
    current: bool


def place_links(
    places: Iterable[Place], chosen: Place, address: Callable[[str], str]
) -> list[Link]:
    """The same page at each place; `address` makes the address of a place's key."""
    return [Link(say(one.name), address(one.key), one == chosen) for one in places]
